import type { Test } from "tap";
import { realEnvironment } from "@safar/service-kit";
import { startTestNode, type Answer, type Client, type TestNode } from "@safar/testing";
import { selection } from "../../src/index.ts";
import { recordOnCase, registered } from "./elsewhere.ts";
import { requirements, terms } from "./selections.ts";

/** Selection behind its public doors, and the people who use them. */
export interface Doors {
  readonly node: TestNode;
  readonly selector: Client;
  /** A second one: who scored does not decide. */
  readonly otherSelector: Client;
  readonly registrar: Client;
  employerOf(employerId: string): Promise<Client>;
  candidateOf(caseId: string): Promise<Client>;
  /** The id of a case that registration has recorded, active or about to be. */
  newCase(): Promise<string>;
  newEmployer(): Promise<string>;
  newVacancy(employerId: string, given?: object): Promise<string>;
  /** The id of an application that the registrar made. */
  apply(vacancyId: string, caseId: string): Promise<string>;
  shortlist(applicationId: string): Promise<void>;
  /** From the application to an open offer. */
  offered(vacancyId: string, caseId: string): Promise<string>;
  /** The state that a room shows, once everything has settled. */
  stateOf(path: string): Promise<Record<string, unknown>>;
}

export const reasons = { reasons: ["meets-every-requirement"] };
export const assessment = {
  model: "requirements-match",
  modelVersion: "1",
  inputsSha256: "ab".repeat(32),
  criteriaVersion: 1,
  score: 80,
  reasons: ["experience-enough"],
};
export const vacancyBody = (employerId: string, given: object = {}) => ({
  employerId,
  sourceChannel: "agency",
  corridor: { country: "DE", sector: "transport" },
  positions: 2,
  contractMonths: 24,
  terms,
  requirements,
  ...given,
});

/** The id that a successful command names. */
export const done = ({ status, body }: Answer): string => {
  if (status !== 200 && status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
  return (body as { id: string }).id;
};

export const openDoors = async (t: Pick<Test, "teardown">, environment = realEnvironment()): Promise<Doors> => {
  const node = await startTestNode(t, { services: [selection], environment });
  const selector = await node.as({ role: "selector", subject: "selector-one" });
  const otherSelector = await node.as({ role: "selector", subject: "selector-two" });
  const registrar = await node.as({ role: "registrar", unit: "1726" });
  const uuid = (): string => node.kit.environment.random.uuid();
  let cases = 0;

  const apply = async (vacancyId: string, caseId: string): Promise<string> =>
    done(await registrar.post(`/selection/vacancies/${vacancyId}/cases/${caseId}/applications`, {}));
  const shortlist = async (id: string): Promise<void> =>
    void done(await selector.post(`/selection/applications/${id}/shortlistings`, reasons));
  return {
    node,
    selector,
    otherSelector,
    registrar,
    employerOf: (unit) => node.as({ role: "employer", unit }),
    candidateOf: (caseId) => node.as({ role: "candidate", caseId, subject: `candidate-${caseId}` }),
    async newCase() {
      const caseId = uuid();
      const header = { caseId, personId: uuid(), unit: "1726", region: "1726" };
      cases += 1;
      await recordOnCase(node.kit, "registration", header, ...registered(cases));
      return caseId;
    },
    newEmployer: async () =>
      done(await selector.post("/selection/employers", { name: "ASKANIA FUTURE", country: "DE" })),
    newVacancy: async (employerId, given) =>
      done(await selector.post("/selection/vacancies", vacancyBody(employerId, given))),
    apply,
    shortlist,
    async offered(vacancyId, caseId) {
      const id = await apply(vacancyId, caseId);
      await shortlist(id);
      done(await selector.post(`/selection/applications/${id}/offers`, reasons));
      return id;
    },
    async stateOf(path) {
      await node.settled();
      const { status, body } = await selector.get(path);
      if (status !== 200) throw new Error(`${path}: ${status}`);
      return body as Record<string, unknown>;
    },
  };
};
