/** Frames that are told: enough to see which line of ours it was. */
const MAX_FRAMES = 5;

/** An error without its message, which might quote a person: its kind, and where in the code it was thrown. */
export const whereItFailed = (error: unknown): { readonly kind: string; readonly at: readonly string[] } => {
  if (!(error instanceof Error)) return { kind: typeof error, at: [] };
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return { kind: error.name, at: frames.slice(0, MAX_FRAMES).map((frame) => frame.trim()) };
};
