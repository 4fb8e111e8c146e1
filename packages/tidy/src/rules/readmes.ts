import type { Repository, Rule } from "../repository.ts";
import { aboutFile, fileAt } from "../text.ts";

/** Folders of packages and infra with more than the empty index that opens them. */
const workspacesWithCode = ({ files }: Repository): readonly string[] => {
  const sources = files.flatMap(({ path, text }) => {
    const folder = /^((packages|infra)\/[^/]+)\/src\//.exec(path)?.[1];
    return folder === undefined || text.trim() === "export {};" ? [] : [folder];
  });
  return [...new Set(sources)];
};

/** Services are looked at by the rule about their rooms. */
export const readmes: Rule = {
  sentence: "every package says in a README what it is for",
  check: (repository) =>
    workspacesWithCode(repository)
      .filter((folder) => (fileAt(repository, `${folder}/README.md`)?.text.trim().length ?? 0) === 0)
      .map((folder) => aboutFile(folder, "write README.md: what it is for, what it offers, where to begin")),
};
