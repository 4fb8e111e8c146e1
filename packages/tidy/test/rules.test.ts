import t from "tap";
import { RULES, type Repository, type RuleName } from "../src/index.ts";

/** A repository that exists only here: what is in each file, by path. */
const repositoryOf = (files: Readonly<Record<string, string>>): Repository => ({
  files: Object.entries(files).map(([path, text]) => ({ path, text })),
});

interface Example {
  readonly tidy: Readonly<Record<string, string>>;
  /** Each of these repositories breaks the rule in exactly one place. */
  readonly untidy: readonly Readonly<Record<string, string>>[];
}

const SOURCE = "packages/vault/src/keys.ts";
const TEST = "packages/vault/test/keys.test.ts";

const aService = {
  "services/training/src/service.ts": "",
  "services/training/src/main.ts": "",
  "services/training/README.md": "Training",
  "services/training/src/domain/commands.ts": "",
  "services/training/src/domain/state.ts": "",
  "services/training/src/domain/decide.ts": "",
  "services/training/src/http/commands.ts": "",
  "services/training/src/imports/columns.ts": "",
  "services/training/src/aggregates.ts": "",
  "services/training/test/decide.test.ts": "",
  "services/training/test/laws.test.ts": "",
  "services/training/test/commands.test.ts": "",
  "services/training/test/access.test.ts": "",
};

const aDecision = "# T\n\n## Context\n\n## Decision\n\n## Consequences\n\n## What would change our mind\n";

const without = (path: keyof typeof aService): Record<string, string> =>
  Object.fromEntries(Object.entries(aService).filter(([other]) => other !== path));

const EXAMPLES: Readonly<Record<RuleName, Example>> = {
  shortFiles: {
    tidy: { [SOURCE]: "a;\n".repeat(300), [TEST]: "a;\n".repeat(301) },
    untidy: [{ [SOURCE]: "a;\n".repeat(301) }],
  },
  nothingUnfinished: {
    tidy: { [SOURCE]: "// The method of least squares.\n" },
    untidy: [{ [SOURCE]: "// TODO later\n" }, { [SOURCE]: "/* FIXME */\n" }, { "infra/x.sh": "# HACK\n" }],
  },
  everyTestRuns: {
    tidy: {
      [TEST]: 't.test("a", { skip: url ? false : "no server at EVENTSTORE_URL" }, f);\n',
      [SOURCE]: "skip: true",
    },
    untidy: [
      { [TEST]: 't.skip("a", f);' },
      { [TEST]: 't.only("a", f);' },
      { [TEST]: 't.test("a", { skip: true }, f);' },
      { [TEST]: 't.test("a", { skip: "slow" }, f);' },
      { [TEST]: 't.test("a", { only: true }, f);' },
    ],
  },
  noBlinding: {
    tidy: { [SOURCE]: "// eslint-disable-next-line no-console -- a program for the command line prints\n" },
    untidy: [
      { [SOURCE]: "// @ts-ignore\n" },
      { [SOURCE]: "// @ts-nocheck\n" },
      { [SOURCE]: "// eslint-disable-next-line no-console\n" },
      { [SOURCE]: "/* eslint-disable */\n" },
      { [SOURCE]: "// prettier-ignore\n" },
    ],
  },
  noBanners: {
    tidy: { [SOURCE]: "// Dashes -- like these -- are fine.\n/** So is this. */\n" },
    untidy: [{ [SOURCE]: "// -----\n" }, { [SOURCE]: "/*****\n" }, { "infra/x.sh": "# ==== Start ====\n" }],
  },
  namedLimits: {
    tidy: {
      [SOURCE]: "/** Reads must stay short. */\nexport const MAX_ROWS = 500;\nconst PAGE_LIMIT = 9; // One screen.\n",
      "packages/vault/src/limits.ts": "// Why both.\nconst FIRST = 1;\nconst LAST = 2;\n\nconst TABLE = {\n};\n",
      [TEST]: "const MAX_ROUNDS = 5;\n",
    },
    untidy: [
      { [SOURCE]: "export const MAX_ROWS = 500;\n" },
      { [SOURCE]: "const LIMIT_OF_ROWS = 500;\n" },
      { [SOURCE]: "const ROWS_LIMIT = 500;\n" },
      { "packages/vault/src/limits.ts": "export const ROWS = 500;\n" },
      { [SOURCE]: "/** Why. */\nconst MAX_A = 1;\n\nconst MAX_B = 1;\n" },
    ],
  },
  noPlaces: {
    tidy: {
      [SOURCE]: 'const a = join(tmpdir(), "a");\n',
      "infra/compose.yaml": "- /home/node\n",
      "README.md": "`./work/x`",
    },
    untidy: [
      { [SOURCE]: 'const a = "/tmp/a";\n' },
      { "docs/start.md": "cd /home/somebody/safar\n" },
      { "package.json": '"/root/x"\n' },
      { ".npmrc": "registry=https://registry.npmjs.org\n" },
    ],
  },
  lockWithoutPlaces: {
    tidy: { "package-lock.json": '"resolved": "packages/kernel",\n' },
    untidy: [{ "package-lock.json": '"resolved": "https://example.org/a.tgz",\n' }],
  },
  lockInStep: {
    tidy: {
      "package.json": '{ "devDependencies": { "a": "1.0.0" } }',
      "packages/vault/package.json": '{ "dependencies": { "b": "1.0.0" } }',
      "package-lock.json": `{ "packages": {
        "": { "devDependencies": { "a": "1.0.0" } },
        "packages/vault": { "dependencies": { "b": "1.0.0" } }
      } }`,
    },
    untidy: [
      { "package.json": '{ "devDependencies": { "a": "1.0.0" } }', "package-lock.json": '{ "packages": { "": {} } }' },
      { "packages/vault/package.json": "{}", "package-lock.json": '{ "packages": {} }' },
    ],
  },
  readmes: {
    tidy: { [SOURCE]: "a", "packages/vault/README.md": "The vault", "packages/empty/src/index.ts": "export {};\n" },
    untidy: [
      { [SOURCE]: "a" },
      { [SOURCE]: "a", "packages/vault/README.md": "\n" },
      { "infra/relay/src/main.ts": "a" },
    ],
  },
  rooms: {
    tidy: {
      ...aService,
      "services/visa-docs/src/domain/state.ts": "not yet a service",
      "services/audit/src/service.ts": "",
      "services/audit/src/main.ts": "",
      "services/audit/README.md": "",
      "services/audit/src/tiles/hash.ts": "",
    },
    untidy: [
      without("services/training/README.md"),
      {
        ...without("services/training/src/main.ts"),
        "services/audit/src/service.ts": "",
        "services/audit/src/main.ts": "",
        "services/audit/README.md": "",
      },
      without("services/training/src/domain/state.ts"),
      without("services/training/src/http/commands.ts"),
      without("services/training/test/laws.test.ts"),
      without("services/training/test/access.test.ts"),
      { ...aService, "services/training/src/helpers/dates.ts": "" },
      { "services/audit/src/service.ts": "" },
    ],
  },
  links: {
    tidy: {
      "docs/README.md":
        "[a](start.md) [b](../README.md#two-words) [c](https://example.org) [d](decisions) [e](#here)\n# Here\n",
      "docs/start.md": "",
      "docs/decisions/0001-a.md": "",
      "README.md": "# Two words!\n",
    },
    untidy: [
      { "docs/README.md": "[a](nowhere.md)" },
      { "docs/README.md": "[a](#nowhere)" },
      { "docs/README.md": "[a](start.md#nowhere)", "docs/start.md": "# Somewhere" },
    ],
  },
  documentedCommands: {
    tidy: {
      "package.json": '{ "scripts": { "start": "a", "import": "b" } }',
      "README.md": "npm ci && npm start\nnpm run -s import -- candidates x.csv\nnpm test -w @safar/kernel\n",
    },
    untidy: [
      { "package.json": "{}", "README.md": "npm start" },
      { "package.json": "{}", "README.md": "npm run -s import" },
      { "package.json": "{}", "docs/start.md": "`npm test`" },
    ],
  },
  namedFiles: {
    tidy: {
      "packages/vault/README.md": "`src/keys.ts`, `src/`, `docs/start.md`, `src/<service>/`, `keys.ts`",
      [SOURCE]: "",
      "docs/start.md": "",
      "CONTRIBUTING.md": "`src/new.ts`",
    },
    untidy: [
      { "packages/vault/README.md": "`src/keys.ts`" },
      { "packages/vault/README.md": "`src/embedded/`", [SOURCE]: "" },
    ],
  },
  watchedMetrics: {
    tidy: {
      [SOURCE]: 'metrics.count("safar_rows_total", "Rows")',
      "docs/operating/what-to-watch.md": "`safar_rows_total`",
    },
    untidy: [
      { [SOURCE]: 'metrics.gauge("safar_rows", "Rows", 1)' },
      { "docs/operating/what-to-watch.md": "`safar_rows_total`" },
    ],
  },
  commandsLead: {
    tidy: { "package.json": '{ "scripts": { "start": "node infra/a.ts", "x": "tap run" } }', "infra/a.ts": "" },
    untidy: [{ "package.json": '{ "scripts": { "start": "node infra/a.ts" } }' }],
  },
  decisions: {
    tidy: { "docs/decisions/0001-a.md": aDecision, "docs/decisions/0002-b.md": aDecision },
    untidy: [
      { "docs/decisions/a.md": aDecision },
      { "docs/decisions/0001-a.md": aDecision, "docs/decisions/0001-b.md": aDecision },
      { "docs/decisions/0001-a.md": aDecision.replace("## Context", "") },
    ],
  },
};

for (const name of Object.keys(EXAMPLES) as RuleName[]) {
  const rule = RULES[name];
  t.test(`a breach is noticed where ${rule.sentence}`, async (t) => {
    t.strictSame(rule.check(repositoryOf(EXAMPLES[name].tidy)), [], "a tidy example passes");
    for (const untidy of EXAMPLES[name].untidy) {
      t.equal(rule.check(repositoryOf(untidy)).length, 1, `one finding in ${JSON.stringify(untidy).slice(0, 120)}`);
    }
  });
}
