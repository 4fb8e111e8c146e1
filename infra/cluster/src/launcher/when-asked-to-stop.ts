import type { Environment } from "@safar/kernel";

/** One Ctrl-C comes twice, from the terminal and from npm: only what comes later is a second one. */
const SAME_WISH_MS = 500;
/** How often it is looked whether npm still stands there. */
const LOOK_AT_NPM_MS = 1_000;

/** Signals that the command is to stop, and then that it is to wait no longer. */
export const whenAskedToStop = ({ clock, timers }: Environment, tell: (line: string) => void) => {
  const stopping = new AbortController();
  const killing = new AbortController();
  const asked = Promise.withResolvers<undefined>();
  let since: number | undefined;
  const ask = (): void => {
    if (since === undefined) {
      since = clock.monotonic();
      tell("stopping; Ctrl-C once more kills what does not stop");
      stopping.abort(new Error("stopped before it was ready"));
      asked.resolve(undefined);
    } else if (clock.monotonic() - since > SAME_WISH_MS) killing.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, ask);
  // npm waits for what it started; where it is gone it was killed, and nobody would know of this process any more.
  const { ppid } = process;
  const watchNpm = (): void => {
    if (since !== undefined) return;
    if (process.ppid !== ppid) return void ask();
    timers.after(LOOK_AT_NPM_MS, watchNpm);
  };
  if (process.env["npm_lifecycle_event"] !== undefined) watchNpm();
  return { stopping: stopping.signal, killing: killing.signal, asked: asked.promise };
};
