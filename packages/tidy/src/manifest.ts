import { z } from "zod";
import type { Repository } from "./repository.ts";
import { fileAt } from "./text.ts";

const PackageJson = z.object({ scripts: z.record(z.string(), z.string()).default({}) });

/** The commands of the root's package.json, by name. */
export const scriptsOf = (repository: Repository): Readonly<Record<string, string>> =>
  PackageJson.parse(JSON.parse(fileAt(repository, "package.json")?.text ?? "{}")).scripts;
