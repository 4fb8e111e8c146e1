import { join } from "node:path";
import * as contracts from "@safar/contracts";
import t from "tap";
import { z } from "zod";
import { badCategories, badFixtures, FIXTURES, type Released } from "../src/contract-rules.ts";
import { readRepository } from "../src/index.ts";

const ROOT = join(import.meta.dirname, "../../..");
const { files } = readRepository(ROOT);
const services = [...new Set(files.flatMap(({ path }) => /^services\/([^/]+)\//.exec(path)?.[1] ?? []))];

const isContract = (value: unknown): value is contracts.EventContract =>
  typeof value === "object" && value !== null && "type" in value && "version" in value && "read" in value;

const sets: readonly contracts.ContractSet[] = contracts.SERVICE_CONTRACTS;
const ofServices: readonly Released[] = sets.flatMap(({ category, contracts: own }) =>
  own.map((contract) => ({ category, contract })),
);
/** What the kit writes itself is in no service's set. */
const ofKit: readonly Released[] = Object.values<unknown>(contracts)
  .filter(isContract)
  .filter((contract) => !ofServices.some((one) => one.contract === contract))
  .map((contract) => ({ contract }));
const released = [...ofServices, ...ofKit];

t.test("every category of streams can be told from the stream's name", async (t) => {
  t.ok(contracts.SERVICE_CONTRACTS.length > 0);
  t.strictSame(badCategories(contracts.SERVICE_CONTRACTS, services), []);
});

t.test("every version of every event that was ever released can be read", async (t) => {
  t.ok(ofServices.length > 0);
  t.ok(ofKit.length > 0);
  const fixtures = files.filter(({ path }) => path.startsWith(FIXTURES) && path.endsWith(".json"));
  const findings = badFixtures(released, fixtures).map(({ path, message }) => `${path} ${message}`);
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

  const as = (contract: contracts.EventContract, category = "training"): Released => ({ category, contract });

  t.strictSame(badFixtures([as(v2)], both), []);
  t.equal(badFixtures([as(v2)], both.slice(0, 1)).length, 1, "missing");
  t.equal(badFixtures([as(v1)], both).length, 1, "a version taken back");
  t.equal(badFixtures([], both).length, 2, "a contract taken away");
  t.equal(badFixtures([as(v2)], [...both.slice(1), fixture("Trained.v1", { hours: "2" })]).length, 1, "unreadable");
  t.equal(badFixtures([as(v1), as(v1)], both.slice(0, 1)).length, 1, "a name taken twice");
  t.equal(badFixtures([as(v1), as(v1, "departure")], both.slice(0, 1)).length, 1, "missing for the second category");
  t.strictSame(badFixtures([{ contract: v1 }], both.slice(0, 1)), [], "an event of the kit, in any category");
});
