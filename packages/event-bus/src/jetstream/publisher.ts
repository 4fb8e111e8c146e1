import { createInbox, type Msg, type MsgHdrs, type NatsConnection } from "nats";
import type { Environment } from "@safar/kernel";
import { ANSWER_MS } from "../limits.ts";
import { fenceHeaders } from "../lifecycle/message.ts";
import { StreamError, type Expectation, type LifecycleMessage, type Stored } from "../lifecycle/port.ts";
import type { Connection } from "./connection.ts";
import { reasonOf, streamErrorOf } from "./errors.ts";

/**
 * Publishes with one inbox for all answers: several times as fast as the client's own `js.publish`, which makes a
 * request with a timer of its own for each.
 */
export interface Publisher {
  publish(message: LifecycleMessage, expected: Expectation): Promise<Stored>;
  close(): void;
}

interface Waiting {
  readonly due: number;
  readonly resolve: (stored: Stored) => void;
  readonly reject: (error: StreamError) => void;
}

interface Answer {
  readonly seq?: number;
  readonly duplicate?: boolean;
  readonly error?: { readonly err_code: number; readonly description: string };
}

const LINE_END = /[\r\n]/;

const withHeader = (text: string, [name, value]: readonly [string, string]): string => {
  if (LINE_END.test(value)) throw new StreamError("refused", `the header ${name} has a line end`);
  return `${text}${name}: ${value}\r\n`;
};

/**
 * The headers as they go over the wire. The client's own `headers()` checks and copies each value several times, which
 * costs as much as all the rest of a publish; of what it makes, `publish` asks for nothing but these bytes.
 */
const headersOf = ({ id, headers }: LifecycleMessage, { lastSequence, lastId }: Expectation): MsgHdrs => {
  const text = Object.entries(headers).reduce(withHeader, "NATS/1.0\r\n");
  const whole = Object.entries(fenceHeaders(id, lastSequence, lastId)).reduce(withHeader, text);
  const bytes = Buffer.from(`${whole}\r\n`, "utf8");
  return { encode: () => bytes } as unknown as MsgHdrs;
};

const answered = (message: Msg, { resolve, reject }: Waiting): void => {
  if (message.headers?.hasError)
    return reject(new StreamError("away", `JetStream: ${message.headers.code} ${message.headers.description}`));
  const answer = message.json<Answer>();
  if (answer.error) return reject(new StreamError(reasonOf(answer.error), `JetStream: ${answer.error.description}`));
  if (answer.seq === undefined) return reject(new StreamError("refused", "the answer has no sequence"));
  resolve({ sequence: answer.seq, isDuplicate: answer.duplicate === true });
};

export const createPublisher = (connection: Connection, environment: Environment, inboxPrefix: string): Publisher => {
  const { clock, timers } = environment;
  const inbox = createInbox(inboxPrefix);
  const waiting = new Map<string, Waiting>();
  let subscribed: NatsConnection | undefined;
  let count = 0;
  let cancel: (() => void) | undefined;

  const settle = (token: string, how: (each: Waiting) => void): void => {
    const each = waiting.get(token);
    waiting.delete(token);
    if (each) how(each);
  };
  const expire = (): void => {
    cancel = undefined;
    const now = clock.monotonic();
    // In the order in which they were sent, so the first that still has time ends the search.
    for (const [token, { due }] of waiting) {
      if (due > now) break;
      settle(token, ({ reject }) => reject(new StreamError("away", "JetStream did not answer in time")));
    }
    arm();
  };
  const arm = (): void => {
    const [first] = waiting.values();
    if (first) cancel ??= timers.after(Math.max(1, first.due - clock.monotonic()), expire);
  };
  const rejectAll = (error: StreamError): void => {
    for (const token of [...waiting.keys()]) settle(token, ({ reject }) => reject(error));
  };
  const stopListening = connection.onBreak(() =>
    rejectAll(new StreamError("away", "the connection broke before the answer")),
  );
  /** Client and server have forgotten the inbox, so the next publish makes it again. */
  const denied = (): void => {
    subscribed = undefined;
    rejectAll(new StreamError("refused", `${inboxPrefix}.> may not be subscribed to`));
  };

  const subscribe = (nats: NatsConnection): void => {
    if (subscribed === nats) return;
    subscribed = nats;
    nats.subscribe(`${inbox}.*`, {
      callback(error, message) {
        if (error) return void denied();
        settle(message.subject.slice(inbox.length + 1), (each) => {
          try {
            answered(message, each);
          } catch (problem) {
            each.reject(streamErrorOf(problem));
          }
        });
      },
    });
  };

  return {
    publish: (message, expected) =>
      new Promise((resolve, reject) => {
        try {
          const nats = connection.now();
          subscribe(nats);
          count += 1;
          const token = String(count);
          nats.publish(message.subject, message.body, {
            headers: headersOf(message, expected),
            reply: `${inbox}.${token}`,
          });
          waiting.set(token, { due: clock.monotonic() + ANSWER_MS, resolve, reject });
          arm();
        } catch (error) {
          reject(streamErrorOf(error));
        }
      }),
    close() {
      stopListening();
      cancel?.();
      rejectAll(new StreamError("away", "the connection was closed before the answer"));
    },
  };
};
