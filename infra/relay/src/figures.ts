import type { Relay, RelayStatus } from "@safar/event-bus";
import type { JetStream } from "@safar/event-bus/jetstream";
import type { EventStore } from "@safar/event-store";

/** One figure of the relay, for Prometheus. */
export interface Figure {
  readonly name: string;
  readonly help: string;
  readonly value: number;
  readonly labels?: Readonly<Record<string, string>>;
}

const STATES: readonly RelayStatus["state"][] = ["starting", "publishing", "standing-by", "failing", "stopped"];

/** The watchdog: the log's head against what the stream has, and how far each durable is behind. */
export const figures = async (relay: Relay, jetstream: JetStream, store: EventStore): Promise<readonly Figure[]> => {
  const status = relay.status();
  const [head, stream, durables] = await Promise.all([
    store.head().catch(() => undefined),
    jetstream.stream.state().catch(() => undefined),
    jetstream.stream.durables().catch(() => []),
  ]);
  const { position } = status;
  const known: Figure[] = [
    {
      name: "safar_relay_position",
      help: "Position up to which the stream has what the log publishes",
      value: Number(position),
    },
    { name: "safar_relay_published_total", help: "Messages stored since the start", value: status.published },
    {
      name: "safar_relay_rebuilds_total",
      help: "Times that the stream was built again from the log",
      value: status.rebuilds,
    },
    {
      name: "safar_relay_foreign_total",
      help: "Messages of others that were noticed in the stream",
      value: status.foreign,
    },
    { name: "safar_relay_denied_total", help: "Times that NATS refused a subject", value: jetstream.denied() },
    ...STATES.map((state) => ({
      name: "safar_relay_state",
      help: "1 for what the relay is doing",
      value: Number(state === status.state),
      labels: { state },
    })),
    { name: "safar_stream_up", help: "1 while JetStream answers for the stream", value: Number(stream !== undefined) },
  ];
  if (head !== undefined)
    known.push(
      { name: "safar_log_position", help: "Position of the log's head", value: Number(head) },
      {
        name: "safar_relay_lag",
        help: "Positions that the stream is behind the log's head",
        value: Number(head > position ? head - position : 0n),
      },
    );
  if (stream) known.push({ name: "safar_stream_messages", help: "Messages in the stream", value: stream.messages });
  const durableFigures = durables.map(({ spec, waiting, unacknowledged }) => ({
    name: "safar_durable_waiting",
    help: "Messages that a durable has not acknowledged",
    value: waiting + unacknowledged,
    labels: { durable: spec.name },
  }));
  return [...known, ...durableFigures];
};
