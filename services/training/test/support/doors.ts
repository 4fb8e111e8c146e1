import type { DecodedEvent } from "@safar/contracts";
import type { EventStore } from "@safar/event-store";
import type { Environment } from "@safar/kernel";
import { startTestNode, type Answer, type Client, type TestNode } from "@safar/testing";
import type { Test } from "tap";
import { training } from "../../src/index.ts";
import { register } from "./elsewhere.ts";

/** Training behind its public doors, and the people who use them. */
export interface Doors {
  readonly node: TestNode;
  readonly trainer: Client;
  /** The id of a case that registration has recorded. */
  newCase(): Promise<string>;
  newCourse(given?: object): Promise<string>;
  enrol(caseId: string, courseId: string): Promise<string>;
  /** From the enrolment to a passed examination in each of the given tracks. */
  pass(caseId: string, enrolmentId: string, ...tracks: readonly string[]): Promise<void>;
  /** What is written in a stream, kit's events included. */
  eventsOf(stream: string): Promise<readonly DecodedEvent[]>;
  /** The state that a room shows, once everything has settled. */
  shown(path: string): Promise<Answer["body"]>;
  /** The streams in which a reaction's command was refused. */
  refusedReactions(): Promise<readonly string[]>;
}

export const courseBody = (given: object = {}) => ({
  provider: "Toshkent kasb-hunar markazi",
  tracks: ["trade", "language"],
  isco: "7112",
  language: "de",
  cefr: "B1",
  capacity: 3,
  cohort: "2026-03",
  free: true,
  ...given,
});
export const languageCourse = { tracks: ["language"], isco: undefined };
export const orientationCourse = {
  tracks: ["orientation"],
  isco: undefined,
  language: undefined,
  cefr: undefined,
  destination: "DE",
};

/** The id that a successful command names. */
export const done = ({ status, body }: Answer): string => {
  if (status !== 200 && status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
  return (body as { id: string }).id;
};

export const nowhere = "0190f3c2-7b1a-4c3d-8e2f-0000000000ff";

export const openDoors = async (
  t: Pick<Test, "teardown">,
  adapters: { readonly environment?: Environment; readonly store?: EventStore } = {},
): Promise<Doors> => {
  const node = await startTestNode(t, { services: [training], ...adapters });
  const trainer = await node.as({ role: "trainer", unit: "TKM" });
  const { kit } = node;
  let cases = 0;
  return {
    node,
    trainer,
    async newCase() {
      const caseId = kit.environment.random.uuid();
      cases += 1;
      await register(kit, caseId, cases);
      return caseId;
    },
    newCourse: async (given) => done(await trainer.post("/training/courses", courseBody(given))),
    enrol: async (caseId, courseId) => done(await trainer.post(`/training/cases/${caseId}/enrolments`, { courseId })),
    async pass(caseId, enrolmentId, ...tracks) {
      for (const track of tracks)
        done(await trainer.post(`/training/cases/${caseId}/assessments`, { enrolmentId, track, passed: true }));
    },
    eventsOf: node.eventsOf,
    async shown(path) {
      await node.settled();
      const { status, body } = await trainer.get(path);
      if (status !== 200) throw new Error(`${path}: ${status}`);
      return body as unknown;
    },
    async refusedReactions() {
      const streams: string[] = [];
      for await (const { type, stream } of kit.store.readAll()) if (type === "ReactionRefused") streams.push(stream);
      return streams;
    },
  };
};
