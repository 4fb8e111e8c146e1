import type { Environment } from "@safar/kernel";

export interface Answer {
  readonly status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test looks into whatever came back
  readonly body: any;
  readonly headers: Headers;
}

/** HTTP as programs outside speak it. */
export interface Client {
  readonly token: string | undefined;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** A command, with a fresh `Idempotency-Key` unless one is given. */
  post(
    path: string,
    body: unknown,
    options?: { readonly key?: string; readonly headers?: Readonly<Record<string, string>> },
  ): Promise<Answer>;
  /** Bytes as they are. */
  send(
    path: string,
    body: string | Uint8Array | ReadableStream<Uint8Array>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>;
}

const answerOf = async (response: Response): Promise<Answer> => {
  const text = await response.text();
  const isJson =
    /json/.test(response.headers.get("content-type") ?? "") &&
    !/ndjson/.test(response.headers.get("content-type") ?? "");
  return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers };
};

export const createClient = (address: string, environment: Environment, token?: string): Client => {
  const authorization: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return {
    token,
    get: async (path, headers = {}) =>
      answerOf(await fetch(`${address}${path}`, { headers: { ...authorization, ...headers } })),
    post: async (path, body, { key = environment.random.uuid(), headers = {} } = {}) =>
      answerOf(
        await fetch(`${address}${path}`, {
          method: "POST",
          headers: { ...authorization, "content-type": "application/json", "idempotency-key": key, ...headers },
          body: JSON.stringify(body),
        }),
      ),
    send: async (path, body, headers = {}) =>
      answerOf(await fetch(`${address}${path}`, { method: "POST", headers: { ...authorization, ...headers }, body })),
  };
};
