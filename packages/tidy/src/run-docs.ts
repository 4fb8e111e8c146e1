import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { drifted, GENERATED } from "./generated-docs.ts";
import { readRepository } from "./repository.ts";

// `npm run docs`: writes the pages that are made from code. The tidy tests fail where one was forgotten.

const ROOT = join(import.meta.dirname, "../../..");
const repository = readRepository(ROOT);

for (const { path } of drifted(repository, GENERATED)) {
  const page = GENERATED[path];
  if (page === undefined) continue;
  mkdirSync(dirname(join(ROOT, path)), { recursive: true });
  writeFileSync(join(ROOT, path), page(repository));
  console.log(`wrote ${path}`);
}
