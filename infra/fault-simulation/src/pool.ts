import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { RunResult } from "@safar/testing/simulation";
import type { Job } from "./run.ts";

const WORKER = fileURLToPath(new URL("worker.ts", import.meta.url));

/** Runs of different seeds have nothing in common, so each core works on its own. */
export interface Pool {
  run(job: Job): Promise<RunResult>;
  close(): void;
}

interface Waiting {
  readonly job: Job;
  readonly resolve: (result: RunResult) => void;
  readonly reject: (error: Error) => void;
}

export const createPool = (size: number): Pool => {
  const waiting: Waiting[] = [];
  const idle: ChildProcess[] = [];
  const busy = new Map<ChildProcess, Waiting>();

  const dispatch = (): void => {
    for (let next = waiting[0]; next && idle.length > 0; next = waiting[0]) {
      const worker = idle.pop();
      waiting.shift();
      if (!worker) return;
      busy.set(worker, next);
      worker.send(next.job);
    }
  };
  const start = (): ChildProcess => {
    const worker = fork(WORKER, { stdio: "inherit" });
    worker.on("message", (result) => {
      busy.get(worker)?.resolve(result as RunResult);
      busy.delete(worker);
      idle.push(worker);
      dispatch();
    });
    worker.on("exit", (code) => busy.get(worker)?.reject(new Error(`a worker ended with ${String(code)}`)));
    return worker;
  };
  const workers = Array.from({ length: size }, start);
  idle.push(...workers);

  return {
    run: (job) =>
      new Promise((resolve, reject) => {
        waiting.push({ job, resolve, reject });
        dispatch();
      }),
    close() {
      for (const worker of workers) worker.disconnect();
    },
  };
};
