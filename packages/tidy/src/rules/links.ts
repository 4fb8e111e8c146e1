import { posix } from "node:path";
import type { Finding, Repository, RepositoryFile, Rule } from "../repository.ts";
import { fileAt, markdownOf } from "../text.ts";

const LINK = /\[[^\]]*\]\(([^()\s]+)(?:\s+"[^"]*")?\)/g;
const ELSEWHERE = /^[a-z][a-z+.-]*:/i;

/** The anchor that a heading gets: lower case, punctuation gone, a dash for each space. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replace(/\s/g, "-");

const anchorsOf = (file: RepositoryFile): readonly string[] =>
  [...file.text.matchAll(/^#+\s+(.+)$/gm)].map(([, heading]) => anchorOf(heading ?? ""));

const problemOf = (repository: Repository, from: string, target: string): string | undefined => {
  if (ELSEWHERE.test(target)) return undefined;
  const [path = "", anchor] = target.split("#");
  const resolved = path === "" ? from : posix.normalize(posix.join(posix.dirname(from), decodeURI(path)));
  const file = fileAt(repository, resolved);
  const folder = resolved.replace(/\/$/, "");
  const exists = file !== undefined || repository.files.some((other) => other.path.startsWith(`${folder}/`));
  if (!exists) return `${target} leads nowhere`;
  if (anchor !== undefined && file !== undefined && !anchorsOf(file).includes(anchor)) return `no heading #${anchor}`;
  return undefined;
};

const brokenLinks = (repository: Repository, file: RepositoryFile): readonly Finding[] =>
  file.text.split("\n").flatMap((line, index) =>
    [...line.matchAll(LINK)].flatMap(([, target]) => {
      const message = problemOf(repository, file.path, target ?? "");
      return message === undefined ? [] : [{ path: file.path, line: index + 1, message }];
    }),
  );

export const links: Rule = {
  sentence: "every link in the docs leads somewhere",
  check: (repository) => markdownOf(repository).flatMap((file) => brokenLinks(repository, file)),
};
