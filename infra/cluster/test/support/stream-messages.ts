import { connect } from "nats";
import { STREAM } from "@safar/event-bus";

/** What somebody outside sees of a message, with the plain client and none of our code. */
export interface SeenMessage {
  readonly id: string;
  readonly position: string;
  readonly revision: string;
  readonly stream: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Every message of the stream, in its order. */
export const readStreamMessages = async (url: string): Promise<readonly SeenMessage[]> => {
  const nats = await connect({ servers: url });
  try {
    const { streams } = await nats.jetstreamManager();
    const { first_seq: first, last_seq: last } = (await streams.info(STREAM)).state;
    const seen: SeenMessage[] = [];
    for (let seq = first; seq <= last; seq += 1) {
      const { header, data } = await streams.getMessage(STREAM, { seq });
      seen.push({
        id: header.get("ce-id"),
        position: header.get("ce-position"),
        revision: header.get("ce-revision"),
        stream: header.get("ce-subject"),
        body: JSON.parse(Buffer.from(data).toString()) as SeenMessage["body"],
      });
    }
    return seen;
  } finally {
    await nats.close();
  }
};
