import { PARTITIONS } from "@safar/contracts";

/** Serial queues: works of one partition run one after the other, those of different partitions side by side. */
export interface Partitions {
  /** Resolves when there is room for one more. Called by one caller at a time. */
  room(): Promise<void>;
  /** @param work never rejects */
  run(partition: number, work: () => Promise<void>): void;
  /** Resolves when all that was given is done. */
  idle(): Promise<void>;
}

export const createPartitions = (limit: number): Partitions => {
  const tails: Promise<void>[] = Array.from({ length: PARTITIONS }, () => Promise.resolve());
  let inFlight = 0;
  let onRoom: (() => void) | undefined;

  const finished = (): void => {
    inFlight -= 1;
    onRoom?.();
    onRoom = undefined;
  };

  return {
    async room() {
      while (inFlight >= limit) await new Promise<void>((resolve) => (onRoom = resolve));
    },
    run(partition, work) {
      inFlight += 1;
      tails[partition] = (tails[partition] ?? Promise.resolve()).then(work).then(finished);
    },
    async idle() {
      await Promise.all(tails);
    },
  };
};
