import { pino } from "pino";
import { realEnvironment } from "../environment.ts";
import type { ServiceDefinition } from "../service/define-service.ts";
import { readSettings } from "../settings.ts";
import { startProcess, type RunningProcess } from "./start-process.ts";
import { startSentence } from "./start-errors.ts";

/** A stop that takes longer than this is cut off: nothing acknowledged is lost by it. */
const STOP_LIMIT_MS = 15_000;

/** The process could not start; the message says why and what to do. */
export class NotStarted extends Error {
  override readonly name = "NotStarted";
}

/** Starts services in this process, prints the ready line, and stops cleanly when asked to. @throws NotStarted */
export const serve = async (options: {
  readonly services: readonly ServiceDefinition[];
  /** Who is ready, in the ready line. */
  readonly name: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly demo?: boolean;
  /** Runs once it is ready; its way to stop is called first. */
  readonly afterwards?: (running: RunningProcess) => Promise<() => Promise<void>>;
}): Promise<void> => {
  const { services, name, demo = false } = options;
  const { settings, warnings } = readSettings(options.variables);
  const environment = realEnvironment();
  const log = pino({ level: settings.SAFAR_LOG_LEVEL }, pino.destination({ fd: 2, sync: true }));
  for (const warning of warnings) log.warn(warning);

  let stopRunning: () => Promise<void> = () => Promise.resolve();
  let isStopping = false;
  const stop = (signal: string, status: number): void => {
    if (isStopping) return;
    isStopping = true;
    log.info({ signal }, "stopping");
    environment.timers.after(STOP_LIMIT_MS, () => process.exit(1));
    void stopRunning().then(
      () => process.exit(status),
      (error: unknown) => {
        process.stderr.write(`stopping failed: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  const onFatal = (error: Error): void => {
    log.fatal({ err: error }, "this process cannot go on and ends, to be started again");
    stop("fatal", 1);
  };
  // Whoever stops it before it is ready need not wait for a log that may be away.
  process.on("SIGINT", () => stop("SIGINT", 0));
  process.on("SIGTERM", () => stop("SIGTERM", 0));

  const address = { host: settings.SAFAR_HOST, port: settings.SAFAR_PORT };
  const running = await startProcess({ services, settings, environment, log, demo, onFatal }).catch(
    (error: unknown) => {
      throw new NotStarted(startSentence(error, address));
    },
  );
  stopRunning = () => running.stop();
  const stopFirst = await options.afterwards?.(running);
  if (stopFirst) stopRunning = () => stopFirst().then(() => running.stop());
  process.stdout.write(`${name} is ready at ${running.address}\n`);
};
