import { join } from "node:path";
import t from "tap";
import { readRepository, RULES, type Finding } from "../src/index.ts";

const ROOT = join(import.meta.dirname, "../../..");

const sentenceOf = ({ path, line, message }: Finding): string => `${line === 0 ? path : `${path}:${line}`} ${message}`;

const repository = readRepository(ROOT);

t.test("the repository is read", async (t) => {
  t.ok(repository.files.some(({ path }) => path === "packages/kernel/src/index.ts"));
  t.notOk(repository.files.some(({ path }) => path.includes("node_modules")));
});

for (const rule of Object.values(RULES)) {
  t.test(rule.sentence, async (t) => {
    t.equal(rule.check(repository).map(sentenceOf).join("\n"), "");
  });
}
