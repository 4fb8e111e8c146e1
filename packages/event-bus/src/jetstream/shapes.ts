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
  deliver_policy: DeliverPolicy.All,
  replay_policy: ReplayPolicy.Instant,
});

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
  delivered: delivered.stream_seq,
  waiting: num_pending,
  unacknowledged: num_ack_pending,
});
