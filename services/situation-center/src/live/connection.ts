import type { WebSocket } from "@fastify/websocket";
import { nowOf, ProblemError, type Caller, type ServiceRuntime } from "@safar/service-kit";
import type { Hub } from "./hub.ts";
import type { LogWatch } from "./log-watch.ts";
import { clientMessageSchema, CLOSE, type ClientMessage, type ServerMessage } from "./protocol.ts";
import { openSubscription, type Outlet, type Subscription } from "./subscription.ts";

/** Bytes that may wait for one client. A slow one is closed and resumes from its position; memory stays bounded. */
export const MAX_BUFFERED_BYTES = 4 * 1024 * 1024;
/** Screens show a handful of views at once. */
export const MAX_SUBSCRIPTIONS = 32;
/** Messages of a client: a filter is changed by hand. */
const MAX_MESSAGES_PER_SECOND = 50;

/** One websocket: its subscriptions, its bounded buffer, its end. */
export const openConnection = (options: {
  readonly socket: WebSocket;
  readonly caller: Caller;
  readonly runtime: ServiceRuntime;
  readonly hub: Hub;
  readonly log: LogWatch;
  /** Tells a refusal in the words and the language of problem details. */
  readonly tell: (problem: ProblemError) => object;
}): { heartbeat(): void } => {
  const { socket, caller, runtime, hub, log, tell } = options;
  const { environment } = runtime.kit;
  const subscriptions = new Map<string, Subscription>();
  let windowStart = environment.clock.monotonic();
  let messagesInWindow = 0;

  const close = (code: number, reason: string): void => {
    for (const subscription of subscriptions.values()) subscription.stop();
    subscriptions.clear();
    socket.close(code, reason);
  };

  const sendText = (text: string): Promise<void> =>
    new Promise((resolve) => {
      if (socket.readyState !== socket.OPEN) return void resolve();
      if (socket.bufferedAmount > MAX_BUFFERED_BYTES) {
        runtime.kit.metrics.count("safar_live_too_slow_total", "Watchers closed because they did not read");
        close(CLOSE.tooSlow, "too slow: resume from the last position");
        return void resolve();
      }
      socket.send(text, () => {
        resolve();
      });
    });

  const outlet: Outlet = {
    send: (message: ServerMessage) => void sendText(JSON.stringify(message)),
    sendText,
    get isOpen() {
      return socket.readyState === socket.OPEN;
    },
  };

  const refuse = (id: string, problem: ProblemError): void => {
    outlet.send({ type: "refused", id, problem: tell(problem) });
  };

  const take = (message: ClientMessage): void => {
    const existing = subscriptions.get(message.id);
    switch (message.type) {
      case "subscribe": {
        if (subscriptions.size >= MAX_SUBSCRIPTIONS && !existing)
          return void refuse(
            message.id,
            new ProblemError("too-many-subscriptions", { params: { limit: MAX_SUBSCRIPTIONS } }),
          );
        existing?.stop();
        const after = message.after === undefined ? undefined : BigInt(message.after);
        const filter = message.filter ?? {};
        subscriptions.set(message.id, openSubscription({ id: message.id, filter, after, runtime, hub, outlet, tell }));
        return;
      }
      case "filter":
        if (!existing) return void refuse(message.id, new ProblemError("subscription-unknown"));
        existing.refilter(message.filter);
        return;
      case "unsubscribe":
        existing?.stop();
        subscriptions.delete(message.id);
    }
  };

  const isTooMany = (): boolean => {
    const now = environment.clock.monotonic();
    if (now - windowStart > 1000) {
      windowStart = now;
      messagesInWindow = 0;
    }
    messagesInWindow += 1;
    return messagesInWindow > MAX_MESSAGES_PER_SECOND;
  };

  /**
   * Where one can resume whichever subscription: one that catches up stands before the hub, and a snapshot may stand past
   * it, over events of nobody who is watched.
   */
  const position = (): bigint => {
    const [first = hub.position(), ...others] = [...subscriptions.values()].flatMap((each) => each.position() ?? []);
    return others.reduce((least, each) => (each < least ? each : least), first);
  };

  socket.on("message", (data: Buffer, isBinary: boolean) => {
    if (isTooMany()) return void close(CLOSE.tooMany, "too many messages");
    const message = isBinary ? undefined : parseMessage(data.toString("utf8"));
    if (message === undefined) return void close(CLOSE.malformed, "malformed: see the live stream's messages in /docs");
    take(message);
  });
  const expire = environment.timers.after(Math.max(0, caller.expiresAt - environment.clock.now()), () => {
    close(CLOSE.tokenExpired, "the token has expired: sign in again and resume");
  });
  socket.on("close", () => {
    expire();
    for (const subscription of subscriptions.values()) subscription.stop();
  });
  // A broken connection also emits `close`; without a listener its error would end the process.
  socket.on("error", (error: Error) => {
    runtime.kit.log.debug({ err: error }, "a watcher's connection broke");
  });
  const heartbeat = (): void => {
    const away = log.isAway() ? { logUnavailable: true as const } : {};
    outlet.send({ type: "heartbeat", position: String(position()), at: nowOf(environment), ...away });
  };
  // Whoever comes while the log is away is told before the first snapshot, which would look like now.
  if (log.isAway()) heartbeat();
  return { heartbeat };
};

const parseMessage = (text: string): ClientMessage | undefined => {
  try {
    return clientMessageSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
};
