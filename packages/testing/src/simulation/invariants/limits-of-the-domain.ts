import type { DecodedEvent } from "@safar/contracts";
import type { Verdict } from "../verdict.ts";

/** Seats, positions, one journey a person, one accepted offer a case: counted from the events alone. */

interface Held {
  limit: number;
  readonly holders: Set<string>;
}

/** What takes one of a limited number, what gives it back, and what says how many there are. */
const RULES: Readonly<
  Record<
    string,
    {
      readonly takes: string;
      readonly gives: string;
      readonly holder: string;
      readonly limit: string | number;
      readonly sets: readonly string[];
    }
  >
> = {
  course: {
    takes: "SeatReserved",
    gives: "SeatReleased",
    holder: "enrolmentId",
    limit: "capacity",
    sets: ["CourseOffered"],
  },
  vacancy: {
    takes: "PositionReserved",
    gives: "PositionReleased",
    holder: "offerId",
    limit: "positions",
    sets: ["VacancyPublished", "VacancyRevised"],
  },
  person: { takes: "JourneyOpened", gives: "JourneyEnded", holder: "caseId", limit: 1, sets: [] },
  duplicate: {
    takes: "DuplicateDecisionTaken",
    gives: "DuplicateDecisionGivenBack",
    holder: "caseId",
    limit: 1,
    sets: [],
  },
  candidacy: { takes: "AcceptanceReserved", gives: "AcceptanceReleased", holder: "offerId", limit: 1, sets: [] },
};

export const createLimits = (verdict: Verdict) => {
  const held = new Map<string, Held>();
  return {
    take({ stream, type, data }: DecodedEvent): void {
      const rule = RULES[stream.slice(0, stream.indexOf("-"))];
      if (!rule) return;
      const entry = held.get(stream) ?? { limit: typeof rule.limit === "number" ? rule.limit : 0, holders: new Set() };
      held.set(stream, entry);
      if (rule.sets.includes(type)) {
        const limit = data[String(rule.limit)];
        if (typeof limit === "number") entry.limit = limit;
      }
      if (type === rule.gives) entry.holders.delete(String(data[rule.holder]));
      if (type !== rule.takes) return;
      entry.holders.add(String(data[rule.holder]));
      if (entry.holders.size > entry.limit)
        verdict.broken(4, `${stream} has ${entry.limit} to give, and ${entry.holders.size} hold one`);
    },
  };
};
