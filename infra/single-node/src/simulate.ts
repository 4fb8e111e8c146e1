import { realEnvironment } from "@safar/service-kit";
import { simulate, type Part, type SimulationReport } from "@safar/simulator";
import { runCommand, say, WrongUsage } from "@safar/service-kit/command-line";
import { localTokens } from "./local-tokens.ts";
import { progressBar } from "./progress.ts";
import { readSettings } from "@safar/service-kit";

const usage = `npm run -s simulate -- --seed 7 --journeys 500 --speed 1000 [--url URL]

Drives journeys through the public API of a running system, at most --speed commands a second, and stops by itself.
The same seed gives the same commands. --url defaults to http://127.0.0.1:8080`;

const wholeNumber = (name: string, text: string | undefined, least: number): number => {
  if (text === undefined || !/^\d{1,9}$/.test(text) || Number(text) < least)
    throw new WrongUsage(`--${name} must be a whole number from ${least}`);
  return Number(text);
};

/** What a run did, as lines for a person. */
export const reportLines = (report: SimulationReport): readonly string[] => {
  const { seed, journeys, commands, arrived, byKind, ended } = report;
  const share = journeys === 0 ? 0 : Math.round((arrived * 100) / journeys);
  return [
    `seed ${seed}: ${journeys} journeys, ${commands} commands, ${arrived} (${share} %) reached PaymentSettled`,
    ...Object.entries(byKind).map(
      ([kind, { journeys: of, arrived: there }]) => `  ${kind.padEnd(22)} ${of} journeys, ${there} arrived`,
    ),
    "not arrived:",
    ...ended.map(({ reached, reason, count }) => `  ${String(count).padStart(4)}  ${reached}  ${reason}`),
  ];
};

await runCommand({
  usage,
  options: {
    seed: { type: "string" },
    journeys: { type: "string" },
    speed: { type: "string" },
    url: { type: "string" },
  },
  async run({ values }) {
    const seed = wholeNumber("seed", values.seed, 0);
    const journeys = wholeNumber("journeys", values.journeys, 1);
    const speed = wholeNumber("speed", values.speed, 1);
    const { settings } = readSettings(process.env);
    const environment = realEnvironment();
    const tokens = await localTokens(settings, environment);
    const bar = progressBar("journeys", environment);
    const report = await simulate({
      seed,
      journeys,
      speed,
      environment,
      address: (values.url ?? `http://127.0.0.1:${settings.SAFAR_PORT}`).replace(/\/$/, ""),
      tokenOf: (part: Part) => tokens.of(part),
      onProgress: (done, total) => {
        bar.update(done, total);
      },
    });
    bar.stop();
    for (const line of reportLines(report)) say(line);
  },
});
