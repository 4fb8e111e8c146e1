import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { drifted, generatedPages } from "./generated-docs.ts";
import { readRepository } from "./repository.ts";
import { loadServices } from "./services.ts";

// `npm run docs`: writes what is made from code. The tidy tests fail where it was forgotten.

const ROOT = join(import.meta.dirname, "../../..");
const repository = readRepository(ROOT);
const pages = generatedPages(await loadServices(ROOT));

for (const { path } of drifted(repository, pages)) {
  const page = pages[path];
  if (page === undefined) continue;
  mkdirSync(dirname(join(ROOT, path)), { recursive: true });
  writeFileSync(join(ROOT, path), page(repository));
  console.log(`wrote ${path}`);
}
