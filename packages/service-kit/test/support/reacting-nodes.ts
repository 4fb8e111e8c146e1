import { pino } from "pino";
import type { Test } from "tap";
import { CaseSuspended, decodeWith, registrationContracts, type Role } from "@safar/contracts";
import { createEmbeddedEventBus } from "@safar/event-bus";
import { openMemoryEventStore } from "@safar/event-store";
import { openMemoryVault } from "@safar/vault";
import type { Environment } from "@safar/kernel";
import {
  createKit,
  decoderOfEverything,
  openLocalIssuer,
  reaction,
  realEnvironment,
  startNode,
  type RunningNode,
} from "../../src/index.ts";
import { held, smallService } from "./small-service.ts";

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
  const decoder = decoderOfEverything([service.name]);
  const issuer = await openLocalIssuer(t.testdir({}), environment);
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(line) });
  const nodes: RunningNode[] = [];
  for (let index = 0; index < count; index += 1) {
    const bus = createEmbeddedEventBus({ store, decoder, file: ":memory:", environment: hurried });
    const kit = createKit({ environment, store, vault, bus, decoder, log, readModelFile: () => ":memory:" });
    const node = await startNode({
      kit,
      services: [service],
      verify: (token) => issuer.authenticate(token),
      host: "127.0.0.1",
      port: 0,
      version: "test",
    });
    t.teardown(async () => {
      await node.stop();
      await bus.close();
    });
    nodes.push(node);
  }
  t.teardown(async () => {
    await store.close();
    await vault.close();
  });

  const hold = async (caseId: string, ...reasons: string[]): Promise<void> => {
    for (const reason of reasons)
      await nodes[0]!.runtimes[0]!.kit.executor.execute({
        aggregate: held,
        id: caseId,
        command: { type: "Hold", reason },
        transactionId: environment.random.uuid(),
        header: { caseId, personId: environment.random.uuid(), unit: "1726", region: "1726" },
        context: {
          actor: { id: "elsewhere", role: "registrar", kind: "human" },
          occurredAt: "2026-02-16T09:00:00Z",
          correlationId: "test",
        },
      });
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
      const reached = nodes.flatMap(({ runtimes }) =>
        runtimes.flatMap(({ kit, readModel }) => [
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
    const response = await fetch(`${nodes[node]!.address}${path}`, {
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
