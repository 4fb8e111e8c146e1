import type { DecodedEvent } from "@safar/contracts";
import { startTestNode, type Answer, type Client, type TestNode } from "@safar/testing";
import type { Test } from "tap";
import { placementConfirmation } from "../../src/index.ts";
import { departure, employerId, exited, register, roundOf, sign } from "./elsewhere.ts";

export const nowhere = "0190f3c2-7b1a-4c3d-8e2f-0000000000ff";

/** Placement behind its public doors, and the people who use them. */
export interface Doors {
  readonly node: TestNode;
  readonly representative: Client;
  readonly agency: Client;
  readonly employer: Client;
  candidateOf(caseId: string): Promise<Client>;
  newCase(): Promise<string>;
  /** A case whose worker has left with a signed contract. */
  opened(): Promise<string>;
  recorded(caseId: string): Promise<readonly DecodedEvent[]>;
  typesOf(caseId: string): Promise<readonly string[]>;
  /** The state that the room shows, once everything has settled. */
  shown(caseId: string): Promise<Answer["body"]>;
}

/** The body of a successful command. */
export const done = ({ status, body }: Answer): Answer["body"] => {
  if (status !== 200 && status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body as unknown;
};

export const pathOf = (caseId: string, noun = ""): string =>
  `/placement-confirmation/cases/${caseId}${noun === "" ? "" : `/${noun}`}`;

export const openDoors = async (t: Pick<Test, "teardown">): Promise<Doors> => {
  const node = await startTestNode(t, { services: [placementConfirmation] });
  const representative = await node.as({ role: "representative", unit: "DE" });
  const { kit } = node;
  let cases = 0;
  const newCase = async (): Promise<string> => {
    const caseId = kit.environment.random.uuid();
    cases += 1;
    await register(kit, caseId, cases);
    return caseId;
  };
  const recorded = (caseId: string) => node.eventsOf(`placement-${caseId}`);
  return {
    node,
    representative,
    agency: await node.as({ role: "agency", unit: "XBA-12" }),
    employer: await node.as({ role: "employer", unit: employerId }),
    candidateOf: (caseId) => node.as({ role: "candidate", caseId, subject: `candidate-${caseId}` }),
    newCase,
    async opened() {
      const caseId = await newCase();
      await sign(kit, caseId);
      await departure(kit, caseId, exited(roundOf(caseId)));
      await node.settled();
      return caseId;
    },
    recorded,
    typesOf: async (caseId) => (await recorded(caseId)).map(({ type }) => type),
    async shown(caseId) {
      await node.settled();
      return done(await representative.get(pathOf(caseId)));
    },
  };
};
