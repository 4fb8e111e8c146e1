import type { Relay, RelayStatus } from "@safar/event-bus";
import type { JetStream } from "@safar/event-bus/jetstream";
import type { EventStore } from "@safar/event-store";
import type { Timers } from "@safar/kernel";
import { createMetrics, type Metrics } from "@safar/service-kit";
import { inTime } from "./in-time.ts";

const STATES: readonly RelayStatus["state"][] = ["starting", "publishing", "standing-by", "failing", "stopped"];

const ofRelay = (metrics: Metrics, status: RelayStatus, denied: number): void => {
  const { published, rebuilds, foreign } = status;
  metrics.count("safar_relay_published_total", "Messages stored since the start", {}, published);
  metrics.count("safar_relay_rebuilds_total", "Times that the stream was built again from the log", {}, rebuilds);
  metrics.count("safar_relay_foreign_total", "Messages of others that were noticed in the stream", {}, foreign);
  metrics.count("safar_relay_denied_total", "Times that NATS refused a subject", {}, denied);
  for (const state of STATES)
    metrics.gauge("safar_relay_state", "1 for what the relay is doing", Number(state === status.state), { state });
};

/** @param reached what the stream has; -1n: nothing, or it does not answer, so that the whole log is missing */
const ofLog = (metrics: Metrics, head: bigint, reached: bigint): void => {
  metrics.gauge("safar_log_position", "Position of the log's head", Number(head));
  const lag = head > reached ? head - reached : 0n;
  metrics.gauge("safar_relay_lag", "Positions that the stream is behind the log's head", Number(lag));
};

/** Who is asked for the figures. */
interface Asked {
  readonly relay: Relay;
  readonly jetstream: JetStream;
  readonly store: EventStore;
  readonly timers: Timers;
}

/**
 * The watchdog: the log's head against what the stream has, and how far each durable is behind. Made anew for each
 * reading, so that a durable that is gone leaves nothing behind.
 */
export const figures = async ({ relay, jetstream, store, timers }: Asked): Promise<string> => {
  const metrics = createMetrics();
  const [head, reached, stream, durables] = await Promise.all([
    inTime(timers, store.head(), undefined),
    inTime(timers, relay.reached(), -1n),
    inTime(timers, jetstream.stream.state(), undefined),
    inTime(timers, jetstream.stream.durables(), []),
  ]);
  ofRelay(metrics, relay.status(), jetstream.denied());
  metrics.gauge("safar_relay_position", "Up to here the stream has what the log publishes", Number(reached));
  if (head !== undefined) ofLog(metrics, head, reached);
  metrics.gauge("safar_stream_up", "1 while JetStream answers for the stream", Number(stream !== undefined));
  if (stream) metrics.gauge("safar_stream_messages", "Messages in the stream", stream.messages);
  for (const { spec, waiting, unacknowledged } of durables) {
    const durable = { durable: spec.name };
    metrics.gauge("safar_durable_waiting", "Messages not yet acknowledged", waiting + unacknowledged, durable);
  }
  return metrics.text();
};
