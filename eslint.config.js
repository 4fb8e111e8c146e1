import tseslint from "typescript-eslint";

/**
 * Lint finds what the compiler cannot: forgotten promises, switches that miss a case, and clocks or chance that
 * enter anywhere but by the Environment. packages/tidy/test/lint.test.ts lints snippets to prove that each rule fires.
 */

const tests = ["**/test/**/*.ts", "**/bench/**/*.ts", "packages/testing/**/*.ts"];
const page = ["services/situation-center/web/**/*.{ts,tsx}"];
const realEnvironment = "packages/service-kit/src/environment.ts";
/** Where no cast is right: what decides, folds or shapes works on values that the edge has already parsed. */
const pureRooms = ["services/*/src/{domain,projections,reactions,live}/**/*.ts"];

const askEnvironment = "Take it from the Environment (packages/kernel/src/environment.ts).";
const timers = ["setTimeout", "setInterval", "setImmediate"];
const chance = ["randomUUID", "randomBytes", "randomInt", "randomFill", "randomFillSync", "getRandomValues"];

const bannedGlobals = [...timers, "performance"].map((name) => ({ name, message: askEnvironment }));

const bannedProperties = [
  ...timers.map((property) => ({ object: "globalThis", property, message: askEnvironment })),
  ...chance.map((property) => ({ property, message: askEnvironment })),
  { object: "Date", property: "now", message: askEnvironment },
  { object: "Math", property: "random", message: askEnvironment },
  { object: "performance", property: "now", message: askEnvironment },
  { object: "process", property: "hrtime", message: askEnvironment },
  { object: "process", property: "uptime", message: askEnvironment },
  { object: "AbortSignal", property: "timeout", message: askEnvironment },
  { object: "Temporal", property: "Now", message: askEnvironment },
];

const bannedImports = {
  paths: [
    ...["timers", "timers/promises", "perf_hooks"].flatMap((name) => [
      { name, message: askEnvironment },
      { name: `node:${name}`, message: askEnvironment },
    ]),
    ...["crypto", "node:crypto"].map((name) => ({
      name,
      importNames: [...chance, "webcrypto"],
      message: askEnvironment,
    })),
    { name: "node:process", importNames: ["hrtime", "uptime"], message: askEnvironment },
    { name: "uuid", importNames: ["v1", "v4", "v6", "v7"], message: askEnvironment },
  ],
};

const clockSyntax = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: askEnvironment },
  { selector: "CallExpression[callee.name='Date']", message: askEnvironment },
];

const houseSyntax = [
  { selector: "ExportDefaultDeclaration", message: "Export by name, so that one thing has one name everywhere." },
  { selector: "ExportSpecifier[exported.name='default']", message: "Export by name." },
  { selector: "TSEnumDeclaration", message: "Use a union of strings: an enum is not erasable syntax." },
  { selector: "TSAsExpression > TSAnyKeyword", message: "A cast to any hides the next mistake too." },
];

export default tseslint.config(
  {
    ignores: ["**/node_modules/**", "**/dist/**", ".tap/**", ".turbo/**", "data/**"],
  },
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
  },
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: "error",
      "no-console": "error",
      "no-restricted-globals": ["error", ...bannedGlobals],
      "no-restricted-properties": ["error", ...bannedProperties],
      "no-restricted-imports": ["error", bannedImports],
      "no-restricted-syntax": ["error", ...houseSyntax, ...clockSyntax],
      "@typescript-eslint/consistent-type-imports": "error",
      // At the edges unions are others' and grow: there a default is an answer.
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      // An adapter's method may be async only to turn what it throws into a rejection, as its port promises.
      "@typescript-eslint/require-await": "off",
      // There are no enums here, and classes only for errors: nothing to find, for a third of the whole time.
      "@typescript-eslint/no-unsafe-enum-assignment": "off",
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
      // Versions are pinned; what is deprecated shows when one is raised.
      "@typescript-eslint/no-deprecated": "off",
      // Digits and letters of documents are code points; nothing here counts what a reader sees as one sign.
      "@typescript-eslint/no-misused-spread": ["error", { allow: ["string"] }],
      // A definition names the types of its aggregate once; that is what makes the call below it readable.
      "@typescript-eslint/no-unnecessary-type-parameters": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true, ignoreVoidOperator: true, ignoreVoidReturningFunctions: true },
      ],
      // `void` before a call says that its value is not meant, whether there is one or not.
      "@typescript-eslint/no-meaningless-void-operator": "off",
      "@typescript-eslint/no-invalid-void-type": ["error", { allowAsThisParameter: true }],
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      "@typescript-eslint/no-unnecessary-condition": [
        "error",
        { allowConstantLoopConditions: "only-allowed-literals" },
      ],
    },
  },
  {
    files: pureRooms,
    rules: { "@typescript-eslint/consistent-type-assertions": ["error", { assertionStyle: "never" }] },
  },
  {
    files: [...pureRooms, "packages/{kernel,contracts}/src/**/*.ts"],
    rules: {
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: false }],
    },
  },
  {
    // Programs for the command line print; the rest logs.
    files: ["**/src/main.ts", "infra/*/src/**/*.ts", "**/bench/**/*.ts", "packages/tidy/src/run-*.ts"],
    rules: { "no-console": "off" },
  },
  {
    files: tests,
    rules: {
      // A test drives real servers and may wait for them or make up input; the system under test still may not.
      "no-restricted-globals": "off",
      "no-restricted-properties": "off",
      "no-restricted-imports": "off",
      "no-restricted-syntax": ["error", ...houseSyntax],
      "no-console": "off",
      "@typescript-eslint/unbound-method": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
      // What comes out of a door as JSON is compared here, not relied on: a wrong guess fails the test.
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      // tap waits for its own subtests; every other promise of a test (t.rejects too) has to be awaited.
      "@typescript-eslint/no-floating-promises": [
        "error",
        { allowForKnownSafePromises: [{ from: "package", package: "@tapjs/core", name: "PromiseWithSubtest" }] },
      ],
    },
  },
  {
    // A browser has no Environment: the page shows what the server decided.
    files: page,
    rules: {
      "no-restricted-globals": "off",
      "no-restricted-properties": "off",
      "no-restricted-imports": "off",
      "no-restricted-syntax": ["error", ...houseSyntax],
    },
  },
  {
    files: [realEnvironment],
    rules: {
      "no-restricted-globals": "off",
      "no-restricted-properties": "off",
      "no-restricted-imports": "off",
      "no-restricted-syntax": ["error", ...houseSyntax],
    },
  },
  {
    // Tools ask for a default export in their own configuration.
    files: ["**/*.config.{ts,js}"],
    rules: { "no-restricted-syntax": "off" },
  },
);
