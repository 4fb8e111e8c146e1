import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import t from "tap";
import { z } from "zod";

const ROOT = join(import.meta.dirname, "../../..");
const CONFIGURATION = join(ROOT, ".dependency-cruiser.cjs");

const Configuration = z.object({ forbidden: z.array(z.object({ name: z.string() })) });
const Report = z.object({
  summary: z.object({
    violations: z.array(z.object({ rule: z.object({ name: z.string() }), from: z.string(), to: z.string() })),
  }),
});

/** One import, and the rules it breaks. */
interface Wrong {
  readonly from: string;
  readonly to: string;
  readonly breaks: readonly string[];
}

const BACK_DOOR = "through-the-front-door";
const higher = (lower: string, upper: string): Wrong => ({
  from: `packages/${lower}/src/a.ts`,
  to: `packages/${upper}/src/b.ts`,
  breaks: [`packages-only-import-lower-ones-${lower}`],
});

/** A house of wrong imports. They all go by path, not by name, and so break one more rule, which is left out here. */
const WRONG: readonly Wrong[] = [
  higher("contracts", "event-store"),
  higher("event-store", "event-bus"),
  higher("event-bus", "read-model"),
  higher("read-model", "vault"),
  higher("vault", "service-kit"),
  { ...higher("kernel", "contracts"), breaks: ["packages-only-import-lower-ones-kernel", "kernel-stands-alone"] },
  {
    ...higher("service-kit", "testing"),
    breaks: ["packages-only-import-lower-ones-service-kit", "product-does-not-import-tests"],
  },
  {
    ...higher("testing", "tidy"),
    breaks: ["packages-only-import-lower-ones-testing"],
  },
  {
    from: "packages/tidy/src/a.ts",
    to: "services/training/src/b.ts",
    breaks: ["packages-only-import-lower-ones-tidy"],
  },
  { from: "packages/kernel/src/c.ts", to: "node:fs", breaks: ["kernel-stands-alone"] },
  {
    from: "services/training/src/http/a.ts",
    to: "services/selection/src/b.ts",
    breaks: ["services-do-not-import-services"],
  },
  {
    from: "services/training/src/http/b.ts",
    to: "infra/single-node/src/a.ts",
    breaks: ["services-do-not-import-infra"],
  },
  {
    from: "services/training/src/domain/a.ts",
    to: "packages/read-model/src/b.ts",
    breaks: ["domain-is-pure"],
  },
  { from: "services/training/src/domain/b.ts", to: "services/training/src/http/c.ts", breaks: ["domain-is-pure"] },
  { from: "services/training/src/domain/c.ts", to: "node:fs", breaks: ["domain-is-pure"] },
  {
    from: "services/training/src/projections/a.ts",
    to: "packages/service-kit/src/b.ts",
    breaks: ["projections-are-pure"],
  },
  {
    from: "packages/service-kit/src/http/a.ts",
    to: "packages/event-store/src/embedded/b.ts",
    breaks: ["adapters-stay-behind-their-port"],
  },
  {
    from: "packages/event-bus/src/c.ts",
    to: "packages/event-store/src/memory/b.ts",
    breaks: ["adapters-stay-behind-their-port"],
  },
  {
    from: "packages/event-store/src/embedded/a.ts",
    to: "@eventstore/db-client",
    breaks: ["only-its-adapter-knows-eventstoredb"],
  },
  { from: "packages/event-bus/src/embedded/a.ts", to: "nats", breaks: ["only-its-adapter-knows-nats"] },
  {
    from: "packages/vault/src/embedded/a.ts",
    to: "pg",
    breaks: ["only-its-adapter-knows-postgresql-and-s3"],
  },
  {
    from: "packages/vault/src/c.ts",
    to: "packages/vault/test/help.ts",
    breaks: ["product-does-not-import-tests"],
  },
  { from: "packages/vault/src/d.ts", to: "packages/vault/src/nowhere.ts", breaks: ["everything-resolves"] },
];

/** In the same house, imports that are right. */
const RIGHT: readonly Omit<Wrong, "breaks">[] = [
  { from: "packages/kernel/src/right.ts", to: "node:crypto" },
  { from: "services/training/src/domain/right.ts", to: "services/training/src/domain/other.ts" },
  { from: "services/training/src/projections/right.ts", to: "services/training/src/domain/other.ts" },
  { from: "packages/event-store/src/right.ts", to: "packages/event-store/src/embedded/b.ts" },
  { from: "packages/event-store/src/eventstoredb/right.ts", to: "@eventstore/db-client" },
  { from: "packages/event-bus/src/jetstream/right.ts", to: "nats" },
  { from: "packages/vault/src/postgres/right.ts", to: "pg" },
  { from: "services/training/test/right.test.ts", to: "services/selection/src/index.ts" },
];

const BY_THE_BACK_DOOR = { from: "services/training/src/http/back-door.ts", to: "packages/kernel/src/b.ts" };
const CYCLE = [
  { from: "packages/vault/src/egg.ts", to: "packages/vault/src/hen.ts" },
  { from: "packages/vault/src/hen.ts", to: "packages/vault/src/egg.ts" },
];

const houseOf = (imports: readonly Omit<Wrong, "breaks">[]): Readonly<Record<string, string>> => {
  const files: Record<string, string> = {
    "tsconfig.json": "{}",
    "infra/relay/src/main.ts": "",
    "node_modules/nats/package.json": '{ "name": "nats", "main": "index.js" }',
    "node_modules/nats/index.js": "",
    "node_modules/pg/package.json": '{ "name": "pg", "main": "index.js" }',
    "node_modules/pg/index.js": "",
    "node_modules/@eventstore/db-client/package.json": '{ "name": "@eventstore/db-client", "main": "./dist/index.js" }',
    "node_modules/@eventstore/db-client/dist/index.js": "",
  };
  for (const { from, to } of imports) {
    const isFile = to.endsWith(".ts");
    if (isFile && !to.endsWith("nowhere.ts")) files[to] ??= "export const b = 1;\n";
    files[from] = `export * from "${isFile ? `./${relative(dirname(from), to)}` : to}";\n`;
  }
  return files;
};

/** `rule: from` of each breach that the cruise finds in a house built of these files. */
const breachesIn = (files: Readonly<Record<string, string>>): readonly string[] => {
  const house = mkdtempSync(join(tmpdir(), "safar-layers-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(house, path)), { recursive: true });
      writeFileSync(join(house, path), text);
    }
    const cruise = spawnSync(
      join(ROOT, "node_modules/.bin/depcruise"),
      ["--config", CONFIGURATION, "--output-type", "json", "packages", "services", "infra"],
      { cwd: house, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
    );
    const { summary } = Report.parse(JSON.parse(cruise.stdout));
    return summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`);
  } finally {
    rmSync(house, { recursive: true });
  }
};

/** Of one cruise through one house. */
const breaches = breachesIn(houseOf([...WRONG, ...RIGHT, BY_THE_BACK_DOOR, ...CYCLE]));

t.test("every import over a border that may not be crossed is noticed", async (t) => {
  const expected = WRONG.flatMap(({ from, breaks }) => breaks.map((rule) => `${rule}: ${from}`));
  const found = breaches.filter((breach) => !breach.startsWith(BACK_DOOR) && !breach.startsWith("no-cycles"));
  t.strictSame(found.toSorted(), expected.toSorted());
});

t.test("a package's own file is no door", async (t) => {
  t.ok(breaches.includes(`${BACK_DOOR}: ${BY_THE_BACK_DOOR.from}`));
});

t.test("files that need each other are noticed", async (t) => {
  t.match(
    breaches.filter((breach) => breach.startsWith("no-cycles")),
    [/packages\/vault\/src\/(egg|hen)\.ts$/],
  );
});

t.test("imports within their borders pass", async (t) => {
  const wronged = breaches.filter(
    (breach) => RIGHT.some(({ from }) => breach.endsWith(from)) && !breach.startsWith(BACK_DOOR),
  );
  t.strictSame(wronged, []);
});

t.test("every rule of the layering has a wrong example here", async (t) => {
  const configuration: unknown = createRequire(import.meta.url)(CONFIGURATION);
  const rules = Configuration.parse(configuration).forbidden.map(({ name }) => name);
  const shown = new Set([...WRONG.flatMap(({ breaks }) => breaks), BACK_DOOR, "no-cycles"]);
  t.strictSame(rules.toSorted(), [...shown].toSorted());
});
