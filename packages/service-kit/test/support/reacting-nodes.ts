import { pino } from "pino";
import type { Test } from "tap";
import { CaseSuspended, decodeWith, registrationContracts, type Role } from "@safar/contracts";
import { openMemoryEventStore } from "@safar/event-store";
import { openMemoryVault } from "@safar/vault";
import type { Environment } from "@safar/kernel";
import { openLocalIssuer, reaction, realEnvironment } from "../../src/index.ts";
import { held, holdCase, smallService } from "./small-service.ts";
import { startOne } from "./start-one.ts";

const environment = realEnvironment();
/** Hardly a pause before an event is tried again. */
const hurried: Environment = {
  ...environment,
  timers: { ...environment.timers, sleep: (_milliseconds, signal) => environment.timers.sleep(1, signal) },
};
/** How long a test waits for what follows by itself. */
const SETTLE_LIMIT_MS = 20_000;

/** Replicas of the small service on one log and one vault; each case that is held is freed by a reaction, unless it fails. */
export const startReactingNodes = async (t: Pick<Test, "teardown" | "testdir">, count: number) => {
  /** Reasons for which the reaction fails, with a message that nobody may hear of. */
  const failing = new Set<string>();
  const whenHeld = reaction({
    name: "when-held",
    on: [{ category: "registration", contract: CaseSuspended }],
    then({ meta, data }) {
      const reason = String(data["reason"]);
      if (failing.has(reason)) throw new TypeError("Aziza Karimova cannot be freed");
      return [{ aggregate: held, id: meta.caseId ?? "", command: { type: "Free", reason } }];
    },
  });
  const service = { ...smallService, reactions: [whenHeld] };
  const store = openMemoryEventStore({ environment });
  const vault = openMemoryVault({ environment });
  const issuer = await openLocalIssuer(t.testdir({}), environment);
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(line) });
  const replicas: Awaited<ReturnType<typeof startOne>>[] = [];
  t.teardown(async () => {
    for (const { stop } of replicas) await stop();
    await store.close();
    await vault.close();
  });
  while (replicas.length < count)
    replicas.push(await startOne({ environment, busEnvironment: hurried, service, store, vault, log, issuer }));
  const hold = async (caseId: string, ...reasons: string[]): Promise<void> => {
    for (const reason of reasons) await holdCase(replicas[0]!.kit, caseId, reason);
  };
  /** Reasons for which the case was freed, in that order. */
  const freed = async (caseId: string): Promise<string[]> => {
    const reasons: string[] = [];
    for await (const stored of store.readStream(`registration-${caseId}`)) {
      const { type, data } = decodeWith(registrationContracts, stored);
      if (type === "CaseResumed") reasons.push(String(data["reason"]));
    }
    return reasons;
  };
  /** Every event of the case's parked stream, as it lies in the log. */
  const parkedRecords = async (caseId: string) => {
    const records: { type: string; text: string; actor: string }[] = [];
    for await (const { type, data, metadata } of store.readStream(`registrationParked-${caseId}`)) {
      const { actor } = JSON.parse(Buffer.from(metadata).toString()) as { actor: { id: string } };
      records.push({ type, actor: actor.id, text: Buffer.concat([data, metadata]).toString() });
    }
    return records;
  };
  /** Waits until the reactions of every replica have handled what is in the log, and its tables have it. */
  const settled = async (): Promise<void> => {
    const deadline = environment.clock.monotonic() + SETTLE_LIMIT_MS;
    for (;;) {
      const head = await store.head();
      const reached = replicas.flatMap(({ node }) =>
        node.runtimes.flatMap(({ kit, readModel }) => [
          readModel.position(),
          kit.bus.progress("registration-reactions") ?? -1n,
        ]),
      );
      if (reached.every((position) => position >= head) && head === (await store.head())) return;
      if (environment.clock.monotonic() > deadline) throw new Error("the reactions never came to an end");
      await environment.timers.sleep(5);
    }
  };
  const send = async (
    node: number,
    path: string,
    asked: { readonly role?: Role; readonly post?: unknown; readonly key?: string; readonly language?: string } = {},
  ) => {
    const { role = "admin", post, key = environment.random.uuid(), language = "en" } = asked;
    const response = await fetch(`${replicas[node]!.node.address}${path}`, {
      method: post === undefined ? "GET" : "POST",
      headers: {
        authorization: `Bearer ${await issuer.signAccess({ subject: `${role} at night`, role, unit: "1726" })}`,
        "accept-language": language,
        ...(post === undefined ? {} : { "content-type": "application/json", "idempotency-key": key }),
      },
      ...(post === undefined ? {} : { body: JSON.stringify(post) }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get("content-type") ?? "");
    return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined };
  };
  return { failing, hold, freed, parkedRecords, settled, send, lines, uuid: () => environment.random.uuid() };
};
