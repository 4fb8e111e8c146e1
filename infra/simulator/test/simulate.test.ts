import t, { type Test } from "tap";
import { simulate, type Acknowledged } from "../src/index.ts";
import { startServices } from "./support/services.ts";

t.setTimeout(600_000);

/** Ids of what a run creates follow from its keys, but a person's and a file's do not; none of them is a decision. */
const withoutIds = (value: unknown): string =>
  JSON.stringify(value).replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "ID");

/** Runs a seed on a node of its own: what each journey sent, in its order, and what came of it. */
const runSeed = async (t: Test, seed: number, journeys: number) => {
  const node = await startServices(t);
  const sent = new Map<string, string[]>();
  const acknowledged: Acknowledged[] = [];
  const report = await simulate({
    seed,
    journeys,
    speed: 1_000,
    address: node.address,
    environment: node.kit.environment,
    tokenOf: (part) => node.tokenOf(part),
    onCommand: ({ journey, path, body }) =>
      sent.set(journey, [...(sent.get(journey) ?? []), `${withoutIds(path)} ${withoutIds(body)}`]),
    onAcknowledged: (command) => acknowledged.push(command),
  });
  return { report, sent, acknowledged };
};

t.test("the same seed sends the same commands, journey by journey, and comes to the same", async (t) => {
  const first = await runSeed(t, 4, 12);
  const second = await runSeed(t, 4, 12);
  t.ok(first.sent.size > 12, "twelve journeys and their world");
  t.same(new Map([...first.sent].sort()), new Map([...second.sent].sort()));
  t.same({ ...first.report, cases: [] }, { ...second.report, cases: [] });
  t.equal(first.report.journeys, 12);
  t.equal(
    first.report.ended.filter(({ reached }) => reached === "stopped" || reached.startsWith("/")).length,
    0,
    "each comes to the end that was planned",
  );
  const keys = new Set(first.acknowledged.map(({ key }) => key));
  t.equal(keys.size, first.acknowledged.length, "every command has a key of its own");
  t.ok(keys.size <= first.report.commands);
});
