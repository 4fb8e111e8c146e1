import type { EventStore } from "@safar/event-store";
import { StreamError, type DurableSpec, type LifecycleStream, type StoredMessage } from "../lifecycle/port.ts";
import { findLastOwn, type LastOwn } from "./last-own.ts";
import type { Known, OwnMessage } from "./trouble.ts";
import { createUpkeep, type Doubt, type Upkeep } from "./upkeep.ts";

/** Where a round goes on. */
export interface Beginning {
  /** Tells the stream from a later one of the same name. */
  readonly created: string;
  /** The stream's last sequence: the first message of the round is to stand right behind it. */
  readonly base: number;
  /** Position of the last event that the stream has; -1n: none. */
  readonly after: bigint;
  /** The last message of a relay. */
  readonly own: OwnMessage | undefined;
  /** The run of the relay that sent it. */
  readonly sender: string | undefined;
}

export interface Beginnings {
  /** Makes what is missing, builds anew what is not whole, and says where to go on. */
  find(signal: AbortSignal): Promise<Beginning>;
  /** What this relay stored since, so that an older state is noticed. */
  stored(known: Known): void;
  readonly upkeep: Upkeep;
}

/** How often a beginning is looked for while the log is not the stream's: once to see it, once after the rebuilding. */
const MAX_LOOKS = 3;

export const createBeginnings = (options: {
  readonly store: EventStore;
  readonly stream: LifecycleStream;
  readonly durables: readonly DurableSpec[];
  readonly onRebuild: (reason: string) => void;
  readonly onForeign: (message: StoredMessage) => void;
}): Beginnings => {
  const { store, stream, onForeign } = options;
  let known: Known | undefined;
  let noticed = 0;

  const upkeep = createUpkeep({
    stream,
    durables: options.durables,
    onRebuild(reason) {
      known = undefined;
      options.onRebuild(reason);
    },
  });

  const notice = (foreign: readonly StoredMessage[]): void => {
    for (const message of foreign.toReversed()) {
      if (message.sequence <= noticed) continue;
      noticed = message.sequence;
      onForeign(message);
    }
  };

  const isInLog = async (own: NonNullable<LastOwn["own"]>): Promise<boolean> => {
    for await (const stored of store.readStream(own.stream, { from: own.revision, limit: 1 }))
      return stored.id === own.id && stored.position === own.position;
    return false;
  };

  const find = async (signal: AbortSignal): Promise<Beginning> => {
    let doubt: Doubt | undefined;
    for (let looks = 0; looks < MAX_LOOKS; looks += 1) {
      // First the stream's last sequence, then the last message: the other order would allow a repeat.
      const { created, lastSequence } = await upkeep.bringAbout(known, doubt);
      if (known?.created !== created) noticed = 0;
      const last = await findLastOwn(stream, signal);
      if (last.own && !(await isInLog(last.own))) {
        const reason = `the log does not have the event ${last.own.id} of the stream's end: an older log was put back`;
        doubt = { created, reason };
        continue;
      }
      notice(last.foreign);
      const base = Math.max(lastSequence, last.lastSequence);
      known = { created, sequence: base, own: last.own };
      return { created, base, after: last.own?.position ?? -1n, own: last.own, sender: last.own?.relay };
    }
    throw new StreamError("refused", "the stream changes faster than it can be looked at");
  };

  return { find, upkeep, stored: (now) => (known = now) };
};
