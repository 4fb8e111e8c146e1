import type { Rule } from "./repository.ts";
import { decisions } from "./rules/decisions.ts";
import { commandsLead, documentedCommands } from "./rules/documented-commands.ts";
import { links } from "./rules/links.ts";
import { namedFiles } from "./rules/named-files.ts";
import { namedLimits } from "./rules/named-limits.ts";
import { noBanners } from "./rules/no-banners.ts";
import { noBlinding } from "./rules/no-blinding.ts";
import { lockInStep } from "./rules/lock-in-step.ts";
import { lockWithoutPlaces, noPlaces } from "./rules/no-places.ts";
import { everyTestRuns, nothingUnfinished } from "./rules/nothing-unfinished.ts";
import { readmes } from "./rules/readmes.ts";
import { rooms } from "./rules/rooms.ts";
import { shortFiles } from "./rules/short-files.ts";
import { watchedMetrics } from "./rules/watched-metrics.ts";

/** What a machine can tell of docs/style.md from the files alone; the rest is lint's, the layering's and the reader's. */
export const RULES = {
  shortFiles,
  nothingUnfinished,
  everyTestRuns,
  noBlinding,
  noBanners,
  namedLimits,
  noPlaces,
  lockWithoutPlaces,
  lockInStep,
  readmes,
  rooms,
  links,
  namedFiles,
  watchedMetrics,
  documentedCommands,
  commandsLead,
  decisions,
} as const satisfies Record<string, Rule>;

export type RuleName = keyof typeof RULES;
