import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { ProxyServer } from "httpxy";
import type { Environment } from "@safar/kernel";

/** A service says within milliseconds whether it takes a websocket; who hears nothing for so long tries another time. */
const UPGRADE_LIMIT_MS = 10_000;
/** After the answer that it took too long, so that it still reaches who waits. */
const CUT_OFF_MS = UPGRADE_LIMIT_MS + 5_000;
/** Each of them waits for a service that answers at once: so many at a time are a flood, or the service is stuck. */
const MAX_PENDING = 512;
/** Far more screens than a ministry has; each holds two sockets of this process. */
const MAX_OPEN = 5_000;

/**
 * Websockets on their way through: no server counts them, so they are counted here.
 * @param refuse answers that there is no place, or nobody
 */
export const createWebsockets = (
  proxy: ProxyServer,
  environment: Environment,
  refuse: (request: IncomingMessage, socket: Socket) => void,
) => {
  const all = new Set<Socket>();
  const settled = new WeakMap<Socket, () => void>();
  let pending = 0;

  proxy.on("proxyReqWs", (asked, _request, socket) => {
    const settle = settled.get(socket);
    if (settle) for (const event of ["upgrade", "response", "close"] as const) asked.once(event, settle);
  });

  /** Counts it as one that waits, until it is answered or gone; who waits too long is told. */
  const wait = (request: IncomingMessage, socket: Socket): void => {
    pending += 1;
    const cancel = environment.timers.after(UPGRADE_LIMIT_MS, () => {
      refuse(request, socket);
    });
    const settle = (): void => {
      if (!settled.delete(socket)) return;
      pending -= 1;
      cancel();
    };
    settled.set(socket, settle);
    socket.once("close", settle);
  };

  return {
    /** Passes it on to a service; undefined: there is none. @throws what the service's connection says */
    async take(request: IncomingMessage, socket: Socket, head: Buffer, target: URL | undefined, headers: object) {
      all.add(socket);
      socket.once("close", () => all.delete(socket));
      if (!target || pending >= MAX_PENDING || all.size > MAX_OPEN) {
        // Whoever resets instead of reading the answer is no error of ours.
        socket.on("error", () => undefined);
        return void refuse(request, socket);
      }
      wait(request, socket);
      // Of the many that a caller may have sent, what a websocket needs.
      Object.assign(request.headers, { connection: "upgrade", upgrade: "websocket" });
      let ofCaller: unknown;
      socket.once("error", (error) => (ofCaller = error));
      try {
        await proxy.ws(request, socket, { target, headers: { ...headers }, upgradeTimeout: CUT_OFF_MS }, head);
      } catch (error) {
        // Whoever resets a connection tells nothing of the service, and must not fill the log with it.
        if (ofCaller === undefined) throw error;
        socket.destroy();
      }
    },
    /** Asks every caller to end. */
    end(): void {
      for (const socket of all) socket.end();
    },
  };
};
