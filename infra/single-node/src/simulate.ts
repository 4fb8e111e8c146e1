import { readSettings, realEnvironment } from "@safar/service-kit";
import { simulate, type Part, type SimulationReport } from "@safar/simulator";
import { NotDone, runCommand, say, WrongUsage } from "@safar/service-kit/command-line";
import { addressOf } from "./client.ts";
import { localTokens } from "./local-tokens.ts";
import { progressBar } from "./progress.ts";

const usage = `npm run -s simulate -- --seed 7 --journeys 500 --speed 1000 [--url URL]

Drives journeys through the public API of a running system, at most --speed commands a second, and stops by itself.
The same seed gives the same commands. --url defaults to where SAFAR_HOST and SAFAR_PORT say: http://127.0.0.1:8080.
Its people sign in at the local issuer of SAFAR_DATA, so there must be no OIDC_ISSUER; SAFAR_TOKEN is not used.`;

const ONLY_LOCAL =
  "OIDC_ISSUER is set, and a simulation plays many people, whose tokens only the local issuer of SAFAR_DATA makes: run it against a system without an outside issuer, and leave OIDC_ISSUER unset here.";

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
    if (settings.OIDC_ISSUER !== undefined) throw new NotDone(ONLY_LOCAL);
    const address = addressOf(settings, values.url);
    const environment = realEnvironment();
    const tokens = await localTokens(settings, environment);
    const bar = progressBar("journeys", environment);
    const report = await simulate({
      seed,
      journeys,
      speed,
      environment,
      address,
      tokenOf: (part: Part) => tokens.of(part),
      onProgress: (done, total) => {
        bar.update(done, total);
      },
    });
    bar.stop();
    for (const line of reportLines(report)) say(line);
  },
});
