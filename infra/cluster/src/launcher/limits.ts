/** Services cut a stop off after 15 s; then nothing is waited for any more. */
export const STOP_LIMIT_MS = 20_000;
/** A process that was killed is gone within milliseconds; one that the kernel holds is not waited for. */
export const KILL_LIMIT_MS = 5_000;
/** The kernel closes the pipe of a process that ends shortly before the process is gone. */
export const LAUNCHER_ENDS_MS = 30_000;
