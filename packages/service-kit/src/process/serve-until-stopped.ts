import type { Environment } from "@safar/kernel";
import { pino, type Logger } from "pino";
import { realEnvironment } from "../environment.ts";
import { readSettings, type Settings } from "../settings.ts";
import { startSentence } from "./start-errors.ts";

/** A stop that takes longer than this is cut off: nothing acknowledged is lost by it. */
const STOP_LIMIT_MS = 15_000;

/** The process could not start; the message says why and what to do. */
export class NotStarted extends Error {
  override readonly name = "NotStarted";
}

/** What every process of the system is started with. */
export interface ProcessGround {
  readonly settings: Settings;
  readonly environment: Environment;
  /** JSON lines on standard error. */
  readonly log: Logger;
  /** It cannot go on in this process, which ends with an error, to be started again. */
  readonly onFatal: (error: Error) => void;
}

/** Starts something that listens, prints the ready line, and stops it cleanly when asked to. @throws NotStarted */
export const serveUntilStopped = async (options: {
  /** Who is ready, in the ready line and in the log. */
  readonly name: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly start: (ground: ProcessGround) => Promise<{ readonly address: string; stop(): Promise<void> }>;
}): Promise<void> => {
  const { name } = options;
  const { settings, warnings } = readSettings(options.variables);
  const environment = realEnvironment();
  const log = pino({ level: settings.SAFAR_LOG_LEVEL, name }, pino.destination({ fd: 2, sync: true }));
  for (const warning of warnings) log.warn(warning);

  // Whoever stops it before it is ready need not wait for a log that may be away.
  let stopStarted: () => Promise<void> = () => Promise.resolve();
  let isStopping = false;
  const stop = (why: string, status: number): void => {
    if (isStopping) return;
    isStopping = true;
    log.info({ why }, "stopping");
    environment.timers.after(STOP_LIMIT_MS, () => {
      log.error({ limitMs: STOP_LIMIT_MS }, "the stop took too long and is cut off: nothing acknowledged is lost");
      process.exit(1);
    });
    void stopStarted().then(
      () => process.exit(status),
      (error: unknown) => {
        process.stderr.write(`stopping failed: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => {
      stop(signal, 0);
    });
  const onFatal = (error: Error): void => {
    log.fatal({ err: error }, "this process cannot go on and ends, to be started again");
    stop("fatal", 1);
  };

  const address = { host: settings.SAFAR_HOST, port: settings.SAFAR_PORT };
  const started = await options.start({ settings, environment, log, onFatal }).catch((error: unknown) => {
    throw new NotStarted(startSentence(error, address), { cause: error });
  });
  stopStarted = () => started.stop();
  process.stdout.write(`${name} is ready at ${started.address}\n`);
};
