import { pino } from "pino";
import { readSettings, realEnvironment } from "@safar/service-kit";
import { startRelay } from "../../src/index.ts";
import { streamLimitsOf } from "../../src/stream-limits.ts";

type Options = Parameters<typeof startRelay>[0];

/** A relay for the reactions of visa-docs in the test's own process, on any free port. */
export const startTestRelay = (
  given: Pick<Options, "url" | "store" | "decoder"> & {
    readonly subscribers?: Options["subscribers"];
    readonly variables?: Readonly<Record<string, string>>;
  },
) => {
  const { variables, subscribers = [], ...ground } = given;
  return startRelay({
    ...ground,
    subscribers,
    services: ["visa-docs"],
    limits: streamLimitsOf(readSettings({ SAFAR_STREAM_MAX_BYTES: "50000000", ...variables }).settings),
    host: "127.0.0.1",
    port: 0,
    environment: realEnvironment(),
    log: pino({ level: "silent" }),
    onFatal(error) {
      throw error;
    },
  });
};
