import {
  isStreamError,
  type DurableSpec,
  type LifecycleStream,
  type MemoryJetStream,
  type StoredMessage,
} from "@safar/event-bus";
import type { Surroundings } from "../surroundings.ts";

/** The fence refuses, and the relay takes whatever is last now for what it had expected. */
const unfenced = (stream: LifecycleStream): LifecycleStream => ({
  ...stream,
  async publish(message, expected) {
    for (;;)
      try {
        return await stream.publish(message, expected);
      } catch (error) {
        if (!isStreamError(error, "fence")) throw error;
        const state = await stream.state();
        if (!state) throw error;
        expected = { lastSequence: state.lastSequence };
      }
  },
});

const withoutLastId = (stream: LifecycleStream): LifecycleStream => ({
  ...stream,
  publish: (message, { lastSequence }) => stream.publish(message, { lastSequence }),
});

/** Goes on after what it has sent itself, whatever the stream says. */
const withCheckpoint = (stream: LifecycleStream, kept: { last?: StoredMessage }): LifecycleStream => ({
  ...stream,
  async lastMessage() {
    const last = await stream.lastMessage();
    if (last && last.sequence > (kept.last?.sequence ?? 0)) kept.last = last;
    return kept.last;
  },
});

const checkpoints = new WeakMap<MemoryJetStream, { last?: StoredMessage }>();

export const streamWithBug = (
  surroundings: Surroundings,
  broker: MemoryJetStream,
  stream: LifecycleStream,
): LifecycleStream => {
  switch (surroundings.bug) {
    case "relay-without-a-fence":
      return unfenced(stream);
    case "last-id-not-expected":
      return withoutLastId(stream);
    case "purged-instead-of-made-anew":
      return { ...stream, remove: async () => broker.purge() };
    case "durable-kept-over-a-restore":
      return { ...stream, removeDurable: async () => undefined, remove: async () => undefined };
    case "relay-with-a-checkpoint": {
      const kept = checkpoints.get(broker) ?? {};
      checkpoints.set(broker, kept);
      return withCheckpoint(stream, kept);
    }
    default:
      return stream;
  }
};

/** Several messages of a partition handed out at once. */
const PENDING = 5;

export const durablesWithBug = ({ bug }: Surroundings, durables: readonly DurableSpec[]): readonly DurableSpec[] =>
  bug === "several-pending" ? durables.map((durable) => ({ ...durable, pending: PENDING })) : durables;
