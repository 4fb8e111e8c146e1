import type { Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Timers } from "@safar/kernel";

/** So long answers under way and websockets may take to end when a process stops; below what cuts off its whole stop. */
const STOP_GRACE_MS = 8_000;

/** The connections of one HTTP server, so that it can close. */
export interface Connections {
  /**
   * Asks all of them to end: at once where nothing is under way, else after the answer; what is left after
   * `STOP_GRACE_MS` is cut. New ones are the server's own matter.
   */
  end(): void;
}

/**
 * Watches a server's connections from its beginning. Left to itself a server that closes waits for each of them: for
 * one that was being answered until its keep-alive is over (72 s), for one that never sent anything until its headers
 * are late, for a websocket until its client is so kind.
 */
export const watchConnections = (server: Server, timers: Timers): Connections => {
  const sockets = new Set<Socket>();
  const answering = new Set<ServerResponse>();
  let isEnding = false;
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.prependListener("request", (_request, response) => {
    if (isEnding) response.shouldKeepAlive = false;
    answering.add(response);
    response.once("close", () => {
      answering.delete(response);
      // Of those whose headers promised keep-alive before the end was known.
      if (isEnding) server.closeIdleConnections();
    });
  });
  return {
    end() {
      isEnding = true;
      for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
      for (const response of answering) response.shouldKeepAlive = false;
      server.closeIdleConnections();
      const cancel = timers.after(STOP_GRACE_MS, () => {
        for (const socket of sockets) socket.destroy();
      });
      server.once("close", cancel);
    },
  };
};
