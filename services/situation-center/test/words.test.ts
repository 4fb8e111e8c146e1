import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { z } from "zod";
import {
  CORRIDORS,
  KIT_EVENTS,
  LANGUAGES,
  REQUIREMENT_SETS,
  ROLES,
  SECTORS,
  SERVICE_CONTRACTS,
  type EventContract,
} from "@safar/contracts";
import { UZBEK_COUNTRIES } from "../web/src/words/countries.ts";
import { LANGUAGE_WORDS } from "../web/src/words/languages.ts";
import { eventWords, fieldWords, stateWords, valueWords } from "../web/src/words/look-up.ts";
import { pointerName, shownValue } from "../web/src/words/shown-value.ts";
import { speakerOf } from "../web/src/words/speaker.ts";
import { LANGUAGE_NAMES, SERVICE_NAMES, SERVICES, TEXTS } from "../web/src/texts.ts";

const FIXTURES = join(import.meta.dirname, "../../../packages/contracts/fixtures");

/** Every event that a case's history or the live stream can show, with the service that writes it. */
const shown: readonly { readonly service: string; readonly contract: EventContract }[] = SERVICE_CONTRACTS.flatMap(
  ({ service, contracts }) => [...contracts, ...KIT_EVENTS].map((contract) => ({ service, contract })),
);

interface Found {
  readonly fields: Set<string>;
  readonly codes: Set<string>;
}

/** Every field of a schema, those inside of others too, and every code that one of them may hold. */
const walk = (schema: unknown, found: Found): Found => {
  if (schema instanceof z.ZodObject) {
    const shape: Readonly<Record<string, unknown>> = schema.shape;
    // A sealed value is taken out before an event is shown.
    if ("sealed" in shape) return found;
    for (const [field, inner] of Object.entries(shape)) {
      found.fields.add(field);
      // What a language level, a file's type and a sex are called is the same everywhere, or a word of its own.
      if (!["cefr", "mediaType", "sex"].includes(field)) walk(inner, found);
    }
  }
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) walk(schema.unwrap(), found);
  if (schema instanceof z.ZodArray) walk(schema.element, found);
  if (schema instanceof z.ZodUnion) for (const option of schema.options) walk(option, found);
  if (schema instanceof z.ZodEnum) for (const code of schema.options) found.codes.add(String(code));
  return found;
};

const foundIn = ({ schema }: EventContract): Found => walk(schema, { fields: new Set(), codes: new Set() });

t.test("every event that is shown has a name in each language, in the service that writes it", async (t) => {
  t.ok(shown.length > 100);
  const nameless = shown.filter(({ service, contract }) => eventWords(service, contract.type) === undefined);
  t.strictSame(
    nameless.map(({ service, contract }) => `${service} ${contract.type}`),
    [],
  );
  t.equal(eventWords("registration", "TicketBooked"), undefined, "and none in another");
});

t.test("every field of every event has a name, those inside of others too", async (t) => {
  const nameless = shown.flatMap(({ service, contract }) =>
    [...foundIn(contract).fields].filter((field) => fieldWords(service, field) === undefined),
  );
  t.strictSame([...new Set(nameless)], []);
});

t.test("every code that an event's field may hold has words", async (t) => {
  const codes = new Set(shown.flatMap(({ contract }) => [...foundIn(contract).codes]));
  t.ok(codes.size > 50);
  t.strictSame(
    [...codes, ...SECTORS].filter((code) => valueWords(code) === undefined),
    [],
  );
});

t.test("a state that is the last event's name is called as the event is; any other as its lifecycle's", async (t) => {
  t.equal(stateWords("insurance-compensation", "paymentSettled")?.en, "Payment settled");
  t.equal(stateWords("selection", "offerAccepted")?.ru, "Предложение принято");
  t.equal(stateWords("visa-docs", "granted")?.en, "Visa granted");
  t.equal(stateWords("registration", "constructor"), undefined);
});

t.test("services, roles, countries of corridors and their languages have names in each language", async (t) => {
  t.strictSame([...new Set(SERVICE_CONTRACTS.map(({ service }) => service))].sort(), [...SERVICES].sort());
  const countries = [...CORRIDORS, ...REQUIREMENT_SETS].map(({ country }) => country).filter((code) => code !== "*");
  const tags = REQUIREMENT_SETS.flatMap(({ requires }) => requires.language?.tag ?? []);
  t.strictSame(
    countries.filter((code) => !Object.hasOwn(UZBEK_COUNTRIES, code)),
    [],
    "in Uzbek, which browsers do not know",
  );
  t.strictSame(
    tags.filter((tag) => !Object.hasOwn(LANGUAGE_WORDS, tag)),
    [],
  );
  for (const language of LANGUAGES) {
    const speaker = speakerOf(language);
    t.ok(LANGUAGE_NAMES[language]);
    t.strictSame(
      countries.filter((code) => speaker.countryName(code) === code),
      [],
      `countries in ${language}`,
    );
    for (const service of SERVICES) t.ok(SERVICE_NAMES[service]?.[language]);
    for (const role of ROLES) t.not(speaker.roleName(role), "", `${role} in ${language}`);
    for (const [name, text] of Object.entries(TEXTS)) t.not(text[language], "", `${name} in ${language}`);
  }
});

t.test("each language is written in its own letters", async (t) => {
  const words = shown.flatMap(({ service, contract }) => [
    eventWords(service, contract.type),
    ...[...foundIn(contract).fields].map((field) => fieldWords(service, field)),
    ...[...foundIn(contract).codes].map(valueWords),
  ]);
  const amiss = words.flatMap((sentence) => {
    if (sentence === undefined) return [];
    const { "uz-Latn": latin, "uz-Cyrl": cyrillic, ru, en } = sentence;
    const hasLatin = (text: string): boolean => /[a-z]/i.test(text.replace(/SHA-256|ISCO/g, ""));
    const inCyrillic = [cyrillic, ru].filter((text) => hasLatin(text) || text === "");
    const inLatin = [latin, en].filter((text) => /\p{Script=Cyrillic}/u.test(text) || text === "");
    return [...inCyrillic, ...inLatin];
  });
  t.strictSame([...new Set(amiss)], []);
});

t.test("no event of any version shows a bracket, a raw instant or a truth value of a program", async (t) => {
  const services = new Map(SERVICE_CONTRACTS.map(({ category, service }) => [category, service]));
  const amiss: string[] = [];
  let events = 0;
  for (const file of readdirSync(FIXTURES)) {
    const stored: unknown = JSON.parse(readFileSync(join(FIXTURES, file), "utf8"));
    const { category, data } = z
      .object({ category: z.string(), data: z.record(z.string(), z.unknown()) })
      .parse(stored);
    const service = services.get(category);
    if (service === undefined) continue;
    events += 1;
    for (const language of LANGUAGES) {
      const speaker = speakerOf(language);
      for (const [field, value] of Object.entries(data)) {
        if (JSON.stringify(value).includes("sealed")) continue;
        const text = shownValue(speaker, service, field, value);
        if (/[[\]{}"]|undefined|true|false|null|\dT\d\d:|^$/.test(text)) amiss.push(`${file} ${field}: ${text}`);
      }
    }
  }
  t.strictSame(amiss, []);
  t.ok(events > 100);
});

t.test("lists, money, days and corridors are shown as each language writes them", async (t) => {
  const value = (language: (typeof LANGUAGES)[number], field: string, of: unknown): string =>
    shownValue(speakerOf(language), "selection", field, of).replace(/\s/g, " ");
  t.equal(value("uz-Latn", "destinations", ["KZ", "DE"]), "Qozog‘iston, Germaniya");
  t.equal(value("uz-Cyrl", "destinations", ["KZ", "DE"]), "Қозоғистон, Германия");
  t.equal(value("ru", "destinations", []), "нет");
  t.equal(value("en", "premium", { minor: 123_456_700, currency: "UZS" }), "1,234,567.00 UZS");
  t.equal(value("ru", "premium", { minor: 5000, currency: "JPY" }), "5 000 JPY");
  t.equal(value("ru", "year", 2026), "2026");
  t.equal(value("uz-Latn", "signedOn", "2026-03-09"), "09.03.2026");
  t.equal(value("en", "signedOn", "2026-03-09"), "09/03/2026");
  t.equal(value("ru", "at", "2026-03-09T20:30:00.000Z"), "10.03.2026, 01:30:00", "on the clock of Tashkent");
  t.equal(value("uz-Cyrl", "corridor", { country: "DE", sector: "care" }), "Германия, парвариш");
  t.equal(value("en", "languages", [{ tag: "de", cefr: "B1" }, { tag: "xx" }]), "German B1; xx");
  t.equal(value("uz-Latn", "placed", true), "ha");
  t.equal(value("en", "rules", [{ rule: "within-cap", passed: false, words: "-" }]), "within the cap: no");
  t.equal(value("en", "reason", "employer-asked-for-it"), "employer-asked-for-it", "a code of the caller's own");
});

t.test("a field that is hidden is named, wherever it stands", async (t) => {
  t.equal(pointerName(speakerOf("ru"), "registration", "/data/surname"), "Фамилия");
  t.equal(pointerName(speakerOf("en"), "registration", "/data/languages/0/tag"), "Languages · Language");
});
