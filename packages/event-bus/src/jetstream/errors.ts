import { ErrorCode, NatsError, type ApiError } from "nats";
import { StreamError, type StreamErrorReason } from "../lifecycle/port.ts";

/** JetStream's error codes (`err_code`), as far as something follows from them. */
const REASONS: Readonly<Record<number, StreamErrorReason>> = {
  10070: "fence", // wrong last message id
  10071: "fence", // wrong last sequence
  10077: "full", // a limit of the stream, with discard new
  10023: "full", // a limit of the account or the server
  10028: "full",
  10047: "full",
  10054: "too-large",
  10059: "no-stream",
  10014: "no-durable",
};

/** There is no message of this number or subject. */
const NO_MESSAGE = 10037;

export const reasonOf = ({ err_code: code }: Pick<ApiError, "err_code">): StreamErrorReason =>
  (code === undefined ? undefined : REASONS[code]) ?? "refused";

export const isNoMessage = (error: unknown): boolean =>
  error instanceof NatsError && error.api_error?.err_code === NO_MESSAGE;

/** What NATS or its client says, as ours. */
export const streamErrorOf = (error: unknown): StreamError => {
  if (error instanceof StreamError) return error;
  if (!(error instanceof NatsError)) return new StreamError("refused", String(error), { cause: error });
  const { api_error: api, code } = error;
  if (api) return new StreamError(reasonOf(api), `JetStream: ${api.description}`, { cause: error });
  if (code === (ErrorCode.MaxPayloadExceeded as string))
    return new StreamError("too-large", "the message is over the server's max_payload", { cause: error });
  if (code === (ErrorCode.NoResponders as string))
    return new StreamError("away", "JetStream does not answer: it is not running, or the stream has no leader", {
      cause: error,
    });
  return new StreamError("away", `NATS: ${error.message}`, { cause: error });
};

/** Why NATS was not reached. A server that asks for a certificate, and is shown none, only falls silent. */
export const whyUnreached = (error: unknown, isCertificateMissing: boolean): string => {
  const said = error instanceof Error ? error.message : String(error);
  const isSilent = error instanceof NatsError && error.code === (ErrorCode.Timeout as string);
  if (!isSilent) return said;
  return isCertificateMissing
    ? "it does not answer; where it asks for a client's certificate, that and its key have to be set here"
    : "it does not answer";
};
