import { z } from "zod";

const nothing = [] as const;
const answer = z
  .object({
    status: z.string().optional().catch(undefined),
    log: z.boolean().optional().catch(undefined),
    vault: z.boolean().optional().catch(undefined),
    files: z.boolean().optional().catch(undefined),
    waiting: z.array(z.string()).readonly().catch(nothing),
    unwritable: z
      .array(z.object({ part: z.string(), reason: z.string() }))
      .readonly()
      .catch(nothing),
    reactions: z.array(z.string()).readonly().catch(nothing),
  })
  .catch({
    status: undefined,
    log: undefined,
    vault: undefined,
    files: undefined,
    waiting: nothing,
    unwritable: nothing,
    reactions: nothing,
  });

/** What is not well with a process, in its own words; of what is well nothing stands here. */
export interface Trouble {
  readonly status: "degraded" | "not-ready" | "silent" | "away";
  /** The log does not answer it. */
  readonly log?: false;
  /** Keys of persons do not answer it. */
  readonly vault?: false;
  /** Uploaded files do not. */
  readonly files?: false;
  /** Whose tables have not caught up. */
  readonly waiting?: readonly string[];
  readonly unwritable?: readonly { readonly part: string; readonly reason: string }[];
  /** Why its reactions stand still. */
  readonly reactions?: readonly string[];
  /** Of the relay: what it does not do. */
  readonly relay?: string;
}

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

/** Reads what a service says of its readiness; one of another release may say less. Undefined: all is well. */
export const troubleIn = (isReady: boolean, body: string): Trouble | undefined => {
  const { status, log, vault, files, waiting, unwritable, reactions } = answer.parse(parsed(body));
  if (isReady && status !== "degraded") return undefined;
  return {
    status: isReady ? "degraded" : "not-ready",
    ...(log === false && { log }),
    ...(vault === false && { vault }),
    ...(files === false && { files }),
    ...(waiting.length > 0 && { waiting }),
    ...(unwritable.length > 0 && { unwritable }),
    ...(reactions.length > 0 && { reactions }),
  };
};
