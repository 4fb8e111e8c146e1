import type { DecodedEvent } from "@safar/contracts";
import { startTestNode, type Answer, type Client, type TestNode } from "@safar/testing";
import type { Test } from "tap";
import { departure } from "../../src/index.ts";
import { activatePolicy, completeVisaStage, register } from "./elsewhere.ts";
import { flight } from "./given.ts";

/** Departure behind its public doors, and the people who use them. */
export interface Doors {
  readonly node: TestNode;
  readonly officer: Client;
  /** The id of a case that registration has recorded. */
  newCase(): Promise<string>;
  /** A case that is cleared, as the other services' events left it. */
  newCleared(): Promise<string>;
  newTicketed(): Promise<string>;
  newGroup(places: number): Promise<string>;
  /** What is written in a stream, kit's events included. */
  eventsOf(stream: string): Promise<readonly DecodedEvent[]>;
  /** The state that a room shows, once everything has settled. */
  shown(path: string): Promise<Answer["body"]>;
  /** The streams in which a reaction's command was refused. */
  refusedReactions(): Promise<readonly string[]>;
}

/** The id that a successful command names. */
export const done = ({ status, body }: Answer): string => {
  if (status !== 200 && status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
  return (body as { id: string }).id;
};

export const nowhere = "0190f3c2-7b1a-4c3d-8e2f-0000000000ff";

export const openDoors = async (t: Pick<Test, "teardown">): Promise<Doors> => {
  const node = await startTestNode(t, { services: [departure] });
  const officer = await node.as({ role: "departure-officer" });
  const { kit } = node;
  let cases = 0;

  const newCase = async (): Promise<string> => {
    const caseId = kit.environment.random.uuid();
    cases += 1;
    await register(kit, caseId, cases);
    return caseId;
  };
  const newCleared = async (): Promise<string> => {
    const caseId = await newCase();
    await completeVisaStage(kit, caseId);
    await activatePolicy(kit, caseId);
    await node.settled();
    return caseId;
  };
  return {
    node,
    officer,
    newCase,
    newCleared,
    async newTicketed() {
      const caseId = await newCleared();
      done(await officer.post(`/departure/cases/${caseId}/tickets`, flight));
      return caseId;
    },
    newGroup: async (places) =>
      done(await officer.post("/departure/travel-groups", { ...flight, destination: "DE", places })),
    eventsOf: node.eventsOf,
    async shown(path) {
      await node.settled();
      const { status, body } = await officer.get(path);
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
