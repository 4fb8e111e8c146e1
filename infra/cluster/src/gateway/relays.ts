import { lookup } from "node:dns/promises";
import { z } from "zod";
import type { Environment } from "@safar/kernel";
import { ask } from "./ask.ts";
import type { Trouble } from "./health-answer.ts";

/** A relay takes a look at its log and its stream to answer, and nobody waits for what is told of it. */
const LOOK_EVERY_MS = 2_000;
/** How long no relay may publish, or what stood in the log may be missing in the stream: a change of relays takes less. */
const TROUBLE_MS = 30_000;

const position = z
  .string()
  .regex(/^-?\d+$/)
  .transform(BigInt)
  .optional()
  .catch(undefined);
const answer = z.object({ relay: z.string().optional().catch(undefined), head: position, position });
type Answer = z.infer<typeof answer>;

/** One relay, of those that may stand behind one name. */
export interface RelayProcess {
  /** `relay-1`. */
  readonly name: string;
  readonly address: URL;
}

const largest = (values: readonly (bigint | undefined)[]): bigint =>
  values.reduce<bigint>((most, value) => (value !== undefined && value > most ? value : most), -1n);

/** Every address behind the names; one that leads nowhere stands for itself, so that it is seen to be away. */
const resolve = async (addresses: readonly URL[]): Promise<readonly RelayProcess[]> => {
  const behind = async (address: URL): Promise<readonly URL[]> => {
    const host = address.hostname.replace(/^\[(.*)\]$/, "$1");
    const found = await lookup(host, { all: true }).catch(() => []);
    const hosts = found.map(({ address: own, family }) => (family === 6 ? `[${own}]` : own)).sort();
    return hosts.length === 0 ? [address] : hosts.map((own) => new URL(`http://${own}:${address.port || "80"}`));
  };
  const all = (await Promise.all(addresses.map(behind))).flat();
  return all.map((address, index) => ({ name: `relay-${index + 1}`, address }));
};

/**
 * The relays, asked again and again: commands do not need them, so what is not well with them makes nothing unready.
 * Of several the one that is furthest counts, since those that stand by do not follow.
 */
export const watchRelays = (addresses: readonly URL[], environment: Environment, signal: AbortSignal) => {
  const { clock, timers } = environment;
  let wellAt = clock.monotonic();
  /** What has to be in the stream before it counts as following; taken anew each time that it is. */
  let toReach: bigint | undefined;
  let what = "";

  const askOne = async ({ address }: RelayProcess): Promise<Answer | undefined> => {
    try {
      return answer.parse(await (await ask(environment, address, "/health/ready")).json());
    } catch {
      return undefined;
    }
  };

  /** Undefined: one publishes, and the stream has come to where the log was when it had come there last. */
  const judge = (answers: readonly Answer[]): string | undefined => {
    if (answers.length === 0) return "no relay answers";
    const head = largest(answers.map((each) => each.head));
    const reached = largest(answers.map((each) => each.position));
    toReach ??= head;
    const behind = `the stream is ${head - reached} positions behind the log's head`;
    if (!answers.some((each) => each.relay === "publishing")) return `no relay publishes, and ${behind}`;
    if (reached < toReach) return behind;
    toReach = head;
    return undefined;
  };

  const look = async (): Promise<void> => {
    const answers = await Promise.all((await resolve(addresses)).map(askOne));
    const trouble = judge(answers.filter((each) => each !== undefined));
    if (trouble === undefined) wellAt = clock.monotonic();
    else what = trouble;
  };

  const watching = (async () => {
    while (!signal.aborted && addresses.length > 0) {
      await look();
      await timers.sleep(LOOK_EVERY_MS, signal).catch(() => undefined);
    }
  })();

  return {
    watching,
    all: (): Promise<readonly RelayProcess[]> => resolve(addresses),
    trouble(): Trouble | undefined {
      if (addresses.length === 0 || what === "" || clock.monotonic() - wellAt < TROUBLE_MS) return undefined;
      return {
        status: "degraded",
        relay: `${what}, for ${TROUBLE_MS / 1000} s at least: see the relay's log and NATS`,
      };
    },
  };
};
export type Relays = ReturnType<typeof watchRelays>;
