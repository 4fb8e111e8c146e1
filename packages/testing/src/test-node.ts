import { generateKeyPair, jwtVerify, SignJWT } from "jose";
import { pino } from "pino";
import type { Test } from "tap";
import type { DecodedEvent, Decoder, Role } from "@safar/contracts";
import { createEmbeddedEventBus, type EventBus } from "@safar/event-bus";
import { openMemoryEventStore, type EventStore } from "@safar/event-store";
import type { Environment } from "@safar/kernel";
import {
  createKit,
  decoderOfEverything,
  realEnvironment,
  startNode,
  type Caller,
  type Kit,
  type RunningNode,
  type ServiceDefinition,
} from "@safar/service-kit";
import { openMemoryVault, type Vault } from "@safar/vault";
import { createClient, type Client } from "./client.ts";

/** Who a test acts as. */
export interface Persona {
  readonly role: Role;
  readonly unit?: string;
  readonly caseId?: string;
  /** Default: role and unit. */
  readonly subject?: string;
}

export interface TestNode {
  readonly kit: Kit;
  readonly node: RunningNode;
  readonly address: string;
  /** A client with a token of that persona. */
  as(persona: Persona): Promise<Client>;
  tokenOf(persona: Persona): Promise<string>;
  /** Without a token. */
  readonly anybody: Client;
  /** Waits until every reaction and table has taken everything that is in the log now, and what follows from it. */
  settled(): Promise<void>;
  /** What is written in a stream, kit's events included. */
  eventsOf(stream: string): Promise<readonly DecodedEvent[]>;
}

const ISSUER = "safar-tests";

const createIssuer = async () => {
  const { privateKey, publicKey } = await generateKeyPair("EdDSA");
  return {
    sign: ({ role, unit, caseId, subject }: Persona): Promise<string> =>
      new SignJWT({ role, unit, case: caseId })
        .setProtectedHeader({ alg: "EdDSA" })
        .setIssuer(ISSUER)
        .setSubject(subject ?? [role, unit].filter(Boolean).join("-"))
        .setExpirationTime("1h")
        .sign(privateKey),
    verify: async (token: string): Promise<Caller> => {
      const { payload } = await jwtVerify(token, publicKey, { issuer: ISSUER });
      const { unit, case: caseId } = payload as { unit?: string; case?: string };
      return {
        issuer: ISSUER,
        subject: payload.sub!,
        role: payload["role"] as Role,
        ...(unit === undefined ? {} : { unit }),
        ...(caseId === undefined ? {} : { caseId }),
        expiresAt: payload.exp! * 1000,
      };
    },
  };
};

/** One issuer for all nodes of a test, so that a person is the same at each of them. */
let issuer: ReturnType<typeof createIssuer> | undefined;

/** How long a test waits for what follows by itself, before it says that it never came. */
const SETTLE_LIMIT_MS = 20_000;
const LOOK_EVERY_MS = 5;

/** Waits until every reaction and table of a node has taken everything that is in the log, and what follows from it. */
export const settle = async (kit: Kit, node: RunningNode, limitMs = SETTLE_LIMIT_MS): Promise<void> => {
  const deadline = kit.environment.clock.monotonic() + limitMs;
  const reacting = node.runtimes.filter(({ definition }) => (definition.reactions ?? []).length > 0);
  for (;;) {
    const head = await kit.store.head();
    const behind = [
      ...node.runtimes.filter(({ readModel }) => readModel.position() < head).map(({ definition }) => definition.name),
      ...reacting
        .filter(({ definition }) => (kit.bus.progress(`${definition.name}-reactions`) ?? -1n) < head)
        .map(({ definition }) => `${definition.name}-reactions`),
    ];
    if (behind.length === 0 && (await kit.store.head()) === head) return;
    if (kit.environment.clock.monotonic() > deadline) throw new Error(`never settled: ${behind.join(", ")}`);
    await kit.environment.timers.sleep(LOOK_EVERY_MS);
  }
};

/** The given services behind one origin on in-memory adapters, over real HTTP on loopback; stopped with the test. */
export const startTestNode = async (
  t: Pick<Test, "teardown">,
  options: {
    readonly services: readonly ServiceDefinition[];
    readonly environment?: Environment;
    readonly store?: EventStore;
    readonly vault?: Vault;
    /** Default: a bus that follows the log itself. */
    readonly busOf?: (store: EventStore, decoder: Decoder) => EventBus;
    /** Default: tables in memory, which are made anew at each start. */
    readonly readModelFile?: (service: string) => string;
    /** As `startNode` has them. */
    readonly proxies?: number;
    readonly maxRequestsPerSecond?: number;
  },
): Promise<TestNode> => {
  const environment = options.environment ?? realEnvironment();
  const store = options.store ?? openMemoryEventStore({ environment });
  const vault = options.vault ?? openMemoryVault({ environment });
  const decoder = decoderOfEverything(options.services.map(({ name }) => name));
  const bus =
    options.busOf?.(store, decoder) ?? createEmbeddedEventBus({ store, decoder, file: ":memory:", environment });
  const log = pino({ level: process.env["SAFAR_LOG_LEVEL"] ?? "silent" }, pino.destination(2));
  const { readModelFile = () => ":memory:", proxies, maxRequestsPerSecond } = options;
  const kit = createKit({ environment, store, vault, bus, decoder, log, readModelFile });
  const { sign, verify } = await (issuer ??= createIssuer());
  const node = await startNode({
    kit,
    services: options.services,
    verify,
    host: "127.0.0.1",
    port: 0,
    version: "test",
    proxies,
    maxRequestsPerSecond,
  });
  t.teardown(async () => {
    await node.stop();
    await bus.close();
    await store.close();
    await vault.close();
  });
  return {
    kit,
    node,
    address: node.address,
    as: async (persona) => createClient(node.address, environment, await sign(persona)),
    tokenOf: sign,
    anybody: createClient(node.address, environment),
    settled: () => settle(kit, node),
    async eventsOf(stream) {
      const events: DecodedEvent[] = [];
      for await (const stored of store.readStream(stream)) events.push(decoder.decode(stored));
      return events;
    },
  };
};
