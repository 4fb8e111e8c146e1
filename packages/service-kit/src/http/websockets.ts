import websocket from "@fastify/websocket";
import type { FastifyInstance } from "fastify";
import { ProblemError } from "./problem.ts";

/** Websocket close code of a server that goes away (RFC 6455, 7.4.1). */
const GOING_AWAY = 1001;
/** A frame of the live stream's client is a filter. */
export const MAX_FRAME_BYTES = 64 * 1024;
/** The sub-protocol of every websocket there is (interface.md, Live stream). */
export const SUB_PROTOCOL = "safar.v1";

declare module "fastify" {
  interface FastifyContextConfig {
    /** This route takes websockets; every other one refuses an upgrade before it happens. */
    takesUpgrade?: true;
  }
}

/** Websockets of the process: bounded frames, our own sub-protocol, upgrades only where a route takes them. */
export const registerWebsockets = async (server: FastifyInstance): Promise<void> => {
  await server.register(websocket, {
    options: {
      maxPayload: MAX_FRAME_BYTES,
      // The client's order of preference does not decide: only one of them is spoken here.
      handleProtocols: (offered: Set<string>) => (offered.has(SUB_PROTOCOL) ? SUB_PROTOCOL : false),
    },
    errorHandler(error, socket, request) {
      // What a client's frames or its connection are wrong by is the client's matter, and no error of this system.
      const isOfClient = "code" in error;
      request.log[isOfClient ? "debug" : "error"]({ err: error }, "a websocket broke");
      socket.terminate();
    },
    preClose(done) {
      for (const client of server.websocketServer.clients)
        client.close(GOING_AWAY, "shutting down: resume in a moment");
      server.websocketServer.close();
      done();
    },
  });
  server.addHook("onRequest", async (request) => {
    if (request.ws && request.routeOptions.config.takesUpgrade !== true) throw new ProblemError("not-found");
  });
};
