import type { Repository } from "./repository.ts";

/** A program that measures: a file right below a workspace's `bench/`. */
export interface Benchmark {
  /** The file's name without its ending; so it is called. */
  readonly name: string;
  readonly path: string;
  /** What it measures, by which goal: the first sentence of the file's comment. */
  readonly sentence: string;
  /** What may stand behind the name, as the comment's last line gives it; empty where nothing may. */
  readonly given: string;
}

const PATH = /^(?:packages|services|infra)\/[\w-]+\/bench\/([\w-]+)\.ts$/;
const COMMENT = /\/\*\*?\n([^]*?)\*\//;
const GIVEN = /`npm run bench -- [\w-]+ ?([^`]*)`/;

const commentOf = (text: string): string =>
  (COMMENT.exec(text)?.[1] ?? "")
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, "").trim())
    .join(" ")
    .trim();

const firstSentence = (comment: string): string => /^.*?\.(?= |$)/.exec(comment)?.[0] ?? "";

/** Every benchmark of the house, by name. */
export const benchmarksOf = ({ files }: Repository): readonly Benchmark[] =>
  files
    .flatMap(({ path, text }) => {
      const name = PATH.exec(path)?.[1];
      if (name === undefined) return [];
      const comment = commentOf(text);
      return [{ name, path, sentence: firstSentence(comment), given: GIVEN.exec(comment)?.[1] ?? "" }];
    })
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
