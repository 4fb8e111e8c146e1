import { readFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { benchmarksOf } from "../src/benchmarks.ts";
import { benchmarksPage } from "../src/docs/benchmarks-page.ts";
import { limitsPage } from "../src/docs/limits-page.ts";
import { withMadePart } from "../src/docs/markdown.ts";
import { servicePart } from "../src/docs/service-part.ts";
import { drifted, generatedPages } from "../src/generated-docs.ts";
import { readRepository, type Repository } from "../src/index.ts";
import { loadServices } from "../src/services.ts";

const ROOT = join(import.meta.dirname, "../../..");

const house = (files: Readonly<Record<string, string>>): Repository => ({
  files: Object.entries(files).map(([path, text]) => ({ path, text })),
});

t.test("the pages that are made from code say what the code says", async (t) => {
  const findings = drifted(readRepository(ROOT), generatedPages(await loadServices(ROOT)));
  t.equal(findings.map(({ path, message }) => `${path} ${message}`).join("\n"), "");
});

t.test("a page that is missing or out of date is noticed", async (t) => {
  const pages = { "docs/reference/x.md": () => "now" };
  t.strictSame(drifted(house({ "docs/reference/x.md": "now" }), pages), []);
  t.equal(drifted(house({ "docs/reference/x.md": "then" }), pages).length, 1);
  t.equal(drifted(house({}), pages).length, 1);
});

t.test("the page of limits has a row for each, with its reason", async (t) => {
  const page = limitsPage(
    house({
      "packages/vault/src/keys.ts":
        "/**\n * One screen,\n * a | b.\n */\nexport const MAX_ROWS = 4 * 8;\nconst OTHER = 1;\n",
      "packages/event-bus/src/limits.ts": "// Half a second.\nexport const WAIT = 500;\n",
    }),
  );
  t.match(page, "## packages/event-bus");
  t.match(page, "| [`WAIT`](../../packages/event-bus/src/limits.ts) | `500` | Half a second. |");
  t.match(page, "| [`MAX_ROWS`](../../packages/vault/src/keys.ts) | `4 * 8` | One screen, a \\| b. |");
  t.notMatch(page, "OTHER");
});

t.test("the page of benchmarks has a row for each program that measures, with what it measures", async (t) => {
  const bench = "/**\n * P9: how fast a key is\n * found. Memory too.\n * `npm run bench -- keys [count]`\n */\n";
  const page = benchmarksPage(
    house({
      "packages/vault/bench/keys.ts": `import x from "x";\n${bench}/** Other. */\n`,
      "packages/vault/bench/support/peers.ts": bench,
      "packages/vault/src/bench.ts": bench,
    }),
  );
  t.match(page, "| `npm run -s bench -- keys [count]` | P9: how fast a key is found. |");
  t.notMatch(page, "Other");
  t.notMatch(page, "peers");
  t.equal(page.split("npm run -s bench -- keys").length, 2);
});

t.test("every benchmark of the house says what it measures, and is called by a name of its own", async (t) => {
  const benchmarks = benchmarksOf(readRepository(ROOT));
  t.ok(benchmarks.length > 2);
  t.strictSame(
    benchmarks.filter(({ sentence }) => sentence === "").map(({ path }) => path),
    [],
  );
  t.equal(new Set(benchmarks.map(({ name }) => name)).size, benchmarks.length);
});

t.test("a part that is made from code stands between its markers, and what people wrote around it stays", async (t) => {
  const first = withMadePart("# Training\n", "one");
  const second = withMadePart(`${first}\nBegin here.\n`, "two");
  t.match(second, /^# Training\n/);
  t.match(second, "two");
  t.notMatch(second, "one");
  t.match(second, "Begin here.");
  t.equal(withMadePart(second, "two"), second);
});

t.test("a service's part names its commands, events and refusals, and why it reacts", async (t) => {
  const services = await loadServices(ROOT);
  const training = services.find(({ name }) => name === "training");
  t.ok(training);
  if (!training) return;
  const why = "/** The seat goes back. */\nexport const whenEnrolmentCancelled = reaction({";
  const part = servicePart(house({ "services/training/src/reactions/when-enrolment-cancelled.ts": why }), training);
  t.match(part, "`EnrolCandidate` | `/training/cases/:caseId/enrolments`");
  t.match(part, "| `Enrolled` | 1 | yes |");
  t.match(part, "training: `EnrolmentCancelled` | The seat goes back. |");
  for (const refusal of Object.keys(training.refusals)) t.match(part, `| \`${refusal}\` |`);
});

t.test("the candidate whom the first day registers is a body that registration takes", async (t) => {
  const services = await loadServices(ROOT);
  const register = services.flatMap(({ commands }) => commands).find(({ name }) => name === "RegisterCandidate");
  const body: unknown = JSON.parse(readFileSync(join(ROOT, "docs/candidate.json"), "utf8"));
  t.equal(register?.body.safeParse(body).success, true);
});
