import t from "tap";
import { BUGS, BUG_NAMES, type BugName } from "@safar/testing/simulation";
import { add, failureLines, noTotals, totalLine } from "../src/report.ts";
import { DEFAULT_STEPS, findBug, runJob } from "../src/run.ts";

t.setTimeout(600_000);

/** A few of each bus; the command runs a thousand. */
const SEEDS = 12;
/** Seed 3 goes over the log itself, seed 8 over relays and broker. */
const OF_EACH_BUS = [3, 8];

/** Where a bug shows soon, so that it need not be searched for; what changes the steps may change the seed. */
const FROM: Readonly<Partial<Record<BugName, number>>> = {
  "relay-without-a-fence": 13,
  "last-id-not-expected": 54,
  "relay-with-a-checkpoint": 2,
  "purged-instead-of-made-anew": 2,
  "durable-kept-over-a-restore": 2,
  "several-pending": 2,
  "key-held-for-ever": 7,
};

t.test("a seed takes the same steps each time", async (t) => {
  const digests = new Set<string>();
  for (const seed of OF_EACH_BUS) {
    const first = await runJob({ seed, steps: DEFAULT_STEPS });
    const second = await runJob({ seed, steps: DEFAULT_STEPS });
    t.same(first, second, `seed ${seed}, ${first.bus}`);
    digests.add(`${first.bus} ${first.digest}`);
  }
  t.equal(digests.size, OF_EACH_BUS.length, "another seed takes others");
});

t.test("what must hold holds through crashes, lost messages and a broker that forgets", async (t) => {
  const totals = noTotals();
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const result = await runJob({ seed, steps: DEFAULT_STEPS });
    add(totals, result);
    if (result.broken) t.fail(failureLines(result, DEFAULT_STEPS).join("\n"));
  }
  t.comment(totalLine(totals));
  t.ok(totals.crashes > SEEDS, "processes have crashed");
  t.equal(totals.broken, 0);
});

t.test("a run that fails fails again, at the same step", async (t) => {
  const first = await findBug("ack-before-append", 1, runJob);
  const second = first && (await runJob({ seed: first.seed, steps: DEFAULT_STEPS, bug: "ack-before-append" }));
  t.ok(first?.broken);
  t.same(first, second);
});

for (const bug of BUG_NAMES)
  t.test(`it is found when ${BUGS[bug]}`, async (t) => {
    const result = await findBug(bug, FROM[bug] ?? 1, runJob);
    t.comment(`seed ${String(result?.seed)}: ${String(result?.broken?.words)}`);
    t.ok(result);
  });
