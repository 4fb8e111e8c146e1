import { join } from "node:path";
import t from "tap";
import { limitsPage } from "../src/docs/limits-page.ts";
import { drifted, GENERATED } from "../src/generated-docs.ts";
import { readRepository, type Repository } from "../src/index.ts";

const ROOT = join(import.meta.dirname, "../../..");

const house = (files: Readonly<Record<string, string>>): Repository => ({
  files: Object.entries(files).map(([path, text]) => ({ path, text })),
});

t.test("the pages that are made from code say what the code says", async (t) => {
  const findings = drifted(readRepository(ROOT), GENERATED);
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
