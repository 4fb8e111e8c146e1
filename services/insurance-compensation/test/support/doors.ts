import type { DecodedEvent } from "@safar/contracts";
import { benefitIdOf } from "@safar/kernel";
import { startTestNode, type Answer, type Client, type TestNode } from "@safar/testing";
import type { Test } from "tap";
import { policyIdOf } from "../../src/aggregates.ts";
import { insuranceCompensation } from "../../src/index.ts";
import { certificateIssued, placementConfirmed, recordOnCase, registered, visaStageCompleted } from "./elsewhere.ts";

/** Insurance and compensation behind their public doors, and the people who use them. */
export interface Doors {
  readonly node: TestNode;
  readonly insurer: Client;
  readonly officer: Client;
  uuid(): string;
  /** The id of a case that registration has recorded; default: of a person of its own. */
  newCase(personId?: string): Promise<string>;
  /** The id of a policy that was quoted when the visa stage was completed. */
  newQuote(caseId?: string, round?: string): Promise<string>;
  /** The id of the benefit `exam` of a case whose placement and certificate are on record. */
  newEligible(): Promise<{ readonly caseId: string; readonly benefitId: string }>;
  /** The same, applied for. */
  newApplied(given?: object): Promise<string>;
  /** What is written in a stream, kit's events included. */
  eventsOf(stream: string): Promise<readonly DecodedEvent[]>;
  /** The state that a room shows, once everything has settled. */
  shown(path: string): Promise<Answer["body"]>;
}

export const PREFIX = "/insurance-compensation";
export const nowhere = "0190f3c2-7b1a-4c3d-8e2f-0000000000ff";
export const uzs = (minor: number) => ({ minor, currency: "UZS" });

/** Of the candidate whom `registered` invents, in capitals as on a card. */
export const application = { amount: uzs(90_000_000), cardHolder: "ANVAR KARIMOV", cardNumber: "8600123412341234" };

/** The id that a successful command names. */
export const done = ({ status, body }: Answer): string => {
  if (status !== 200 && status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
  return (body as { id: string }).id;
};

export const openDoors = async (t: Pick<Test, "teardown">): Promise<Doors> => {
  const node = await startTestNode(t, { services: [insuranceCompensation] });
  const { kit } = node;
  const insurer = await node.as({ role: "insurer" });
  const officer = await node.as({ role: "benefits-officer" });
  const uuid = (): string => kit.environment.random.uuid();
  let cases = 0;

  const newCase = async (personId = uuid()): Promise<string> => {
    const caseId = uuid();
    cases += 1;
    const header = { caseId, personId, unit: "1726", region: "1726" };
    await recordOnCase(kit, "registration", header, registered(cases));
    return caseId;
  };
  const newEligible = async () => {
    const caseId = await newCase();
    await recordOnCase(kit, "training", { caseId }, certificateIssued);
    await recordOnCase(kit, "placement", { caseId, destination: "DE" }, placementConfirmed(uuid()));
    await node.settled();
    return { caseId, benefitId: benefitIdOf(caseId, "exam") };
  };
  return {
    node,
    insurer,
    officer,
    uuid,
    newCase,
    async newQuote(givenCase, round = uuid()) {
      const caseId = givenCase ?? (await newCase());
      await recordOnCase(kit, "visaDocs", { caseId, destination: "DE" }, visaStageCompleted(round));
      await node.settled();
      return policyIdOf(caseId, round);
    },
    newEligible,
    async newApplied(given = {}) {
      const { caseId, benefitId } = await newEligible();
      done(await officer.post(`${PREFIX}/cases/${caseId}/benefits/exam`, { ...application, ...given }));
      return benefitId;
    },
    eventsOf: node.eventsOf,
    async shown(path) {
      await node.settled();
      const { status, body } = await officer.get(PREFIX + path);
      if (status !== 200) throw new Error(`${path}: ${status}`);
      return body as unknown;
    },
  };
};
