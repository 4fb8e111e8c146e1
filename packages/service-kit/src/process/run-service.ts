import { notToBeShared } from "../adapters/combinations.ts";
import type { ServiceDefinition } from "../service/define-service.ts";
import { readSettings } from "../settings.ts";
import { serve } from "./serve.ts";
import { NotStarted } from "./serve-until-stopped.ts";

/** Not done; the reason is on standard error (interface.md, Commands). */
const NOT_DONE = 1;

/** Runs one service as a process of its own: what its `src/main.ts` calls. */
export const runService = async (definition: ServiceDefinition): Promise<void> => {
  const { name } = definition;
  try {
    const hindrance = notToBeShared(name, readSettings(process.env).settings);
    if (hindrance !== undefined) throw new NotStarted(hindrance);
    await serve({ services: [definition], name, variables: process.env });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(NOT_DONE);
  }
};
