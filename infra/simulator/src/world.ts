import { createApi, type ApiOptions, type Part } from "./api.ts";

/** What journeys need before they begin: an employer, a vacancy and the courses of each corridor. */
export interface Corridor {
  readonly country: string;
  readonly sector: string;
  readonly isco: string;
  readonly language?: { readonly tag: string; readonly cefr: "A1" | "A2" | "B1" | "B2" };
  readonly medical: boolean;
  readonly workVisa: boolean;
  readonly orientation: boolean;
}

/** Corridors of different requirement sets (corridors.json), from the full one to one without a visa. */
export const CORRIDORS: readonly Corridor[] = [
  {
    country: "DE",
    sector: "construction",
    isco: "7112",
    language: { tag: "de", cefr: "B1" },
    medical: false,
    workVisa: true,
    orientation: true,
  },
  {
    country: "JP",
    sector: "transport",
    isco: "8332",
    language: { tag: "ja", cefr: "A2" },
    medical: true,
    workVisa: true,
    orientation: true,
  },
  { country: "TR", sector: "construction", isco: "7112", medical: false, workVisa: true, orientation: true },
  { country: "KZ", sector: "construction", isco: "7119", medical: false, workVisa: false, orientation: true },
  { country: "BG", sector: "construction", isco: "7119", medical: false, workVisa: true, orientation: false },
];

export interface Offering {
  readonly corridor: Corridor;
  readonly employerId: string;
  readonly vacancyId: string;
  readonly terms: {
    readonly wageMonth: { readonly minor: number; readonly currency: string };
    readonly isco: string;
    readonly hoursPerWeek: number;
  };
  readonly contractMonths: number;
  readonly tradeCourseId: string;
  readonly orientationCourseId: string | undefined;
}

export const SELECTOR: Part = { role: "selector", unit: "1726" };
export const TRAINER: Part = { role: "trainer", unit: "1726" };

/** Beside the journeys' own: what a crash left half done keeps its place until it is given back. */
const SPARE_PLACES = 10;

/** Sets the world of a name up, for so many journeys; done again with the same name it is the same world. */
export const prepareWorld = async (
  options: ApiOptions,
  name: string,
  journeys: number,
  scarcity: {
    /** Default: all of them. */
    readonly corridors?: readonly Corridor[];
    /** Positions of a vacancy and seats of a course. Default: enough for everybody. */
    readonly places?: number;
  } = {},
): Promise<readonly Offering[]> => {
  const { corridors = CORRIDORS, places = journeys + SPARE_PLACES } = scarcity;
  const offerings: Offering[] = [];
  for (const corridor of corridors) {
    const api = createApi(options, `${name}/world/${corridor.country}`);
    const { country, sector, isco, language } = corridor;
    const employer = await api.do(SELECTOR, "/selection/employers", {
      name: `Simulated employer ${country} ${name}`,
      country,
    });
    const employerId = String(employer["id"]);
    await api.do(SELECTOR, `/selection/employers/${employerId}/contracts`, {
      number: `S-${country}`,
      signedOn: "2026-01-10",
    });
    const terms = { wageMonth: { minor: 180_000, currency: "EUR" }, isco, hoursPerWeek: 40 };
    const contractMonths = 12;
    const vacancy = await api.do(SELECTOR, "/selection/vacancies", {
      employerId,
      sourceChannel: "agency",
      corridor: { country, sector },
      positions: places,
      contractMonths,
      terms,
    });
    const course = await api.do(TRAINER, "/training/courses", {
      provider: "Monocentre",
      tracks: language ? ["trade", "language"] : ["trade"],
      isco,
      ...(language ? { language: language.tag, cefr: language.cefr } : {}),
      capacity: places,
      cohort: `S-${name}`,
      free: true,
    });
    const orientation = corridor.orientation
      ? await api.do(TRAINER, "/training/courses", {
          provider: "Centre for Preparing for Employment Abroad",
          tracks: ["orientation"],
          destination: country,
          capacity: places,
          cohort: `S-${name}`,
          free: true,
        })
      : undefined;
    offerings.push({
      corridor,
      employerId,
      vacancyId: String(vacancy["id"]),
      terms,
      contractMonths,
      tradeCourseId: String(course["id"]),
      orientationCourseId: orientation && String(orientation["id"]),
    });
  }
  return offerings;
};
