import type { Environment } from "@safar/kernel";
import { createMetrics } from "@safar/service-kit";
import { ask } from "./ask.ts";
import { mergeMetrics } from "./merged-metrics.ts";
import type { OwnAnswer } from "./own-answer.ts";

interface Process {
  /** `registration-1`. */
  readonly name: string;
  readonly address: URL;
}

const METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";
const PROBLEM_TYPE = "application/problem+json; charset=utf-8";

/** How a service refuses its figures. */
const REFUSED: ReadonlySet<number> = new Set([401, 403]);

const upOf = (answers: boolean): string => {
  const metrics = createMetrics();
  metrics.gauge("safar_process_up", "1 while the process answers", Number(answers));
  return metrics.text();
};

/**
 * The figures of all processes, or the answer of a service that refuses who asks: figures without its own would look
 * like success. One that does not answer is told by `safar_process_up`; it would only be missing.
 */
export const readMetrics = async (options: {
  readonly services: readonly Process[];
  /** Want no token, and are shown none. */
  readonly relays: readonly Process[];
  /** With the token, where there is one. */
  readonly headers: Readonly<Record<string, string>>;
  readonly environment: Environment;
}): Promise<OwnAnswer> => {
  const { services, relays, headers, environment } = options;
  const read = async ({ name, address }: Process, shown = {}) => {
    const answer = await ask(environment, address, "/metrics", shown).catch(() => undefined);
    const isRefusal = REFUSED.has(answer?.status ?? 0);
    const text = answer?.ok === true ? await answer.text() : "";
    return { process: name, text: upOf(answer !== undefined) + text, refusal: isRefusal ? answer : undefined };
  };
  const ofServices = services.map((each) => read(each, headers));
  const all = await Promise.all([...ofServices, ...relays.map((each) => read(each))]);
  const refusal = all.find((each) => each.refusal)?.refusal;
  if (!refusal) return { status: 200, type: METRICS_TYPE, body: mergeMetrics(all) };
  return {
    status: refusal.status,
    type: refusal.headers.get("content-type") ?? PROBLEM_TYPE,
    body: await refusal.text(),
  };
};
