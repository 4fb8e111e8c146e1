import { scriptsOf } from "../manifest.ts";
import type { Finding, RepositoryFile, Rule } from "../repository.ts";
import { aboutFile, fileAt, markdownOf } from "../text.ts";

/** `npm run -s NAME`, `npm start`, `npm test`; what is run in a workspace (-w) is that workspace's own matter. */
const COMMAND =
  /\bnpm (?:(?:run|run-script) (?:-s |--silent )?([a-z][\w:-]*)|(start|test)\b)(?! (?:-w|--workspace)\b)/g;
const PROGRAM = /\b(?:node|bash) ([\w./-]+\.(?:ts|js|sh))\b/g;

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
    const scripts = Object.keys(scriptsOf(repository));
    return markdownOf(repository).flatMap((file) => unknownCommands(scripts, file));
  },
};

export const commandsLead: Rule = {
  sentence: "every command leads to a program that exists",
  check: (repository) =>
    Object.entries(scriptsOf(repository)).flatMap(([name, script]) =>
      [...script.matchAll(PROGRAM)]
        .filter(([, path]) => path !== undefined && fileAt(repository, path) === undefined)
        .map(([, path]) => aboutFile("package.json", `${name} leads to ${path ?? ""}, which is not there`)),
    ),
};
