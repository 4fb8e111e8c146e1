import { connect } from "nats";
import { STREAM } from "@safar/event-bus";
import { realEnvironment } from "@safar/service-kit";

/** A subscriber outside, with the plain client and none of our code: its durable is the relay's `SAFAR_SUBSCRIBERS`. */
export interface OutsideSubscriber {
  /** Ids of events, in the order in which they came, repeats included. */
  readonly ids: readonly string[];
  stop(): Promise<void>;
}

/** So long one request for a message waits at the server. */
const EXPIRES_MS = 2_000;
/** A killed server never answers. */
const ANSWER_MS = EXPIRES_MS + 1_000;
const PAUSE_MS = 100;

const { timers } = realEnvironment();

/** Reads until it is stopped, one message after the other; each is kept before it is acknowledged. */
export const startOutsideSubscriber = async (url: string, durable: string): Promise<OutsideSubscriber> => {
  const nats = await connect({ servers: url, name: durable, maxReconnectAttempts: -1, reconnectTimeWait: PAUSE_MS });
  const stopping = new AbortController();
  const ids: string[] = [];
  const request = JSON.stringify({ batch: 1, expires: EXPIRES_MS * 1_000_000 });
  const takeOne = async (): Promise<void> => {
    const door = `$JS.API.CONSUMER.MSG.NEXT.${STREAM}.${durable}`;
    // An inbox for each request: the message keeps its own subject, by which the client would not know whose answer it is.
    const message = await nats.request(door, request, { timeout: ANSWER_MS, noMux: true });
    // A word about the request (none came, the durable is not led by anybody) is no message.
    const { headers } = message;
    if (headers !== undefined && headers.code > 0) return void (await timers.sleep(PAUSE_MS));
    // What is none of the relay's is acknowledged as well, or it would stand before all that follows.
    ids.push(headers?.get("ce-id") ?? "");
    message.respond("+ACK");
  };
  const reading = (async () => {
    while (!stopping.signal.aborted) await takeOne().catch(() => timers.sleep(PAUSE_MS));
  })();
  return {
    ids,
    async stop() {
      stopping.abort();
      await reading;
      await nats.close();
    },
  };
};
