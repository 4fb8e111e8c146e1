import { z } from "zod";
import type { Finding, Repository, RepositoryFile, Rule } from "../repository.ts";
import { fileAt, markdownOf } from "../text.ts";

const PackageJson = z.object({ scripts: z.record(z.string(), z.string()).default({}) });

/** `npm run -s NAME`, `npm start`, `npm test`; what is run in a workspace (-w) is that workspace's own matter. */
const COMMAND =
  /\bnpm (?:(?:run|run-script) (?:-s |--silent )?([a-z][\w:-]*)|(start|test)\b)(?! (?:-w|--workspace)\b)/g;

const scriptsOf = (repository: Repository): readonly string[] =>
  Object.keys(PackageJson.parse(JSON.parse(fileAt(repository, "package.json")?.text ?? "{}")).scripts);

const unknownCommands = (scripts: readonly string[], file: RepositoryFile): readonly Finding[] =>
  file.text.split("\n").flatMap((line, index) =>
    [...line.matchAll(COMMAND)].flatMap(([, run, short]) => {
      const name = run ?? short ?? "";
      if (scripts.includes(name)) return [];
      return [{ path: file.path, line: index + 1, message: `package.json has no script ${name}` }];
    }),
  );

export const documentedCommands: Rule = {
  sentence: "every command that the docs name exists",
  check: (repository) => {
    const scripts = scriptsOf(repository);
    return markdownOf(repository).flatMap((file) => unknownCommands(scripts, file));
  },
};
