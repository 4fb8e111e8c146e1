import type { Decoder } from "@safar/contracts";
import type { EventStore } from "@safar/event-store";
import type { Environment } from "@safar/kernel";
import { pauseAfter } from "./backoff.ts";
import { isStreamError, type DurableSpec, type LifecycleStream } from "./lifecycle/port.ts";
import type { BusLog } from "./port.ts";
import { createBeginnings } from "./relay/beginning.ts";
import { createOutgoing } from "./relay/outgoing.ts";
import { reachedIn } from "./relay/reached.ts";
import { startRound, type Round } from "./relay/round.ts";
import { standBy } from "./relay/standby.ts";
import { createToldFailures } from "./relay/told-failures.ts";

/**
 * Brings the log's published events to the stream, in the log's order, each once. It keeps no checkpoint: what it has
 * done is what the stream says. It works in rounds: a round makes what is missing, finds a relay's last message in the
 * stream, and publishes what follows that in the log. Whatever fails ends the round; all that is under way settles,
 * and the next round looks again.
 */

export interface RelayOptions {
  readonly store: EventStore;
  /** Knows every category of the log: what it does not know is of a newer release, and waited for. */
  readonly decoder: Decoder;
  readonly stream: LifecycleStream;
  /** Every durable of every consumer: only the relay makes them. */
  readonly durables: readonly DurableSpec[];
  readonly environment: Environment;
  readonly log?: BusLog;
  readonly signal: AbortSignal;
  /** Messages under way at once. Default: `RELAY_WINDOW`. */
  readonly window?: number;
}

/** For metrics and readiness. */
export interface RelayStatus {
  readonly state: "starting" | "publishing" | "standing-by" | "failing" | "stopped";
  /** Up to here this process saw all that the log publishes in the stream; -1n: nothing was seen yet. See `reached`. */
  readonly position: bigint;
  readonly published: number;
  readonly rounds: number;
  readonly rebuilds: number;
  /** Messages of others that were noticed in the stream. */
  readonly foreign: number;
  /** Why it fails, while it does. */
  readonly failure?: string;
}

export interface Relay {
  /** Resolves after the signal, when all that was under way is settled. Never rejects. */
  readonly ended: Promise<void>;
  status(): RelayStatus;
  /**
   * Asks the stream up to which position it has all that the log publishes; -1n: there is no stream, or nothing in it.
   * @throws StreamError where the stream does not answer
   */
  reached(): Promise<bigint>;
}

export const runRelay = (options: RelayOptions): Relay => {
  const { store, decoder, stream, environment, signal } = options;
  const log: BusLog = options.log ?? { warn: () => undefined };
  const me = environment.random.uuid();
  const outgoing = createOutgoing(decoder, me);
  const counts = { published: 0, rounds: 0, rebuilds: 0, foreign: 0 };
  let state: RelayStatus["state"] = "starting";
  let failure: string | undefined;
  let round: Round | undefined;
  const told = createToldFailures(log);

  const beginnings = createBeginnings({
    store,
    stream,
    durables: options.durables,
    onRebuild(reason) {
      counts.rebuilds += 1;
      log.warn({ reason }, "the stream of published events is built again from the log");
    },
    onForeign({ sequence, subject }) {
      counts.foreign += 1;
      log.warn({ sequence, subject }, "somebody else put a message into the stream; consumers pass it over");
    },
  });

  let isBegun = false;
  const publish = async (isContested: boolean): Promise<void> => {
    isBegun = false;
    const beginning = await beginnings.find(signal);
    if (isContested && beginning.sender !== me && beginning.sender !== undefined) {
      state = "standing-by";
      told.begun();
      await standBy({ stream, store, outgoing, environment, signal });
      return;
    }
    counts.rounds += 1;
    state = "publishing";
    failure = undefined;
    isBegun = true;
    told.begun();
    const onStored = (): void => {
      counts.published += 1;
      told.stored();
    };
    const window = options.window;
    round = startRound({ store, stream, outgoing, environment, beginnings, window, onStored, signal }, beginning);
    await round.ended;
  };

  const isEnding = (): boolean => signal.aborted;
  const pause = (failures: number): Promise<void> =>
    environment.timers.sleep(pauseAfter(failures, environment.random), signal).catch(() => undefined);

  const work = async (): Promise<void> => {
    let isContested = false;
    for (let failures = 0; !isEnding();) {
      const before = counts.published;
      try {
        await publish(isContested);
        isContested = false;
        failures = 0;
      } catch (error) {
        if (isEnding()) break;
        isContested = isStreamError(error, "fence");
        if (!isContested) {
          state = "failing";
          told.failed(error, isBegun ? "round" : "beginning");
          failure = error instanceof Error ? error.message : String(error);
        }
        failures = counts.published > before ? 0 : failures + 1;
        await pause(failures);
      }
    }
    state = "stopped";
  };

  const ended = work();
  return {
    ended,
    status: () => ({
      state,
      position: round?.position() ?? -1n,
      ...counts,
      ...(failure !== undefined && { failure }),
    }),
    reached: () => reachedIn(stream, round, signal),
  };
};
