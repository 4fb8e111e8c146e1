import { createReadStream } from "node:fs";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { openLocalIssuer, realEnvironment, serve, type RunningProcess } from "@safar/service-kit";
import { simulate } from "@safar/simulator";
import { complain, runCommand } from "@safar/service-kit/command-line";
import { services } from "./services.ts";

/** Slow enough to watch, fast enough that something always moves. */
const COMMANDS_A_SECOND = 8;
const JOURNEYS_A_ROUND = 200;
const LISTS = new URL("../../simulator/lists/", import.meta.url);
const AS_OF = "2026-02-16";

type TokenOf = (part: { readonly role: string; readonly unit?: string; readonly subject?: string }) => Promise<string>;

const sendList = async (address: string, path: string, file: string, token: string): Promise<void> => {
  const body = Readable.toWeb(createReadStream(new URL(file, LISTS))) as ReadableStream;
  const init = {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "text/csv" },
    body,
    duplex: "half",
  };
  const response = await fetch(`${address}${path}?asOf=${AS_OF}`, init as RequestInit);
  if (response.status !== 202) complain(`${file} was not taken: ${await response.text()}`);
};

/** Lists come in and journeys move until the demo is stopped. */
const bringToLife = async ({ address }: RunningProcess, tokenOf: TokenOf, signal: AbortSignal): Promise<void> => {
  const environment = realEnvironment();
  await sendList(address, "/selection/imports", "vacancies.csv", await tokenOf({ role: "selector", unit: "1726" }));
  await sendList(
    address,
    "/registration/imports",
    "candidates.csv",
    await tokenOf({ role: "registrar", unit: "1726" }),
  );
  for (let seed = 1; !signal.aborted; seed += 1)
    await simulate({
      seed,
      journeys: JOURNEYS_A_ROUND,
      speed: COMMANDS_A_SECOND,
      address,
      environment,
      tokenOf,
      signal,
    });
};

await runCommand({
  usage:
    "npm run demo\n\nThe system in a temporary folder, with the sample lists and journeys moving, and a sign-in page with one\ninvented person per role. Ctrl-C stops it and removes the folder.",
  options: {},
  async run() {
    const folder = mkdtempSync(join(tmpdir(), "safar-demo-"));
    const { OIDC_ISSUER: _outside, ...variables } = process.env;
    await serve({
      services,
      name: "Safar",
      variables: { SAFAR_LOG_LEVEL: "warn", ...variables, SAFAR_DATA: folder },
      demo: true,
      async afterwards(running) {
        const issuer = await openLocalIssuer(folder, realEnvironment());
        const stopping = new AbortController();
        const tokenOf: TokenOf = ({ role, unit, subject = [role, unit].filter(Boolean).join("-") }) =>
          issuer.signAccess({ subject, role: role as never, ...(unit === undefined ? {} : { unit }) });
        const living = bringToLife(running, tokenOf, stopping.signal).catch((error: unknown) => {
          if (!stopping.signal.aborted) complain(`the demo's journeys stopped: ${String(error)}`);
        });
        return async () => {
          stopping.abort();
          await living;
          process.on("exit", () => {
            rmSync(folder, { recursive: true, force: true });
          });
        };
      },
    });
  },
});
