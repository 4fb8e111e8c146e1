import type { Clock } from "@safar/kernel";
import { EXPECTED_LAST_ID, EXPECTED_LAST_SEQUENCE, MESSAGE_ID } from "../lifecycle/message.ts";
import { StreamError, type Stored, type StoredMessage } from "../lifecycle/port.ts";

/** The stream itself, as JetStream keeps one. */
export interface Messages {
  readonly created: string;
  readonly all: readonly StoredMessage[];
  /** Headers say what is expected. The repeat is looked for first, then the fence: so does JetStream. */
  store(subject: string, headers: Readonly<Record<string, string>>): Stored;
  /** After a restart ids are known within the window only, the last one included. */
  forget(): void;
  /** As it was when only so many were there. */
  cutAt(sequence: number): void;
  /** Removes all and keeps the ids: what makes a purge dangerous. */
  purge(): void;
  readonly purged: number;
}

export const createMessages = (options: {
  readonly created: string;
  readonly clock: Clock;
  readonly windowMs: number;
  readonly isFull: (messages: number) => boolean;
}): Messages => {
  const { clock, windowMs } = options;
  let all: StoredMessage[] = [];
  let purged = 0;
  let lastId = "";
  const ids = new Map<string, { readonly sequence: number; readonly at: number }>();
  const isRecent = ({ at }: { readonly at: number }): boolean => clock.now() - at < windowMs;
  const lastSequence = (): number => purged + all.length;

  const checkFence = (headers: Readonly<Record<string, string>>): void => {
    const { [EXPECTED_LAST_SEQUENCE]: sequence, [EXPECTED_LAST_ID]: id } = headers;
    if (sequence !== undefined && Number(sequence) !== lastSequence())
      throw new StreamError("fence", `wrong last sequence: ${lastSequence()}`);
    if (id !== undefined && id !== lastId) throw new StreamError("fence", `wrong last msg ID: ${lastId}`);
  };

  return {
    created: options.created,
    get all() {
      return all;
    },
    get purged() {
      return purged;
    },
    store(subject, headers) {
      const { [MESSAGE_ID]: id } = headers;
      const earlier = id === undefined ? undefined : ids.get(id);
      if (earlier && isRecent(earlier)) return { sequence: earlier.sequence, isDuplicate: true };
      checkFence(headers);
      if (options.isFull(all.length)) throw new StreamError("full", "maximum messages exceeded");
      const sequence = lastSequence() + 1;
      all.push({ sequence, subject, headers });
      lastId = id ?? "";
      if (id !== undefined) ids.set(id, { sequence, at: clock.now() });
      return { sequence, isDuplicate: false };
    },
    forget() {
      for (const [id, each] of ids) if (!isRecent(each)) ids.delete(id);
      const last = all.at(-1)?.headers[MESSAGE_ID];
      lastId = last !== undefined && ids.has(last) ? last : "";
    },
    cutAt(sequence) {
      all = all.slice(0, Math.max(0, sequence - purged));
      for (const [id, each] of ids) if (each.sequence > sequence) ids.delete(id);
      lastId = all.at(-1)?.headers[MESSAGE_ID] ?? "";
    },
    purge() {
      purged += all.length;
      all = [];
    },
  };
};
