import type { Environment } from "@safar/kernel";
import { VaultUnavailable } from "../port.ts";
import type { Kind, Outcome, Write, WriteKinds, WriterSettings } from "./protocol.ts";
import { keepWriter } from "./writer.ts";

/** Half a second of writes on a slow disk: beyond it a caller is better told to come again. */
export const MAX_QUEUED_WRITES = 10_000;
/** So many share one sync: enough that the sync is no longer what costs, few enough that none waits long. */
export const MAX_BATCH_WRITES = 512;

export interface WriteQueue {
  /** Resolves once it is durable. @throws VaultUnavailable */
  write<K extends Kind>(kind: K, input: WriteKinds[K]["input"]): Promise<WriteKinds[K]["answer"]>;
  /** See `Committer.holdFiles`. */
  holdFiles(hold: boolean): Promise<void>;
  /** Writes what waits, then closes the database. */
  close(): Promise<void>;
}

interface Waiting {
  readonly write: Write;
  readonly done: (outcome: Outcome | VaultUnavailable) => void;
}

/** Group commit: while one batch is being written, the next one gathers. Resolves once the writer's thread runs. */
export const startWriteQueue = async (settings: WriterSettings, environment: Environment): Promise<WriteQueue> => {
  const writer = await keepWriter(settings, environment);
  const waiting: Waiting[] = [];
  let running: Promise<void> | undefined;
  let closing = false;

  const writeBatch = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      const message = await writer.ask({ kind: "commit", writes: batch.map((entry) => entry.write) });
      const outcomes = message.kind === "committed" ? message.outcomes : [];
      batch.forEach((entry, index) => entry.done(outcomes[index] ?? { failure: "the writer gave no answer" }));
    } catch (error) {
      for (const entry of batch) entry.done(writerDied(error));
    }
  };

  const run = async (): Promise<void> => {
    // What is asked for in the same turn goes together.
    await Promise.resolve();
    while (waiting.length > 0) await writeBatch(waiting.splice(0, MAX_BATCH_WRITES));
    running = undefined;
  };

  const enqueue = (write: Write): Promise<Outcome> =>
    new Promise((resolve, reject) => {
      waiting.push({
        write,
        done: (outcome) => (outcome instanceof VaultUnavailable ? reject(outcome) : resolve(outcome)),
      });
      running ??= run();
    });

  return {
    async write<K extends Kind>(kind: K, input: WriteKinds[K]["input"]) {
      if (closing) throw new VaultUnavailable("closed", "the vault is closed");
      if (waiting.length >= MAX_QUEUED_WRITES) {
        throw new VaultUnavailable("queue-full", `${MAX_QUEUED_WRITES} writes wait for the vault`);
      }
      // A kind stands with its own input, and is answered with its own answer; the compiler cannot follow that.
      const outcome = await enqueue({ kind, input } as Write);
      if ("failure" in outcome) throw new VaultUnavailable("storage", `the vault could not write: ${outcome.failure}`);
      return outcome.answer;
    },
    async holdFiles(hold) {
      if (closing) throw new VaultUnavailable("closed", "the vault is closed");
      await writer.ask({ kind: "hold-files", hold }).catch((error: unknown) => {
        throw writerDied(error);
      });
    },
    async close() {
      closing = true;
      await running;
      await writer.stop();
    },
  };
};

const writerDied = (cause: unknown): VaultUnavailable =>
  new VaultUnavailable("storage", `the vault's writer died and is being replaced: ${String(cause)}`, { cause });
