import {
  AckPolicy,
  DeliverPolicy,
  DiscardPolicy,
  millis,
  nanos,
  ReplayPolicy,
  RetentionPolicy,
  StorageType,
  type ConsumerConfig,
  type ConsumerInfo,
  type MsgHdrs,
  type StoredMsg,
  type StreamConfig,
} from "nats";
import type { DurableSpec, DurableState, StoredMessage } from "../lifecycle/port.ts";
import { ALL_SUBJECTS, STREAM } from "../lifecycle/subjects.ts";

/** What the stream may take, and how it is kept. */
export interface StreamLimits {
  /** Bytes; -1: as many as the account may have. Default: -1. */
  readonly maxBytes?: number;
  /** Messages; -1: any number. Default: -1. */
  readonly maxMessages?: number;
  /** Servers that hold it. Default: 1. */
  readonly replicas?: number;
  /** Default: `file`. */
  readonly storage?: "file" | "memory";
  /** How long ids of messages are known, milliseconds. Default: 120,000. */
  readonly duplicateWindowMs?: number;
}

const DUPLICATE_WINDOW_MS = 120_000;

export const configOf = (limits: StreamLimits): Partial<StreamConfig> & { readonly name: string } => ({
  name: STREAM,
  subjects: [ALL_SUBJECTS],
  retention: RetentionPolicy.Limits,
  storage: limits.storage === "memory" ? StorageType.Memory : StorageType.File,
  num_replicas: limits.replicas ?? 1,
  max_bytes: limits.maxBytes ?? -1,
  max_msgs: limits.maxMessages ?? -1,
  // Never by age: what has gone was perhaps not read yet.
  max_age: 0,
  // A full stream refuses what is new, and the relay waits: what a consumer has not read yet is never thrown away.
  discard: DiscardPolicy.New,
  duplicate_window: nanos(limits.duplicateWindowMs ?? DUPLICATE_WINDOW_MS),
  deny_delete: true,
  deny_purge: true,
});

export const headersAsRecord = (headers: MsgHdrs | undefined): Record<string, string> =>
  Object.fromEntries([...(headers ?? [])].map(([name, values]) => [name, values[0] ?? ""]));

export const storedMessage = ({ seq, subject, header }: StoredMsg): StoredMessage => ({
  sequence: seq,
  subject,
  headers: headersAsRecord(header),
});

export const durableConfig = ({ name, filter, pending, ackWaitMs }: DurableSpec): Partial<ConsumerConfig> => ({
  durable_name: name,
  filter_subject: filter,
  ack_policy: AckPolicy.Explicit,
  ack_wait: nanos(ackWaitMs),
  max_ack_pending: pending,
  max_deliver: -1,
  // The server's own default: requests that wait at once, one of each process.
  max_waiting: 512,
  deliver_policy: DeliverPolicy.All,
  replay_policy: ReplayPolicy.Instant,
});

/** What a consumer of messages in order must not have: each of these sends elsewhere, leaves out, or withholds. */
const NEVER: readonly (keyof ConsumerConfig)[] = [
  "deliver_subject",
  "deliver_group",
  "filter_subjects",
  "opt_start_seq",
  "opt_start_time",
  "headers_only",
  "rate_limit_bps",
  "idle_heartbeat",
  "flow_control",
  "max_batch",
  "max_expires",
  "max_bytes",
  "inactive_threshold",
  "backoff",
  "mem_storage",
  "pause_until",
];
/** As said by a `DurableSpec`. */
const SPECIFIED: ReadonlySet<string> = new Set(["durable_name", "filter_subject", "ack_wait", "max_ack_pending"]);

const isNothing = (value: unknown): boolean =>
  value === undefined || value === "" || value === 0 || value === false || (Array.isArray(value) && value.length === 0);

/** The settings that are not as `durableConfig` makes them, but for what a spec says. */
const strangeIn = (config: Readonly<Record<string, unknown>>): readonly string[] => {
  const made = Object.entries(durableConfig({ name: "", filter: "", pending: 0, ackWaitMs: 0 }));
  const changed = made.filter(([key, value]) => !SPECIFIED.has(key) && config[key] !== value).map(([key]) => key);
  return [...changed, ...NEVER.filter((key) => !isNothing(config[key]))];
};

export const durableState = ({
  name,
  config,
  delivered,
  num_pending,
  num_ack_pending,
}: ConsumerInfo): DurableState => ({
  spec: {
    name,
    filter: config.filter_subject ?? "",
    pending: config.max_ack_pending ?? 0,
    ackWaitMs: millis(config.ack_wait ?? 0),
  },
  strange: strangeIn({ ...config }),
  delivered: delivered.stream_seq,
  waiting: num_pending,
  unacknowledged: num_ack_pending,
});
