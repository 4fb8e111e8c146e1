import { RELAY_WINDOW, RELAY_WINDOW_BYTES } from "../limits.ts";
import type { OwnMessage } from "./trouble.ts";
import { StreamError, type LifecycleMessage, type LifecycleStream } from "../lifecycle/port.ts";

/** One round of publishing: messages under way side by side, each fenced to stand right behind the one before. */
export interface Pipeline {
  /** Whether the next may be published now. */
  hasRoom(): boolean;
  /** Resolves when there is room for many. */
  room(): Promise<void>;
  publish(message: LifecycleMessage, position: bigint): void;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
  /** Sequence of the last message of which it is known that it and all before are stored. */
  sequence(): number;
  /** Position of that message; undefined: none yet. */
  position(): bigint | undefined;
  /** That message; undefined: none yet. */
  own(): OwnMessage | undefined;
  /** Why nothing more may be published in this round. */
  failure(): StreamError | undefined;
  underWay(): number;
}

interface Step extends OwnMessage {
  readonly position: bigint;
  isStored: boolean;
}

/** @param base the stream's last sequence, behind which this round publishes */
export const createPipeline = (options: {
  readonly stream: LifecycleStream;
  readonly base: number;
  readonly window: number | undefined;
  readonly onStored: () => void;
  readonly onFailure: () => void;
}): Pipeline => {
  const { stream, base, window = RELAY_WINDOW, onStored, onFailure } = options;
  const steps: Step[] = [];
  let bytes = 0;
  let next = base;
  let lastId: string | undefined;
  let stored: Step | undefined;
  let failure: StreamError | undefined;
  let underWay = 0;
  let onChange: (() => void) | undefined;
  const change = (): Promise<void> => new Promise((resolve) => (onChange = resolve));

  const fail = (error: StreamError): void => {
    if (failure) return;
    failure = error;
    onFailure();
  };
  const advance = (): void => {
    for (let step = steps[0]; step?.isStored; step = steps[0]) {
      stored = step;
      steps.shift();
    }
  };

  const send = async (message: LifecycleMessage, step: Step, expectedId: string | undefined): Promise<void> => {
    try {
      const expected = { lastSequence: step.sequence - 1, ...(expectedId !== undefined && { lastId: expectedId }) };
      const answer = await stream.publish(message, expected);
      // A repeat is answered by the broker as done, whatever it stands behind.
      if (answer.sequence !== step.sequence)
        throw new StreamError("fence", `a message has the place ${answer.sequence} where ${step.sequence} was due`);
      step.isStored = true;
      advance();
      onStored();
      if (answer.isDuplicate) fail(new StreamError("fence", "another relay sent the same message"));
    } catch (error) {
      fail(error instanceof StreamError ? error : new StreamError("refused", String(error), { cause: error }));
    } finally {
      underWay -= 1;
      bytes -= message.body.length;
      onChange?.();
    }
  };

  return {
    hasRoom: () => underWay < window && bytes < RELAY_WINDOW_BYTES,
    async room() {
      // Half empty before it is filled again: many messages in one packet cost both sides less than one in each.
      while (!failure && (underWay > window / 2 || bytes > RELAY_WINDOW_BYTES / 2)) await change();
    },
    publish(message, position) {
      next += 1;
      underWay += 1;
      bytes += message.body.length;
      const step: Step = { sequence: next, id: message.id, position, isStored: false };
      steps.push(step);
      const expectedId = lastId;
      lastId = message.id;
      void send(message, step, expectedId);
    },
    async settled() {
      while (underWay > 0) await change();
    },
    sequence: () => stored?.sequence ?? base,
    position: () => stored?.position,
    own: () => stored,
    failure: () => failure,
    underWay: () => underWay,
  };
};
