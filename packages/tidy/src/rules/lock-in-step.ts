import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { Finding, Repository, Rule } from "../repository.ts";
import { aboutFile, fileAt } from "../text.ts";

const Dependencies = z.record(z.string(), z.string()).default({});
const Manifest = z.object({ dependencies: Dependencies, devDependencies: Dependencies });
const Lock = z.object({ packages: z.record(z.string(), z.unknown()) });

const LOCK = "package-lock.json";
const WORKSPACE = /^(?:((?:packages|services|infra)\/[^/]+)\/)?package\.json$/;

/** `npm ci` refuses a lock file that a package.json has left behind; it does so only on the next machine. */
const outOfStep = (repository: Repository, locked: Readonly<Record<string, unknown>>): readonly Finding[] =>
  repository.files.flatMap(({ path, text }) => {
    const match = WORKSPACE.exec(path);
    if (!match) return [];
    const inManifest = Manifest.parse(JSON.parse(text));
    const inLock = Manifest.safeParse(locked[match[1] ?? ""]);
    return inLock.success && isDeepStrictEqual(inLock.data, inManifest)
      ? []
      : [aboutFile(path, `names other dependencies than ${LOCK}: run npm install`)];
  });

export const lockInStep: Rule = {
  sentence: "the lock file knows every dependency",
  check: (repository) => {
    const lock = fileAt(repository, LOCK);
    return lock === undefined ? [] : outOfStep(repository, Lock.parse(JSON.parse(lock.text)).packages);
  },
};
