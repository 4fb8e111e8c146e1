import { once } from "node:events";
import t, { type Test } from "tap";
import { WebSocket } from "ws";
import { SERVICE_CONTRACTS } from "@safar/contracts";
import { realEnvironment, type RunningProcess } from "@safar/service-kit";
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
import { createClient, settle } from "@safar/testing";
import { temporaryFolder } from "./support/folders.ts";
import { startInside, tokensOf } from "./support/inside.ts";
import { checkLog, checkReadModels, readLog } from "./support/invariants.ts";

t.setTimeout(600_000);
const LIMIT_MS = 120_000;
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

/** A node on which one journey of each kind was walked. */
const walkOneOfEachKind = async (t: Test) => {
  const folder = await temporaryFolder(t);
  const running = await startInside(t, folder);
  const tokens = await tokensOf(folder);
  const options: ApiOptions = {
    address: running.address,
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
  await settle(running.kit, running.node, LIMIT_MS);
  return { folder, running, endings };
};

/** Everything that the live stream tells of a case, from the log's beginning. */
const watch = async ({ address }: RunningProcess, token: string, caseId: string): Promise<string[]> => {
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

t.test("a journey of every kind comes to its end, through all seven services", async (t) => {
  const { folder, running, endings } = await walkOneOfEachKind(t);
  const { kit } = running;
  const log = await readLog(kit.store, kit.decoder);
  for (const [kind, { reached, caseId }] of endings) {
    t.ok(ENDINGS[kind].includes(reached), `${kind} reaches ${reached}`);
    if (REFUSED.includes(kind)) continue;
    const types = log.filter(({ meta }) => meta.caseId === caseId).map(({ type }) => type);
    t.ok(types.includes(reached), `${reached} is in the log`);
  }
  checkLog(t, log);
  await checkReadModels(t, running);

  await t.test("the log, the audit and the live stream tell one history in one order", async (t) => {
    const caseId = endings.get("happy")!.caseId!;
    const categories = new Set<string>(SERVICE_CONTRACTS.map(({ category }) => category));
    const own = log.filter(({ meta, stream }) => meta.caseId === caseId && categories.has(stream.split("-")[0]!));
    const services = new Set(own.map(({ meta }) => meta.service));
    t.equal(services.size, 7, `from ${[...services].join(", ")}`);
    const tokens = await tokensOf(folder);
    const auditor = await tokens.of({ role: "auditor" });
    const client = createClient(running.address, realEnvironment(), auditor);
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
    const published = own.filter((event) => kit.decoder.contractOf(event)?.isPublished);
    t.ok(published.length > 30);
    t.same(
      await watch(running, auditor, caseId),
      published.map(({ id }) => id),
      "GET /live, which tells what is published",
    );
  });
});
