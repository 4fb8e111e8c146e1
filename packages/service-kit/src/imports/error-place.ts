/** Frames of a stack that lead to the place; the rest is the way to it. */
const FRAMES = 6;

/** What an error is and where it arose, for the log: without its message, which may hold what a row says. */
export const placeOfError = (error: unknown): { readonly error: string; readonly at: readonly string[] } => {
  if (!(error instanceof Error)) return { error: typeof error, at: [] };
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return { error: error.name, at: frames.slice(0, FRAMES).map((line) => line.trim()) };
};
