import { deriveUuid, SAFAR_NAMESPACE, type Environment } from "@safar/kernel";
import type { Role } from "@safar/contracts";

/** Whom the simulator plays. */
export interface Part {
  readonly role: Role;
  readonly unit?: string;
  readonly subject?: string;
}

export interface Reply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  /** The stream's revision, quoted; null where the answer has none. */
  readonly etag: string | null;
}

/** A command that was acknowledged: enough to send it again and to compare the answers. */
export interface Acknowledged {
  readonly key: string;
  readonly part: Part;
  readonly path: string;
  readonly body: unknown;
  readonly reply: Reply;
}

/** A step that was answered otherwise than the journey needs: told with the problem's code. */
export class StepRefused extends Error {
  override readonly name = "StepRefused";
  readonly step: string;
  readonly code: string;
  constructor(step: string, code: string) {
    super(`${step}: ${code}`);
    this.step = step;
    this.code = code;
  }
}

/** Something that follows by itself did not follow in time. */
export class NeverFollowed extends Error {
  override readonly name = "NeverFollowed";
}

/**
 * How long a request is repeated after 429, 500 or 503 or a broken connection, and what follows by itself is waited for:
 * a node that was killed starts anew within it even on a machine with much else to do.
 */
const PATIENCE_MS = 60_000;
const REPEAT_PAUSE_MS = 250;
const LOOK_EVERY_MS = 40;
/** A command that a crash left half done for too long was given up, and is tried anew with another key: so often. */
const MAX_LAPSES = 5;

/** One request and its answer, whatever carries them. Rejects where no answer came. */
export type Exchange = (request: {
  readonly part: Part;
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** A document or bytes, as they are sent. */
  readonly body?: string | Uint8Array;
  readonly signal: AbortSignal | undefined;
}) => Promise<Reply>;

/** Over HTTP, with a token for each part. */
const overHttp =
  (address: string, tokenOf: (part: Part) => Promise<string>): Exchange =>
  async ({ part, method, path, headers, body, signal }) => {
    const response = await fetch(`${address}${path}`, {
      method,
      headers: { authorization: `Bearer ${await tokenOf(part)}`, ...headers },
      ...(body === undefined ? {} : { body: body as string }),
      ...(signal ? { signal } : {}),
    });
    return {
      status: response.status,
      body: (await response.json()) as Reply["body"],
      etag: response.headers.get("etag"),
    };
  };

export interface ApiOptions {
  readonly address: string;
  readonly environment: Environment;
  readonly tokenOf: (part: Part) => Promise<string>;
  /** Default: over HTTP, at the address. */
  readonly exchange?: Exchange;
  /** How often is looked for what follows by itself. */
  readonly lookEveryMs?: number;
  /** Waits until the next command may be sent. */
  readonly pace: () => Promise<void>;
  /** Told each command that was sent, once, in the order in which its journey sends it. */
  readonly onCommand?: (command: { readonly journey: string; readonly path: string; readonly body: unknown }) => void;
  /** Told each answer with the key, so that nothing acknowledged can be forgotten. */
  readonly onAcknowledged?: (command: Acknowledged) => void;
  /** Default: a minute. Whoever kills the node again and again needs more. */
  readonly patienceMs?: number;
  readonly signal?: AbortSignal;
}

const isTransient = (status: number): boolean => status === 429 || status >= 500;

/** The public HTTP API as one journey sees it. Keys follow from the journey and the step, so a repeat does nothing twice. */
export const createApi = (options: ApiOptions, journey: string) => {
  const { address, environment, tokenOf, pace, onCommand, onAcknowledged, signal } = options;
  const { patienceMs = PATIENCE_MS, lookEveryMs = LOOK_EVERY_MS } = options;
  const exchange = options.exchange ?? overHttp(address, tokenOf);
  let steps = 0;

  const request = async (
    part: Part,
    method: "GET" | "POST",
    path: string,
    init: { body?: string | Uint8Array; headers?: Record<string, string> },
  ): Promise<Reply> => {
    const deadline = environment.clock.monotonic() + patienceMs;
    for (;;) {
      const isLast = environment.clock.monotonic() > deadline;
      signal?.throwIfAborted();
      try {
        const { headers = {}, ...rest } = init;
        const reply = await exchange({ part, method, path, headers, ...rest, signal });
        if (!isTransient(reply.status) || isLast) return reply;
      } catch (error) {
        if (isLast || signal?.aborted) throw error;
      }
      await environment.timers.sleep(REPEAT_PAUSE_MS, signal);
    }
  };

  const send = async (part: Part, path: string, body: unknown, key: string): Promise<Reply> => {
    const reply = await request(part, "POST", path, {
      body: JSON.stringify(body),
      headers: { "content-type": "application/json", "idempotency-key": key },
    });
    if (reply.status < 300) onAcknowledged?.({ key, part, path, body, reply });
    return reply;
  };

  const post = async (part: Part, path: string, body: unknown): Promise<Reply> => {
    steps += 1;
    await pace();
    onCommand?.({ journey, path, body });
    const keyOf = (...more: readonly string[]): string =>
      deriveUuid(SAFAR_NAMESPACE, "simulation", journey, String(steps), ...more);
    let reply = await send(part, path, body, keyOf());
    for (let lapse = 1; lapse <= MAX_LAPSES && reply.body["code"] === "reservation-lapsed"; lapse += 1)
      reply = await send(part, path, body, keyOf(String(lapse)));
    return reply;
  };

  return {
    /** A command whatever its answer. */
    try: post,
    /** A command that must succeed. @throws StepRefused */
    async do(part: Part, path: string, body: unknown): Promise<Reply["body"]> {
      const reply = await post(part, path, body);
      if (reply.status >= 300) throw new StepRefused(path.replace(/[0-9a-f-]{36}/g, ":id"), String(reply.body["code"]));
      return reply.body;
    },
    async upload(part: Part, path: string, bytes: Uint8Array): Promise<Reply["body"]> {
      const reply = await request(part, "POST", path, {
        body: bytes,
        headers: { "content-type": "application/octet-stream" },
      });
      if (reply.status >= 300) throw new StepRefused(path.replace(/[0-9a-f-]{36}/g, ":id"), String(reply.body["code"]));
      return reply.body;
    },
    get: (part: Part, path: string): Promise<Reply> => request(part, "GET", path, {}),
    /** Looks until something has followed by itself. @throws NeverFollowed */
    async until<T>(what: string, part: Part, path: string, find: (body: Reply["body"]) => T | undefined): Promise<T> {
      const deadline = environment.clock.monotonic() + patienceMs;
      for (;;) {
        const reply = await request(part, "GET", path, {});
        const found = reply.status === 200 ? find(reply.body) : undefined;
        if (found !== undefined) return found;
        if (environment.clock.monotonic() > deadline) throw new NeverFollowed(what);
        await environment.timers.sleep(lookEveryMs, signal);
      }
    },
  };
};
export type Api = ReturnType<typeof createApi>;
