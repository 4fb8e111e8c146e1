import type { IncomingMessage } from "node:http";
import type { Environment } from "@safar/kernel";
import { languageOf, ProblemError } from "@safar/service-kit";
import { createKept } from "./kept.ts";

/** Anybody may ask for a problem's page, and each service has codes of its own; a release changes them, no request. */
const CODES_KEPT_MS = 60_000;
/** Where a service is away: soon enough for its pages, long enough not to ask all the others for every request. */
const INCOMPLETE_KEPT_MS = 1_000;

export interface ProblemPage {
  readonly type: string;
  readonly body: string;
}

interface Catalogue {
  /** Which service has a code's page. */
  readonly services: ReadonlyMap<string, string>;
  readonly isComplete: boolean;
  /** By code and language: so many at most as there are codes in so many languages. */
  readonly pages: Map<string, Promise<ProblemPage>>;
}

/** The page of a problem's code, from whichever service knows the code. @throws ProblemError not-found, service-away */
export const createProblemPages = (options: {
  readonly environment: Environment;
  readonly services: () => readonly string[];
  readonly askService: (service: string, path: string, headers?: Readonly<Record<string, string>>) => Promise<Response>;
}) => {
  const { environment, services, askService } = options;

  const codesOf = async (service: string): Promise<readonly string[] | undefined> => {
    const response = await askService(service, "/problems").catch(() => undefined);
    return response?.ok === true ? ((await response.json()) as { codes: string[] }).codes : undefined;
  };

  const readCatalogue = async (): Promise<Catalogue> => {
    const all = await Promise.all(services().map(async (service) => [service, await codesOf(service)] as const));
    const found = all.flatMap(([service, codes = []]) => codes.map((code) => [code, service] as const));
    return { services: new Map(found), isComplete: all.every(([, codes]) => codes !== undefined), pages: new Map() };
  };
  const catalogue = createKept(environment, readCatalogue, ({ isComplete }) =>
    isComplete ? CODES_KEPT_MS : INCOMPLETE_KEPT_MS,
  );

  const read = async (service: string, code: string, language: string): Promise<ProblemPage> => {
    const response = await askService(service, `/problems/${code}`, { "accept-language": language });
    if (!response.ok) throw new ProblemError("service-away", { retryAfter: 1 });
    return { type: response.headers.get("content-type") ?? "", body: await response.text() };
  };

  return async ({ headers }: IncomingMessage, code: string): Promise<ProblemPage> => {
    const known = await catalogue();
    const service = known.services.get(code);
    if (service === undefined)
      throw known.isComplete ? new ProblemError("not-found") : new ProblemError("service-away", { retryAfter: 1 });
    const language = languageOf(headers["accept-language"]);
    const key = `${code} ${language}`;
    const page = known.pages.get(key) ?? read(service, code, language);
    known.pages.set(key, page);
    page.catch(() => known.pages.delete(key));
    return page;
  };
};
