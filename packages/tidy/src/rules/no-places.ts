import type { Rule } from "../repository.ts";
import { linesThatMatch } from "../text.ts";

/** Paths of one machine. What runs in a container says its own paths in yaml, which is not looked at here. */
const MACHINE = /(?<![\w.~-])\/(work|root|home|Users|tmp|var\/folders)\/\w/;
const REGISTRY = /\b(registry\.npmjs\.org|registry\.yarnpkg\.com|npm\.pkg\.github\.com|registry\.npmmirror\.com)\b/;
const LOCK = "package-lock.json";

const looksAt = (path: string): boolean =>
  /\.(ts|tsx|js|cjs|json|md|sh|css|html)$|(^|\/)\.[^/]+$|^\.ci\//.test(path) && !path.startsWith("packages/tidy/");

export const noPlaces: Rule = {
  sentence: "no file names a place on one machine or a package registry",
  check: ({ files }) =>
    files
      .filter(({ path }) => looksAt(path) && path !== LOCK)
      .flatMap((file) => [
        ...linesThatMatch(file, MACHINE, "a path of one machine"),
        ...linesThatMatch(file, REGISTRY, "the registry is the reader's own setting"),
      ]),
};

export const lockWithoutPlaces: Rule = {
  sentence: "the lock file pins contents, not addresses",
  check: ({ files }) =>
    files
      .filter(({ path }) => path === LOCK)
      .flatMap((file) =>
        linesThatMatch(file, /"resolved":\s*"https?:/, "run npm install with the repository's .npmrc"),
      ),
};
