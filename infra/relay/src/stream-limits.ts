import type { StreamLimits } from "@safar/event-bus/jetstream";
import type { Settings } from "@safar/service-kit";

type StreamSettings = Pick<
  Settings,
  "SAFAR_STREAM_REPLICAS" | "SAFAR_STREAM_MAX_BYTES" | "SAFAR_STREAM_MAX_MESSAGES" | "SAFAR_STREAM_DUPLICATE_WINDOW"
>;

/** What an operator says of the stream. Of its age nothing: what has gone was perhaps not read yet. */
export const streamLimitsOf = (settings: StreamSettings): StreamLimits => {
  const { SAFAR_STREAM_MAX_BYTES: maxBytes, SAFAR_STREAM_MAX_MESSAGES: maxMessages } = settings;
  return {
    replicas: settings.SAFAR_STREAM_REPLICAS,
    duplicateWindowMs: settings.SAFAR_STREAM_DUPLICATE_WINDOW * 1_000,
    ...(maxBytes !== undefined && { maxBytes }),
    ...(maxMessages !== undefined && { maxMessages }),
  };
};
