import { join } from "node:path";
import * as contracts from "@safar/contracts";
import t from "tap";
import { z } from "zod";
import { badCategories, badFixtures, FIXTURES } from "../src/contract-rules.ts";
import { readRepository } from "../src/index.ts";

const ROOT = join(import.meta.dirname, "../../..");
const { files } = readRepository(ROOT);
const services = [...new Set(files.flatMap(({ path }) => /^services\/([^/]+)\//.exec(path)?.[1] ?? []))];

const isContract = (value: unknown): value is contracts.EventContract =>
  typeof value === "object" && value !== null && "type" in value && "version" in value && "read" in value;

/** Those of the services, and those that the kit writes itself. */
const released = new Set([
  ...contracts.SERVICE_CONTRACTS.flatMap((set) => set.contracts),
  ...Object.values<unknown>(contracts).filter(isContract),
]);

t.test("every category of streams can be told from the stream's name", async (t) => {
  t.ok(contracts.SERVICE_CONTRACTS.length > 0);
  t.strictSame(badCategories(contracts.SERVICE_CONTRACTS, services), []);
});

t.test("every version of every event that was ever released can be read", async (t) => {
  t.ok(released.size > 0);
  const fixtures = files.filter(({ path }) => path.startsWith(FIXTURES) && path.endsWith(".json"));
  const findings = badFixtures([...released], fixtures).map(({ path, message }) => `${path} ${message}`);
  t.equal(findings.join("\n"), "");
});

t.test("a category with a dash, of no service, or taken twice is noticed", async (t) => {
  const set = (category: string, service: string): contracts.ContractSet =>
    contracts.contractSet({ category, service, subject: "case", contracts: [] });
  t.strictSame(badCategories([set("visaDocs", "visa-docs"), set("training", "training")], services), []);
  t.equal(badCategories([set("visa-docs", "visa-docs")], services).length, 1);
  t.equal(badCategories([set("cooking", "cooking")], services).length, 1);
  t.equal(badCategories([set("training", "training"), set("training", "training")], services).length, 1);
});

t.test("a version without fixture, or a fixture that cannot be read, is noticed", async (t) => {
  const v1 = contracts.event("Trained", z.strictObject({ hours: z.int() }));
  const v2 = v1.revised(z.strictObject({ minutes: z.int() }), ({ hours }) => ({ minutes: hours * 60 }));
  const fixture = (name: string, data: unknown) => ({
    path: `${FIXTURES}${name}.json`,
    text: JSON.stringify({ category: "training", data }),
  });
  const both = [fixture("Trained.v1", { hours: 2 }), fixture("Trained.v2", { minutes: 120 })];

  t.strictSame(badFixtures([v2], both), []);
  t.equal(badFixtures([v2], both.slice(0, 1)).length, 1, "missing");
  t.equal(badFixtures([v1], both).length, 1, "a version taken back");
  t.equal(badFixtures([], both).length, 2, "a contract taken away");
  t.equal(badFixtures([v2], [...both.slice(1), fixture("Trained.v1", { hours: "2" })]).length, 1, "unreadable");
  t.equal(badFixtures([v1, v1], both.slice(0, 1)).length, 1, "a name taken twice");
});
