import { realEnvironment, readSettings } from "@safar/service-kit";
import { pino } from "pino";
import { complain, NotDone, say } from "@safar/service-kit/command-line";
import { startSingleNode, type SingleNode } from "./single-node.ts";
import { startSentence } from "./start-errors.ts";

/** A stop that takes longer than this is cut off: nothing acknowledged is lost by it. */
const STOP_LIMIT_MS = 15_000;

/** Starts the node, prints the ready line, and stops cleanly on Ctrl-C. */
export const serve = async (options: {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly demo?: boolean;
  /** Runs once it is ready; its way to stop is called first. */
  readonly afterwards?: (running: SingleNode) => Promise<() => Promise<void>>;
}): Promise<void> => {
  const { settings, warnings } = readSettings(options.variables);
  const environment = realEnvironment();
  const log = pino({ level: settings.SAFAR_LOG_LEVEL }, pino.destination({ fd: 2, sync: true }));
  for (const warning of warnings) log.warn(warning);
  const demo = options.demo ?? false;
  const running = await startSingleNode({ settings, environment, log, demo }).catch((error: unknown) => {
    throw new NotDone(startSentence(error, { host: settings.SAFAR_HOST, port: settings.SAFAR_PORT }));
  });
  let stopFirst: () => Promise<void> = () => Promise.resolve();
  let isStopping = false;
  const stop = (signal: string): void => {
    if (isStopping) return;
    isStopping = true;
    log.info({ signal }, "stopping");
    environment.timers.after(STOP_LIMIT_MS, () => process.exit(1));
    void stopFirst()
      .then(() => running.stop())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          complain(`stopping failed: ${String(error)}`);
          process.exit(1);
        },
      );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  if (options.afterwards) stopFirst = await options.afterwards(running);
  say(`Safar is ready at ${running.address}`);
};
