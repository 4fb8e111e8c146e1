import type { Finding, Repository, Rule } from "../repository.ts";
import { aboutFile } from "../text.ts";

/** The seven decide. The situation centre and audit only read, so they have fewer rooms. */
const READERS = ["situation-center", "audit"];

const FIRST_FILES = ["README.md", "src/service.ts"];
/** Needed of every service as soon as one has it: either each can be run alone, or none. */
const ALL_OR_NONE = "src/main.ts";
const ROOMS_OF_THE_SEVEN = ["src/domain/", "src/http/", "test/"];
const FILES_OF_AN_AGGREGATE = ["commands.ts", "state.ts", "decide.ts"];
const TESTS_OF_THE_SEVEN = ["decide", "laws", "commands", "access"];
/** The rooms there are; what several of them share lies beside service.ts. A list that is taken in is `imports/`. */
const KNOWN_IN_SRC = /^([a-z-]+\.ts|(domain|http|reactions|projections|live|imports)\/.+)$/;

const pathsOf = ({ files }: Repository, folder: string): readonly string[] =>
  files.filter(({ path }) => path.startsWith(folder)).map(({ path }) => path.slice(folder.length));

/** Services under way: from the day that src/service.ts says what is in them. */
const services = ({ files }: Repository): readonly string[] =>
  files.flatMap(({ path }) => /^services\/([^/]+)\/src\/service\.ts$/.exec(path)?.[1] ?? []);

const missingRooms = (folder: string, paths: readonly string[], needed: readonly string[]): readonly Finding[] =>
  needed
    .filter((room) => !paths.some((path) => (room.endsWith("/") ? path.startsWith(room) : path === room)))
    .map((room) => aboutFile(folder, `lacks ${room}`));

const missingTests = (folder: string, paths: readonly string[]): readonly Finding[] =>
  TESTS_OF_THE_SEVEN.filter((name) => !paths.some((path) => new RegExp(`^test/(.*[/.-])?${name}\\b`).test(path))).map(
    (name) => aboutFile(folder, `lacks test/${name}.test.ts`),
  );

/** domain/ itself, or each folder in it, is one aggregate. */
const brokenAggregates = (folder: string, paths: readonly string[]): readonly Finding[] => {
  const aggregates = new Set(paths.flatMap((path) => /^src\/domain\/(?:[^/]+\/)?(?=[^/]+$)/.exec(path)?.[0] ?? []));
  if (aggregates.size > 1) aggregates.delete("src/domain/");
  return [...aggregates].flatMap((aggregate) =>
    FILES_OF_AN_AGGREGATE.filter((file) => !paths.includes(`${aggregate}${file}`)).map((file) =>
      aboutFile(folder, `lacks ${aggregate}${file}`),
    ),
  );
};

const unknownRooms = (folder: string, paths: readonly string[]): readonly Finding[] =>
  paths
    .filter((path) => path.startsWith("src/") && !KNOWN_IN_SRC.test(path.slice("src/".length)))
    .map((path) => aboutFile(`${folder}${path}`, "is in no room of a service: see CONTRIBUTING.md"));

const roomsOf = (repository: Repository, service: string): readonly Finding[] => {
  const folder = `services/${service}/`;
  const paths = pathsOf(repository, folder);
  if (READERS.includes(service)) return missingRooms(folder, paths, FIRST_FILES);
  return [
    ...missingRooms(folder, paths, [...FIRST_FILES, ...ROOMS_OF_THE_SEVEN]),
    ...missingTests(folder, paths),
    ...brokenAggregates(folder, paths),
    ...unknownRooms(folder, paths),
  ];
};

const cannotRunAlone = (repository: Repository): readonly Finding[] => {
  const folders = services(repository).map((service) => `services/${service}/`);
  const without = folders.filter((folder) => !pathsOf(repository, folder).includes(ALL_OR_NONE));
  return without.length === folders.length ? [] : without.map((folder) => aboutFile(folder, `lacks ${ALL_OR_NONE}`));
};

export const rooms: Rule = {
  sentence: "every service has the same rooms",
  check: (repository) => [
    ...services(repository).flatMap((service) => roomsOf(repository, service)),
    ...cannotRunAlone(repository),
  ],
};
