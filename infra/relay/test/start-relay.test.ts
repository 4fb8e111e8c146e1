import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { mkdtemp, rm } from "node:fs/promises";
import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import t from "tap";
import { z } from "zod";
import { contractSet, decoderOf, event, type Metadata } from "@safar/contracts";
import { openMemoryEventStore } from "@safar/event-store";
import { realEnvironment } from "@safar/service-kit";
import { startRelay } from "../src/index.ts";

/** The relay as a process has it, with its doors. */

const environment = realEnvironment();
const JourneyMoved = event("JourneyMoved", z.strictObject({ to: z.string() })).published();
const decoder = decoderOf([
  contractSet({ category: "journey", service: "registration", subject: "case", contracts: [JourneyMoved] }),
]);

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
};

const startNats = async (port: number, folder: string) => {
  const path = `${process.env["PATH"] ?? ""}:/usr/sbin:/usr/local/sbin`;
  const child = spawn("nats-server", ["-js", "-a", "127.0.0.1", "-p", String(port), "-sd", folder], {
    env: { ...process.env, PATH: path },
    stdio: "ignore",
  });
  await once(child, "spawn");
  return async (): Promise<void> => {
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  };
};

const until = async (what: string, isSo: () => Promise<boolean>): Promise<void> => {
  const end = performance.now() + 30_000;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`${what} did not come about`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const metadata: Metadata = {
  schemaVersion: 1,
  service: "registration",
  caseId: "a",
  occurredAt: "2026-02-16T09:00:00.000Z",
  actor: { id: "registrar-1726", role: "registrar", kind: "human" },
  transactionId: randomUUID(),
  correlationId: randomUUID(),
};

t.test("it is ready once JetStream answers, says how far it is, and not when JetStream is gone", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "safar-relay-"));
  const port = await freePort();
  const store = openMemoryEventStore({ environment });
  const relay = await startRelay({
    url: `nats://127.0.0.1:${port}`,
    store,
    decoder,
    services: ["visa-docs"],
    subscribers: ["ministry"],
    limits: {},
    host: "127.0.0.1",
    port: 0,
    environment,
    log: pino({ level: "silent" }),
    onFatal(error) {
      throw error;
    },
  });
  const ask = async (path: string) => {
    const answer = await fetch(`${relay.address}${path}`);
    return { status: answer.status, text: await answer.text() };
  };
  t.equal((await ask("/health/live")).status, 200);
  t.equal((await ask("/health/ready")).status, 503, "before there is a NATS");

  const stop = await startNats(port, folder);
  await until("ready", async () => (await ask("/health/ready")).status === 200);
  const toAppend = { id: randomUUID(), type: "JourneyMoved", data: bytesOf({ to: "1" }), metadata: bytesOf(metadata) };
  await store.append("journey-a", "no-stream", [toAppend]);
  await until("published", async () => (await ask("/metrics")).text.includes("safar_stream_messages 1"));
  const { text } = await ask("/metrics");
  t.match(text, /^safar_relay_lag 0$/m);
  t.match(text, /^safar_durable_waiting\{durable="ministry"\} 1$/m);
  t.equal(text.match(/^safar_durable_waiting/gm)?.length, 17);

  await stop();
  t.equal((await ask("/health/ready")).status, 503, "JetStream is gone");
  t.match((await ask("/metrics")).text, /^safar_stream_up 0$/m);
  await relay.stop();
  await store.close();
  await rm(folder, { recursive: true });
});
