import type { Role } from "@safar/contracts";
import type { Environment } from "@safar/kernel";
import { readSettings, type Settings } from "@safar/service-kit";
import { NotDone } from "@safar/service-kit/command-line";
import { localTokens } from "./local-tokens.ts";

/** Who a command acts as where no token is given (interface.md, Commands). */
export interface CommandPersona {
  readonly role: Role;
  readonly unit?: string;
}

/** Nobody answers at the address, or part of the system is away; it may be a restart. */
export class NotReached extends NotDone {}

/** A running system, as commands speak to it: with their token, and in the language of the terminal. */
export interface SystemClient {
  /** Without a slash at its end. */
  readonly address: string;
  /** The answer where it is a success. @throws NotReached; NotDone with the system's own words */
  ask(path: string, init?: RequestInit & { readonly duplex?: "half" }): Promise<Response>;
}

const EVERYWHERE: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "::": "[::1]" };

/** Of the running system: `url`, or where `SAFAR_HOST` and `SAFAR_PORT` say. @throws NotDone */
export const addressOf = ({ SAFAR_HOST, SAFAR_PORT }: Settings, url: string | undefined): string => {
  if (url !== undefined) {
    if (!URL.canParse(url)) throw new NotDone(`${url} is no address: write it as http://127.0.0.1:8080.`);
    return url.replace(/\/+$/, "");
  }
  const host = EVERYWHERE[SAFAR_HOST] ?? (SAFAR_HOST.includes(":") ? `[${SAFAR_HOST}]` : SAFAR_HOST);
  if (SAFAR_PORT === 0) throw new NotDone("SAFAR_PORT is 0: give the address of the running system by --url.");
  return `http://${host}:${SAFAR_PORT}`;
};

/** `uz_UZ.UTF-8`, `uz_UZ@cyrillic`, `ru_RU`: as a program says it to the system. */
const languageOf = (variables: Readonly<Record<string, string | undefined>>): string => {
  const locale = variables["LC_ALL"] || variables["LC_MESSAGES"] || variables["LANG"] || "en";
  if (/^uz/i.test(locale)) return /cyr/i.test(locale) ? "uz-Cyrl" : "uz-Latn";
  return /^ru/i.test(locale) ? "ru" : "en";
};

const NOT_OF_THIS_FOLDER =
  "The token was made in SAFAR_DATA: is that the folder of the system that runs there? Else set SAFAR_TOKEN.";

const SERVICE_UNAVAILABLE = 503;

const refusalOf = async (response: Response, isOwnToken: boolean): Promise<NotDone> => {
  const problem = (await response.json().catch(() => ({}))) as {
    readonly title?: string;
    readonly detail?: string;
    readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
  };
  const { title = `The answer was ${response.status}`, detail = "", errors = [] } = problem;
  const hint = response.status === 401 && isOwnToken ? NOT_OF_THIS_FOLDER : "";
  const told = [`${title}.`, detail, hint].filter((part) => part !== "").join(" ");
  const Kind = response.status === SERVICE_UNAVAILABLE ? NotReached : NotDone;
  return new Kind([told, ...errors.map((error) => `  ${error.pointer}: ${error.detail}`)].join("\n"));
};

/**
 * Speaks to the system at `url` (default: where `SAFAR_HOST` and `SAFAR_PORT` say) with `SAFAR_TOKEN`, or without it a
 * token of the local issuer of `SAFAR_DATA`. @throws NotDone where an outside issuer is set and no token given
 */
export const connect = async (options: {
  readonly url: string | undefined;
  readonly persona: CommandPersona;
  readonly environment: Environment;
  readonly variables: Readonly<Record<string, string | undefined>>;
}): Promise<SystemClient> => {
  const { url, persona, environment, variables } = options;
  const { settings } = readSettings(variables);
  const address = addressOf(settings, url);
  const given = variables["SAFAR_TOKEN"] ?? "";
  const token = given === "" ? await (await localTokens(settings, environment)).of(persona) : given;
  const common = { authorization: `Bearer ${token}`, "accept-language": languageOf(variables) };
  return {
    address,
    async ask(path, init = {}) {
      const headers = { ...common, ...(init.headers as Record<string, string> | undefined) };
      const response = await fetch(`${address}${path}`, { ...init, headers }).catch((error: unknown) => {
        if (error instanceof Error && error.cause instanceof NotDone) throw error.cause;
        throw new NotReached(
          `${address} does not answer: is Safar running there? Start it with npm start, or give --url.`,
        );
      });
      if (!response.ok) throw await refusalOf(response, given === "");
      return response;
    },
  };
};
