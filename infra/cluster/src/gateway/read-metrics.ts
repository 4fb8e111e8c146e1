import type { Environment } from "@safar/kernel";
import { createMetrics, ProblemError } from "@safar/service-kit";
import { ask } from "./ask.ts";
import { mergeMetrics } from "./merged-metrics.ts";

interface Process {
  /** `registration-1`. */
  readonly name: string;
  readonly address: URL;
}

/** How a service refuses its figures. */
const REFUSED: ReadonlySet<number> = new Set([401, 403]);

const upOf = (answers: boolean): string => {
  const metrics = createMetrics();
  metrics.gauge("safar_process_up", "1 while the process answers", Number(answers));
  return metrics.text();
};

/**
 * The figures of all processes. One that does not answer is told by `safar_process_up`; it would only be missing.
 * @throws ProblemError role-not-allowed where no token was shown and a service wants one, since it is on another machine
 */
export const readMetrics = async (options: {
  readonly services: readonly Process[];
  /** Want no token, and are shown none. */
  readonly relays: readonly Process[];
  /** With the token, where there is one. */
  readonly headers: Readonly<Record<string, string>>;
  readonly environment: Environment;
}): Promise<string> => {
  const { services, relays, headers, environment } = options;
  const read = async ({ name, address }: Process, shown = {}) => {
    const answer = await ask(environment, address, "/metrics", shown).catch(() => undefined);
    const text = answer?.ok === true ? await answer.text() : "";
    return { process: name, text: upOf(answer !== undefined) + text, isRefused: REFUSED.has(answer?.status ?? 0) };
  };
  const ofServices = services.map((each) => read(each, headers));
  const all = await Promise.all([...ofServices, ...relays.map((each) => read(each))]);
  const isWithoutToken = headers["authorization"] === undefined && headers["cookie"] === undefined;
  if (isWithoutToken && all.some(({ isRefused }) => isRefused))
    throw new ProblemError("role-not-allowed", { params: { needed: "admin", role: "none" } });
  return mergeMetrics(all);
};
