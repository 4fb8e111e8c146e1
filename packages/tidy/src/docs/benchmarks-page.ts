import { benchmarksOf } from "../benchmarks.ts";
import type { Repository } from "../repository.ts";
import { code, table } from "./markdown.ts";

/** docs/reference/benchmarks.md: what can be measured here. Figures themselves belong to a machine and a day. */
export const benchmarksPage = (repository: Repository): string =>
  [
    "# Benchmarks",
    "",
    "Programs that measure, each in a process of its own on a temporary folder. `npm run -s bench` runs all of them, one after another. This page is made from the code by `npm run docs`.",
    "",
    ...table(
      ["command", "what it measures"],
      benchmarksOf(repository).map(({ name, given, sentence }) => [
        code(`npm run -s bench -- ${name} ${given}`.trimEnd()),
        sentence,
      ]),
    ),
    "",
    "Machines differ and are shared. What counts is therefore the ratio against a peer or a floor that is measured in the same run, round by round in turn, and the median of at least five rounds. Timings are never asserted in a test.",
    "",
  ].join("\n");
