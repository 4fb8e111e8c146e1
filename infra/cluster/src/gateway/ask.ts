import type { Environment } from "@safar/kernel";

/** A service of the same network answers within milliseconds; one that takes so long is stuck. */
const ANSWER_LIMIT_MS = 2_000;

/** One small request to a replica, with a time limit. @throws where it does not answer in time */
export const ask = async (
  environment: Environment,
  address: URL,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> => {
  const limit = new AbortController();
  const cancel = environment.timers.after(ANSWER_LIMIT_MS, () => {
    limit.abort(new Error(`${address.origin} does not answer`));
  });
  try {
    const response = await fetch(new URL(path, address), { headers, signal: limit.signal, redirect: "manual" });
    return new Response(await response.text(), { status: response.status, headers: response.headers });
  } finally {
    cancel();
  }
};
