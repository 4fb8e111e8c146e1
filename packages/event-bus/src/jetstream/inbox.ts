import { createInbox, type Msg, type NatsConnection, type Subscription } from "nats";
import type { Delivery } from "../lifecycle/port.ts";
import { headersAsRecord } from "./shapes.ts";

/** What comes to the inbox of one durable's requests: a message, or a word about the request. */
export type Arrival =
  | { readonly kind: "message"; readonly delivery: Delivery }
  | { readonly kind: "status"; readonly code: number; readonly description: string }
  | { readonly kind: "denied" };

/** The inbox of one durable. Never more than one request waits, so what comes while none does is given back at once. */
export interface DurableInbox {
  readonly subject: string;
  readonly nats: NatsConnection;
  /** False once the server took the right to it: client and server have forgotten it, and another one is needed. */
  isOpen(): boolean;
  /** Who gets what comes next. */
  receive: ((arrival: Arrival) => void) | undefined;
  unsubscribe(): void;
}

/**
 * Where the message's sequence stands in `$JS.ACK.…`. The longer form begins with a domain and an account: servers from
 * 2.14 on send it where they are told to (`js_ack_fc_v2`). It is read here; its acknowledgement is a right that infra/nats
 * does not give.
 */
const SEQUENCE_TOKEN = 5;
const LONG_SEQUENCE_TOKEN = 7;
const SHORT_TOKENS = 9;

const sequenceOf = (reply: string): number => {
  const tokens = reply.split(".");
  return Number(tokens[tokens.length > SHORT_TOKENS ? LONG_SEQUENCE_TOKEN : SEQUENCE_TOKEN]);
};

const deliveryOf = (message: Msg): Delivery => {
  /** An answer that cannot be sent is no loss: the message comes again. */
  const tell = (word: "+ACK" | "+WPI" | "-NAK") => (): void => {
    try {
      message.respond(word);
    } catch {
      // The connection is closed or draining.
    }
  };
  return {
    sequence: sequenceOf(message.reply ?? ""),
    subject: message.subject,
    headers: headersAsRecord(message.headers),
    ack: tell("+ACK"),
    working: tell("+WPI"),
    release: tell("-NAK"),
  };
};

const arrivalOf = (message: Msg): Arrival => {
  const { headers } = message;
  if (headers && headers.code > 0) return { kind: "status", code: headers.code, description: headers.description };
  return { kind: "message", delivery: deliveryOf(message) };
};

export const openInbox = (nats: NatsConnection, prefix: string): DurableInbox => {
  const subject = createInbox(prefix);
  let isOpen = true;
  const inbox: DurableInbox = {
    subject,
    nats,
    isOpen: () => isOpen,
    receive: undefined,
    unsubscribe: () => subscription.unsubscribe(),
  };
  const subscription: Subscription = nats.subscribe(subject, {
    callback(error, message) {
      if (error) isOpen = false;
      const arrival: Arrival = error ? { kind: "denied" } : arrivalOf(message);
      const { receive } = inbox;
      inbox.receive = undefined;
      if (receive) receive(arrival);
      else if (arrival.kind === "message") arrival.delivery.release();
    },
  });
  return inbox;
};
