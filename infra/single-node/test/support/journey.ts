import { once } from "node:events";
import type { Test } from "tap";
import { WebSocket } from "ws";
import { SERVICE_CONTRACTS, type Decoder } from "@safar/contracts";
import type { EventStore } from "@safar/event-store";
import { realEnvironment } from "@safar/service-kit";
import {
  createApi,
  KINDS,
  planJourneys,
  prepareWorld,
  walkJourney,
  type ApiOptions,
  type Ending,
  type Kind,
  type Part,
} from "@safar/simulator";
import { createClient } from "@safar/testing";
import { tokensOf } from "./inside.ts";
import { checkLog, readLog } from "./invariants.ts";

const SEED = 11;

/** What each kind of journey may come to. */
const ENDINGS: Readonly<Record<Kind, readonly string[]>> = {
  happy: ["PaymentSettled"],
  lateFacts: ["PaymentSettled"],
  startsAbroad: ["PlacementConfirmed"],
  duplicatePerson: ["DuplicatePerson"],
  consentMissing: ["ConsentMissing"],
  consentWithdrawn: ["ConsentWithdrawn"],
  candidateWithdraws: ["CandidateWithdrew"],
  visaRefused: ["VisaRefused"],
  disputedPlacement: ["PaymentSettled", "PlacementDisputed"],
  compensationRejected: ["CompensationRejected"],
};
/** These end in the refusal of a registration, so that there is no case with such an event. */
const REFUSED: readonly Kind[] = ["duplicatePerson", "consentMissing"];

/** A system under test, on one node or as a cluster: what a journey needs of it from outside, and its log. */
export interface Ground {
  /** `SAFAR_DATA`, whose issuer signs the tokens. */
  readonly folder: string;
  readonly address: string;
  readonly store: EventStore;
  readonly decoder: Decoder;
  /** Waits until every reaction and table has taken everything, and what follows from it. */
  settle(): Promise<void>;
  /** No table of any service differs from the fold of the log. */
  checkReadModels(t: Test): Promise<void>;
}

/** One journey of each kind, walked through the system's doors. */
const walkOneOfEachKind = async ({ folder, address, settle }: Ground) => {
  const tokens = await tokensOf(folder);
  const options: ApiOptions = {
    address,
    environment: realEnvironment(),
    tokenOf: (part: Part) => tokens.of(part),
    pace: () => Promise.resolve(),
  };
  const offerings = await prepareWorld(options, String(SEED), KINDS.length);
  const plans = planJourneys(SEED, 1_000);
  const walks = KINDS.map(async (kind): Promise<readonly [Kind, Ending]> => {
    const plan = plans.find((each) => each.kind === kind)!;
    return [kind, await walkJourney(plan, createApi(options, plan.name), offerings)];
  });
  const endings = new Map(await Promise.all(walks));
  await settle();
  return endings;
};

/** Everything that the live stream tells of a case, from the log's beginning. */
const watch = async ({ address }: Ground, token: string, caseId: string): Promise<string[]> => {
  const headers = { authorization: `Bearer ${token}` };
  const socket = new WebSocket(`${address.replace("http", "ws")}/live`, "safar.v1", { headers });
  const seen: string[] = [];
  const caughtUp = new Promise<void>((resolve, reject) => {
    socket.on("error", reject);
    socket.on("close", (code) => {
      reject(new Error(`the live stream was closed with ${code}`));
    });
    socket.on("message", (text: Buffer) => {
      const message = JSON.parse(text.toString());
      if (message.type === "events") seen.push(...message.events.map((event: { eventId: string }) => event.eventId));
      if (message.type === "refused") reject(new Error(JSON.stringify(message)));
      if (message.type === "caughtUp") resolve();
    });
  });
  await once(socket, "open");
  socket.send(JSON.stringify({ type: "subscribe", id: "all", filter: { cases: [caseId] }, after: "0" }));
  await caughtUp.finally(() => {
    socket.terminate();
  });
  return seen;
};

/** A journey of every kind comes to its end, through all seven services; then everything that tells of them agrees. */
export const checkJourneys = async (t: Test, ground: Ground): Promise<void> => {
  const { folder, address, store, decoder } = ground;
  const endings = await walkOneOfEachKind(ground);
  const log = await readLog(store, decoder);
  for (const [kind, { reached, caseId }] of endings) {
    t.ok(ENDINGS[kind].includes(reached), `${kind} reaches ${reached}`);
    if (REFUSED.includes(kind)) continue;
    const types = log.filter(({ meta }) => meta.caseId === caseId).map(({ type }) => type);
    t.ok(types.includes(reached), `${reached} is in the log`);
  }
  checkLog(t, log);
  await ground.checkReadModels(t);

  await t.test("the log, the audit and the live stream tell one history in one order", async (t) => {
    const caseId = endings.get("happy")!.caseId!;
    const categories = new Set<string>(SERVICE_CONTRACTS.map(({ category }) => category));
    const own = log.filter(({ meta, stream }) => meta.caseId === caseId && categories.has(stream.split("-")[0]!));
    const services = new Set(own.map(({ meta }) => meta.service));
    t.equal(services.size, 7, `from ${[...services].join(", ")}`);
    const tokens = await tokensOf(folder);
    const auditor = await tokens.of({ role: "auditor" });
    const client = createClient(address, realEnvironment(), auditor);
    const { body } = await client.get(`/audit/cases/${caseId}/history`);
    const ids = own.map(({ id }) => id);
    t.same(
      body.items.map((event: { eventId: string }) => event.eventId),
      ids,
      "GET /audit/cases/{caseId}/history",
    );
    const lines = await client.get(`/audit/cases/${caseId}/history`, { accept: "application/x-ndjson" });
    const read = (lines.body as string).trim().split("\n");
    t.same(
      read.map((line) => JSON.parse(line).eventId),
      ids,
      "as JSON lines",
    );
    const published = own.filter((event) => decoder.contractOf(event)?.isPublished);
    t.ok(published.length > 30);
    t.same(
      await watch(ground, auditor, caseId),
      published.map(({ id }) => id),
      "GET /live, which tells what is published",
    );
  });
};
