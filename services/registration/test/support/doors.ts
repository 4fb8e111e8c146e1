import type { DecodedEvent } from "@safar/contracts";
import { candidateBody, startTestNode, type Answer, type Client, type Persona, type TestNode } from "@safar/testing";
import type { Test } from "tap";
import { registration } from "../../src/index.ts";

/** Registration behind its public doors, and the people who use them. */
export interface Doors {
  readonly node: TestNode;
  /** Of the branch 1726, where everybody here is registered. */
  readonly registrar: Client;
  readonly compliance: Client;
  as(persona: Persona): Promise<Client>;
  /** The body of a person who is registered nowhere yet. */
  newBody(given?: Readonly<Record<string, unknown>>): Record<string, string>;
  /** The id of a case of somebody new. */
  newCase(given?: Readonly<Record<string, unknown>>): Promise<string>;
  /** The same, with a verified identity. */
  newActiveCase(given?: Readonly<Record<string, unknown>>): Promise<string>;
  /** What a search finds once everything has settled: the ids of cases. */
  found(by: Readonly<Record<string, unknown>>, client?: Client): Promise<readonly string[]>;
  /** What is written in a stream, kit's events included. */
  eventsOf(stream: string): Promise<readonly DecodedEvent[]>;
  /** What the registrar sees of a case, once everything has settled. */
  shown(caseId: string): Promise<Answer["body"]>;
}

/** The id that a successful command names. */
export const done = ({ status, body }: Answer): string => {
  if (status !== 200 && status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
  return (body as { id: string }).id;
};

export const nowhere = "0190f3c2-7b1a-4c3d-8e2f-0000000000ff";

const at = (caseId: string, noun: string): string => `/registration/cases/${caseId}/${noun}`;

export const openDoors = async (t: Pick<Test, "teardown">): Promise<Doors> => {
  const node = await startTestNode(t, { services: [registration] });
  const registrar = await node.as({ role: "registrar", unit: "1726" });
  let people = 0;

  const newBody: Doors["newBody"] = (given = {}) => {
    people += 1;
    return candidateBody(people, given) as Record<string, string>;
  };
  const newCase: Doors["newCase"] = async (given) => done(await registrar.post("/registration/cases", newBody(given)));
  return {
    node,
    registrar,
    compliance: await node.as({ role: "compliance" }),
    as: (persona) => node.as(persona),
    newBody,
    newCase,
    async newActiveCase(given) {
      const caseId = await newCase(given);
      const requestId = done(await registrar.post(at(caseId, "identity-requests"), { method: "document" }));
      done(await registrar.post(at(caseId, "identity-verifications"), { requestId, method: "document" }));
      return caseId;
    },
    async found(by, client = registrar) {
      await node.settled();
      const { status, body } = await client.post("/registration/cases/search", by);
      if (status !== 200) throw new Error(`search: ${status} ${JSON.stringify(body)}`);
      return (body as { items: { caseId: string }[] }).items.map(({ caseId }) => caseId);
    },
    eventsOf: node.eventsOf,
    async shown(caseId) {
      await node.settled();
      const { status, body } = await registrar.get(`/registration/cases/${caseId}`);
      if (status !== 200) throw new Error(`${caseId}: ${status}`);
      return body as unknown;
    },
  };
};
