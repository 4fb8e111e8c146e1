import { logVerbosity, setLogVerbosity } from "@grpc/grpc-js";
import { realEnvironment } from "@safar/service-kit/environment";
import { complain, NotDone, runCommand, say, WrongUsage } from "@safar/service-kit/command-line";
import { startLocalEventStoreDb, type LocalEventStoreDb } from "./index.ts";
import { startSentence } from "./start-sentence.ts";

/** EventStoreDB's own port. */
const DEFAULT_PORT = "2113";
const DEFAULT_FOLDER = "./data/eventstoredb";
/** A stop that takes longer than this is cut off, in milliseconds: nothing acknowledged is lost by it. */
const STOP_LIMIT_MS = 15_000;

const usage = `npm run eventstore -- [--data DIR | --memory] [--port N]

A stand-in for EventStoreDB on this machine, for development and tests. Ctrl-C stops it.
  --data DIR  where the log lies; default: ${DEFAULT_FOLDER}
  --memory    keeps nothing
  --port N    default: ${DEFAULT_PORT}; 0 takes a free one`;

const portOf = (text: string): number => {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Infinity;
  if (port > 65_535) throw new WrongUsage(`--port is a number from 0 to 65535, not "${text}"`);
  return port;
};

const environment = realEnvironment();
// What the library would say comes as an error as well, in a sentence.
setLogVerbosity(logVerbosity.NONE);

const stopOnSignal = (running: LocalEventStoreDb): void => {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    environment.timers.after(STOP_LIMIT_MS, () => process.exit(1));
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        complain(`stopping failed: ${String(error)}`);
        process.exit(1);
      },
    );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
};

await runCommand({
  usage,
  options: { data: { type: "string" }, memory: { type: "boolean" }, port: { type: "string" } },
  async run({ values }) {
    const { data, memory = false } = values;
    if (memory && data !== undefined) throw new WrongUsage("--memory keeps nothing: leave out --data");
    const folder = data ?? DEFAULT_FOLDER;
    if (folder === "") throw new WrongUsage("--data needs a folder");
    const running = await startLocalEventStoreDb({
      environment,
      port: portOf(values.port ?? DEFAULT_PORT),
      ...(memory ? {} : { folder }),
      report: (problem) => {
        complain(String(problem));
      },
    }).catch((error: unknown) => {
      throw new NotDone(startSentence(error, folder));
    });
    stopOnSignal(running);
    complain("This stands in for EventStoreDB in development and tests. It is no database server for production.");
    say(`The local EventStoreDB is ready at ${running.url}`);
  },
});
