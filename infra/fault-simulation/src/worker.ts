import { runJob, type Job } from "./run.ts";

/** Runs one seed after the other for whoever started it, and ends with it. */
process.on("message", (job) => {
  runJob(job as Job).then(
    (result) => process.send?.(result),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      process.exitCode = 1;
      process.disconnect();
    },
  );
});
