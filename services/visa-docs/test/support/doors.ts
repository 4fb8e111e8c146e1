import { startTestNode, type Answer, type Client, type TestNode } from "@safar/testing";
import type { Test } from "tap";
import { visaDocs } from "../../src/index.ts";
import { accepted, offerOf, orient, register, selection, zoneOf, type Offer, type Recorded } from "./elsewhere.ts";
import { terms } from "./given.ts";

export const nowhere = "0190f3c2-7b1a-4c3d-8e2f-0000000000ff";
export const PDF = "application/pdf";
export const pdf = (text: string): Uint8Array => new TextEncoder().encode(`%PDF-1.7\n${text}\n%%EOF`);

/** Visa-docs behind its public doors, and the people who use them. */
export interface Doors {
  readonly node: TestNode;
  readonly officer: Client;
  readonly registrar: Client;
  candidateOf(caseId: string): Promise<Client>;
  newCase(given?: object): Promise<string>;
  /** A case whose dossier is open. */
  opened(country?: "TR" | "DE" | "KZ"): Promise<{ readonly caseId: string; readonly offer: Offer }>;
  /** The hash of a file that the case now has. */
  upload(caseId: string, text: string): Promise<string>;
  /** The id of a document that waits for its check. */
  document(caseId: string, kind?: string): Promise<string>;
  verifyPassport(caseId: string): Promise<string>;
  contract(caseId: string): Promise<string>;
  /** With everything that TR's embassy asks for. */
  collected(): Promise<string>;
  /** What stands in the case's stream. */
  recorded(caseId: string): Promise<readonly Recorded[]>;
  typesOf(caseId: string): Promise<readonly string[]>;
  /** The state that the room shows, once everything has settled. */
  shown(path: string): Promise<Answer["body"]>;
  refusedReactions(): Promise<readonly Recorded[]>;
}

/** The body of a successful command. */
export const done = ({ status, body }: Answer): Answer["body"] => {
  if (status !== 200 && status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body as unknown;
};

export const openDoors = async (t: Pick<Test, "teardown">): Promise<Doors> => {
  const node = await startTestNode(t, { services: [visaDocs] });
  const officer = await node.as({ role: "visa-officer" });
  const registrar = await node.as({ role: "registrar", unit: "1726" });
  const { kit } = node;
  let cases = 0;

  const newCase = async (given?: object): Promise<string> => {
    const caseId = kit.environment.random.uuid();
    cases += 1;
    await register(kit, caseId, cases, given);
    return caseId;
  };
  const opened: Doors["opened"] = async (country = "TR") => {
    const caseId = await newCase();
    const offer = offerOf(kit, caseId, country);
    await selection(kit, caseId, offer, accepted(offer));
    await node.settled();
    return { caseId, offer };
  };
  const upload: Doors["upload"] = async (caseId, text) =>
    done(await officer.send(`/visa-docs/cases/${caseId}/files`, pdf(text), { "content-type": PDF })).sha256 as string;
  const document: Doors["document"] = async (caseId, kind = "passport") => {
    const sha256 = await upload(caseId, `${kind} of ${caseId}`);
    return done(await officer.post(`/visa-docs/cases/${caseId}/documents`, { kind, sha256 })).id as string;
  };
  const verifyPassport: Doors["verifyPassport"] = async (caseId) => {
    const documentId = await document(caseId);
    const body = { documentId, mrz: zoneOf() };
    done(await officer.post(`/visa-docs/cases/${caseId}/verifications`, body));
    return documentId;
  };
  const contract: Doors["contract"] = async (caseId) => {
    const sha256 = await upload(caseId, `contract of ${caseId}`);
    const body = { sha256, terms, startsOn: "2027-01-01", method: "face-id" };
    done(await registrar.post(`/visa-docs/cases/${caseId}/contracts`, body));
    return sha256;
  };
  return {
    node,
    officer,
    registrar,
    candidateOf: (caseId) => node.as({ role: "candidate", caseId, subject: `candidate-${caseId}` }),
    newCase,
    opened,
    upload,
    document,
    verifyPassport,
    contract,
    async collected() {
      const { caseId } = await opened();
      await verifyPassport(caseId);
      await contract(caseId);
      await orient(kit, caseId, "TR");
      await node.settled();
      return caseId;
    },
    recorded: (caseId) => node.eventsOf(`visaDocs-${caseId}`),
    typesOf: async (caseId) => (await node.eventsOf(`visaDocs-${caseId}`)).map(({ type }) => type),
    async shown(path) {
      await node.settled();
      return done(await officer.get(`/visa-docs${path}`));
    },
    async refusedReactions() {
      const refused: Recorded[] = [];
      for await (const stored of kit.store.readAll())
        if (stored.type === "ReactionRefused") refused.push(kit.decoder.decode(stored));
      return refused;
    },
  };
};
