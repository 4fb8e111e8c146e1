import { realEnvironment, readSettings, startProcess, type RunningProcess } from "@safar/service-kit";
import { pino } from "pino";
import type { Test } from "tap";
import { localTokens } from "../../src/local-tokens.ts";
import { services } from "../../src/services.ts";

/** The whole node in this process on a data folder, so that a test can look into its log and tables. */
export const startInside = async (
  t: Pick<Test, "teardown">,
  folder: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<RunningProcess> => {
  const { settings } = readSettings({ SAFAR_DATA: folder, SAFAR_PORT: "0", ...variables });
  const log = pino({ level: process.env["SAFAR_LOG_LEVEL"] ?? "silent" }, pino.destination(2));
  const running = await startProcess({
    services,
    settings,
    environment: realEnvironment(),
    log,
    onFatal: (error) => {
      throw error;
    },
  });
  t.teardown(() => running.stop());
  return running;
};

/** Tokens as the commands make them. */
export const tokensOf = (folder: string) =>
  localTokens(readSettings({ SAFAR_DATA: folder }).settings, realEnvironment());
