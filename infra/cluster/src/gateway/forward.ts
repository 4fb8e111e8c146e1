import type { ClientRequest, IncomingMessage, ServerResponse } from "node:http";
import { PassThrough, Readable } from "node:stream";
import type { ProxyServer } from "httpxy";
import { ProblemError } from "@safar/service-kit";
import type { Logger } from "pino";
import { holdBody } from "./held-body.ts";
import { isNobodyThere, type Replica, type Replicas } from "./replicas.ts";

/** Connections that are refused one after the other, at each replica and anew, are a service that is away. */
const MAX_TRIES = 4;

/** It stands and says nothing, not even whether it is well. */
class ReplicaSilent extends Error {
  override readonly name = "ReplicaSilent";
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** What a service is told beside the caller's own headers. */
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined: the body goes through as it comes, once. */
  readonly held: Buffer | undefined;
}

/** Passes requests on to replicas, and to another one where that is safe. */
export const createForwarding = (ground: {
  readonly proxy: ProxyServer;
  readonly replicas: Replicas;
  readonly log: Logger;
}) => {
  const { proxy, replicas, log } = ground;
  const begun = new WeakMap<IncomingMessage, (asked: ClientRequest) => void>();
  proxy.on("proxyReq", (asked, request) => begun.get(request)?.(asked));

  /** One try. @param mayLeave asked when the replica falls silent before it answers. @throws why there is no answer */
  const tryAt = async (replica: Replica, exchange: Exchange, mayLeave: () => boolean): Promise<void> => {
    const { request, response, headers, held } = exchange;
    const body = held ? Readable.from(held.length === 0 ? [] : [held]) : new PassThrough();
    const left = Promise.withResolvers<never>();
    let asked: ClientRequest | undefined;
    let isOver = false;
    const leave = (): void => {
      if (isOver || !mayLeave()) return;
      isOver = true;
      asked?.destroy();
      left.reject(new ReplicaSilent(`${replica.name} does not answer`));
    };
    // Nothing is taken of a body before somebody is there to take it: where nobody is, it goes to the next.
    const pour = (): void => void (body instanceof PassThrough && request.pipe(body));
    begun.set(request, (own) => {
      if (isOver) return void own.destroy();
      asked = own.once("response", () => replica.waiting.delete(leave));
      if (own.socket?.connecting === true) own.socket.once("connect", pour);
      else pour();
    });
    replica.waiting.add(leave);
    try {
      const sent = proxy.web(request, response, { target: replica.address, headers: { ...headers }, buffer: body });
      await Promise.race([sent, left.promise]);
    } finally {
      isOver = true;
      replica.waiting.delete(leave);
      if (body instanceof PassThrough) request.unpipe(body);
    }
  };

  return {
    failed(replica: Replica, error: unknown): void {
      // Of one that is known to be away every try would be told, thousands while it starts again.
      if (isNobodyThere(error) && replica.standing === "away") return;
      if (isNobodyThere(error)) replica.standing = "away";
      log.warn({ err: error, replica: replica.name }, "a replica did not answer");
    },
    /** @throws ProblemError where nobody is there; otherwise why the last one did not answer */
    async send(
      service: string,
      request: IncomingMessage,
      response: ServerResponse,
      headers: Exchange["headers"],
    ): Promise<void> {
      const held = await holdBody(request);
      // Each try listens to it anew.
      response.setMaxListeners(MAX_TRIES * response.getMaxListeners());
      const tried = new Set<Replica>();
      let isRepeated = false;
      const mayRepeat = (): boolean =>
        held !== undefined &&
        !isRepeated &&
        !response.headersSent &&
        !response.destroyed &&
        replicas.of(service).some((other) => other.standing === "ready" && !tried.has(other));
      for (let tries = 0; tries < MAX_TRIES; tries += 1) {
        const replica = replicas.inTurn(service).find((each) => !tried.has(each));
        if (!replica) break;
        tried.add(replica);
        try {
          await tryAt(replica, { request, response, headers, held }, mayRepeat);
          return;
        } catch (error) {
          this.failed(replica, error);
          // It took nothing with it; and behind one address may stand several, of which the next is well.
          if (isNobodyThere(error)) {
            tried.delete(replica);
            continue;
          }
          if (!mayRepeat()) throw error;
          isRepeated = true;
        }
      }
      throw new ProblemError("service-away", { retryAfter: 1 });
    },
  };
};
