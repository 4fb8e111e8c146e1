/**
 * The layering of the house. packages/tidy/test/layers.test.ts cruises a small wrong house to prove that each rule
 * fires.
 */

/** Lowest first: a package may import only those before it. */
const order = [
  "kernel",
  "contracts",
  "event-store",
  "event-bus",
  "read-model",
  "vault",
  "service-kit",
  "testing",
  "tidy",
];

const packagesOnlyImportLowerOnes = order.map((name, index) => ({
  name: `packages-only-import-lower-ones-${name}`,
  comment: `packages/${name} may import only ${order.slice(0, index).join(", ") || "nothing of the house"}.`,
  severity: "error",
  from: { path: `^packages/${name}/`, pathNot: "/(test|bench)/" },
  to: { path: "^(packages|services|infra)/", pathNot: `^packages/(${order.slice(0, index + 1).join("|")})/` },
}));

/** A port and its adapters; only the package itself, the wiring, and tests may name an adapter. */
const adapters = "(embedded|memory|eventstoredb|jetstream|postgres)";
const tests = "/(test|bench)/";

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Files that need each other are one idea: put what they share into a third.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "domain-is-pure",
      comment: "What decides imports only itself, kernel and contracts: no library, no I/O.",
      severity: "error",
      from: { path: "^services/([^/]+)/src/domain/" },
      to: { pathNot: ["^services/$1/src/domain/", "^packages/(kernel|contracts)/"] },
    },
    {
      name: "projections-are-pure",
      comment: "A projection is (row, event) -> row: it imports only itself, its domain, kernel and contracts.",
      severity: "error",
      from: { path: "^services/([^/]+)/src/projections/" },
      to: {
        pathNot: ["^services/$1/src/(domain|projections)/", "^packages/(kernel|contracts)/"],
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "kernel-stands-alone",
      comment: "The kernel has no dependencies but node:crypto's hashes, and is published so.",
      severity: "error",
      from: { path: "^packages/kernel/src/" },
      to: { pathNot: ["^packages/kernel/src/", "^(node:)?crypto$"] },
    },
    {
      name: "services-do-not-import-services",
      comment: "Services meet through events; only a test may bring several together.",
      severity: "error",
      from: { path: "^services/([^/]+)/", pathNot: tests },
      to: { path: "^services/", pathNot: "^services/$1/" },
    },
    {
      name: "services-do-not-import-infra",
      comment: "infra composes services, never the other way round.",
      severity: "error",
      from: { path: "^services/" },
      to: { path: "^infra/" },
    },
    ...packagesOnlyImportLowerOnes,
    {
      name: "through-the-front-door",
      comment: "A package is imported by its name and its exports, not by the path of a file in it.",
      severity: "error",
      from: { path: "^(packages|services|infra)/([^/]+)/" },
      to: { path: "^(packages|services|infra)/", pathNot: "^$1/$2/", dependencyTypes: ["local"] },
    },
    {
      name: "adapters-stay-behind-their-port",
      comment: "No service knows what it runs on: only the wiring in service-kit, testing and infra name an adapter.",
      severity: "error",
      from: {
        path: "^(packages|services)/([^/]+)/",
        pathNot: [tests, "^packages/testing/", "^packages/service-kit/src/adapters(\\.ts$|/)", "^packages/tidy/"],
      },
      to: { path: `^packages/[^/]+/src/${adapters}/`, pathNot: "^$1/$2/" },
    },
    {
      name: "only-its-adapter-knows-eventstoredb",
      comment:
        "The client's defects (docs/decisions) are kept away from everything else but the tests of its stand-in.",
      severity: "error",
      from: { pathNot: ["^packages/event-store/(src/eventstoredb|test|bench)/", "^infra/local-eventstoredb/test/"] },
      to: { path: "@eventstore/db-client" },
    },
    {
      name: "only-its-adapter-knows-nats",
      comment: "What NATS guarantees and what not is known in one place.",
      severity: "error",
      from: { pathNot: ["^packages/event-bus/(src/jetstream|test|bench)/", "^infra/", "^packages/testing/"] },
      to: { path: "node_modules/(nats|@nats-io)/" },
    },
    {
      name: "only-its-adapter-knows-postgresql-and-s3",
      comment: "What a connection may cost, and what an error may tell, is known in one place.",
      severity: "error",
      from: { pathNot: "^packages/vault/(src/postgres|test|bench)/" },
      to: { path: "node_modules/(pg|pg-[^/]+|@types/pg|@aws-sdk)/" },
    },
    {
      name: "product-does-not-import-tests",
      comment: "What runs in production does not know its tests.",
      severity: "error",
      from: {
        path: "^(packages|services|infra)/",
        pathNot: [tests, "^packages/(testing|tidy)/", "^infra/fault-simulation/"],
      },
      to: { path: ["^packages/(testing|tidy)/", tests] },
    },
    {
      name: "everything-resolves",
      comment: "An import that leads nowhere.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    // Not the packages of others: the rules above know those by where they lie, which often is a `dist`.
    exclude: { path: ["^(?!node_modules/).*/dist/", "^services/situation-center/web/"] },
    builtInModules: { add: ["node:sqlite"] },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".js", ".json"],
    },
  },
};
