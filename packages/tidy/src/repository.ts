import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";

/** One file of the repository: its path from the root, with slashes, and its text (empty where it is no text). */
export interface RepositoryFile {
  readonly path: string;
  readonly text: string;
}

/** What the rules look at: the repository's own files, as they are on disk or as a test makes them up. */
export interface Repository {
  readonly files: readonly RepositoryFile[];
}

/** One breach of a rule. `line` counts from 1; 0 is the file as a whole. */
export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

export interface Rule {
  /** The rule, as a sentence that is true of a tidy repository. */
  readonly sentence: string;
  readonly check: (repository: Repository) => readonly Finding[];
}

/** What .gitignore names, and git's own folder: not ours, or made by a command. */
const NOT_OURS = new Set(["node_modules", ".git", ".tap", ".turbo", "dist"]);
const MADE_AT_ROOT = new Set(["data"]);
const TEXT_WITHOUT_ENDING = new Set([".gitignore", ".npmrc", ".taprc", ".editorconfig", ".prettierignore", "run"]);
const TEXT_ENDING = /\.(ts|tsx|js|cjs|mjs|json|md|sh|yaml|yml|css|html|csv|conf|sql|proto|txt|svg)$/;

export const readRepository = (root: string): Repository => ({
  files: pathsBelow(root, "").map((path) => ({
    path,
    text: isText(path) ? readFileSync(join(root, path), "utf8") : "",
  })),
});

const isText = (path: string): boolean => TEXT_ENDING.test(path) || TEXT_WITHOUT_ENDING.has(posix.basename(path));

const pathsBelow = (root: string, folder: string): readonly string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (NOT_OURS.has(entry.name) || (folder === "" && MADE_AT_ROOT.has(entry.name))) return [];
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) return pathsBelow(root, path);
    return entry.isFile() && !entry.name.endsWith(".log") ? [path] : [];
  });
