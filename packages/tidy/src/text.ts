import type { Finding, Repository, RepositoryFile } from "./repository.ts";

const CODE = /\.(ts|tsx|js|cjs|mjs|sh|css)$/;
const TEST = /\/(test|bench)\//;

/** The rules' own sources name what they forbid. */
const RULES = "packages/tidy/";

export const isTest = (file: RepositoryFile): boolean => TEST.test(file.path);

export const typescriptOf = ({ files }: Repository): readonly RepositoryFile[] =>
  files.filter(({ path }) => /\.tsx?$/.test(path) && !path.startsWith(RULES));

export const codeOf = ({ files }: Repository): readonly RepositoryFile[] =>
  files.filter(({ path }) => CODE.test(path) && !path.startsWith(RULES));

export const markdownOf = ({ files }: Repository): readonly RepositoryFile[] =>
  files.filter(({ path }) => path.endsWith(".md"));

export const fileAt = ({ files }: Repository, path: string): RepositoryFile | undefined =>
  files.find((file) => file.path === path);

/** A finding for every line that matches. */
export const linesThatMatch = (file: RepositoryFile, pattern: RegExp, message: string): readonly Finding[] =>
  file.text
    .split("\n")
    .flatMap((text, index) => (pattern.test(text) ? [{ path: file.path, line: index + 1, message }] : []));

export const aboutFile = (path: string, message: string): Finding => ({ path, line: 0, message });
