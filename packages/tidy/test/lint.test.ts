import { join } from "node:path";
import { ESLint, type Linter } from "eslint";
import t from "tap";
import tseslint from "typescript-eslint";

const ROOT = join(import.meta.dirname, "../../..");
const PRODUCT = "packages/vault/src/example.ts";
const TEST = "packages/vault/test/example.test.ts";
const ENVIRONMENT = "packages/service-kit/src/environment.ts";
const PAGE = "services/situation-center/web/example.ts";
const DOMAIN = "services/training/src/domain/decide.ts";

/** Without types, so that a file that only exists here can be linted. */
const untyped = new ESLint({
  cwd: ROOT,
  overrideConfig: tseslint.configs.disableTypeChecked as Linter.Config,
});

/** With types: the text stands for that of a file which does exist. */
const typed = new ESLint({ cwd: ROOT });
const EXISTING = "packages/tidy/src/text.ts";
const EXISTING_DOMAIN = "services/registration/src/domain/case/decide.ts";

const rulesBrokenBy = async (eslint: ESLint, path: string, text: string): Promise<readonly string[]> => {
  const [result] = await eslint.lintText(`${text}\n`, { filePath: join(ROOT, path) });
  return (result?.messages ?? []).map(({ ruleId, message }) => ruleId ?? message);
};

const UNDETERMINED = {
  "the clock": ["export const a = Date.now();", "export const a = new Date();", "export const a = Date();"],
  "a timer": [
    "setTimeout(f, 1);",
    "setInterval(f, 1);",
    "setImmediate(f);",
    "globalThis.setTimeout(f, 1);",
    'import { setTimeout as sleep } from "node:timers/promises"; void sleep(1);',
    "export const a = AbortSignal.timeout(1);",
  ],
  "a measure of time": [
    "export const a = performance.now();",
    "export const a = process.hrtime.bigint();",
    'import { performance as p } from "node:perf_hooks"; p.mark("a");',
  ],
  chance: [
    "export const a = Math.random();",
    "export const a = crypto.randomUUID();",
    "crypto.getRandomValues(b);",
    'import { randomBytes } from "node:crypto"; export const a = randomBytes(8);',
    'import { v4 } from "uuid"; export const a = v4();',
  ],
} as const;

for (const [what, snippets] of Object.entries(UNDETERMINED)) {
  t.test(`${what} may not enter but by the Environment`, async (t) => {
    for (const snippet of snippets) {
      t.match(await rulesBrokenBy(untyped, PRODUCT, snippet), [/^no-restricted-/], `noticed: ${snippet}`);
      t.strictSame(await rulesBrokenBy(untyped, ENVIRONMENT, snippet), [], "its real implementation may");
    }
  });
}

t.test("tests and the page may look at the clock", async (t) => {
  for (const path of [TEST, PAGE]) t.strictSame(await rulesBrokenBy(untyped, path, "export const a = Date.now();"), []);
});

t.test("what is determined is left alone", async (t) => {
  const snippet = 'export const a = [new Date(0), new Date("2026-02-16"), Math.max(1, 2)]; queueMicrotask(f);';
  t.strictSame(await rulesBrokenBy(untyped, PRODUCT, snippet), []);
});

t.test("things are exported by name, and unions stand for enums, in product and tests alike", async (t) => {
  for (const path of [PRODUCT, TEST, PAGE]) {
    t.strictSame(await rulesBrokenBy(untyped, path, "export default 1;"), ["no-restricted-syntax"]);
    t.strictSame(await rulesBrokenBy(untyped, path, "export enum A { B }"), ["no-restricted-syntax"]);
  }
});

t.test("what decides does not cast", async (t) => {
  const rule = "@typescript-eslint/consistent-type-assertions";
  t.strictSame(await rulesBrokenBy(untyped, DOMAIN, "export const a = b as string;"), [rule]);
  t.strictSame(await rulesBrokenBy(untyped, DOMAIN, "export const a = { b: 1 } as const;"), []);
});

t.test("a promise is awaited or its end is somebody's", async (t) => {
  const snippet = "const f = async (): Promise<void> => {}; f();";
  t.strictSame(await rulesBrokenBy(typed, EXISTING, snippet), ["@typescript-eslint/no-floating-promises"]);
});

t.test("a switch over a union has a case for each; where it decides, a default is none", async (t) => {
  const rule = "@typescript-eslint/switch-exhaustiveness-check";
  const switchWith = (more: string): string =>
    `export const f = (a: "b" | "c"): void => { switch (a) { case "b": break; ${more} } };`;
  t.strictSame(await rulesBrokenBy(typed, EXISTING, switchWith("")), [rule]);
  t.strictSame(await rulesBrokenBy(typed, EXISTING, switchWith("default: break;")), []);
  t.strictSame(await rulesBrokenBy(typed, EXISTING_DOMAIN, switchWith("default: break;")), [rule]);
  t.strictSame(await rulesBrokenBy(typed, EXISTING_DOMAIN, switchWith('case "c": break;')), []);
});

t.test("any is refused, declared or come by", async (t) => {
  const declared = await rulesBrokenBy(typed, EXISTING, "export const f = (a: any): boolean => a === 1;");
  t.strictSame(declared, ["@typescript-eslint/no-explicit-any"]);
  const cameBy = await rulesBrokenBy(typed, EXISTING, 'export const a: string = JSON.parse("1");');
  t.strictSame(cameBy, ["@typescript-eslint/no-unsafe-assignment"]);
});
