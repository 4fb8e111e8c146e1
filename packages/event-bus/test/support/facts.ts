import type { EventStore } from "@safar/event-store";
import { createWriter, type Fact } from "../journeys.ts";
import { openStore } from "../store.ts";

/** Twenty cases with two streams each, two courses, and now and then a private fact; the same in every process. */
export const factsOf = (count: number): readonly Fact[] =>
  Array.from({ length: count }, (_, index) => {
    const to = String(index);
    if (index % 11 === 10) return { stream: `course-${index % 2}`, to };
    if (index % 7 === 6) return { stream: `journey-${index % 20}`, type: "JourneyNoted", to };
    return { stream: `${index % 3 === 0 ? "training" : "journey"}-${index % 20}`, to };
  });

/** The same log in every process that asks for it. */
export const openLogOf = async (count: number): Promise<EventStore> => {
  const store = openStore();
  await createWriter(store)(...factsOf(count));
  return store;
};
