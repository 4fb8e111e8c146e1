import type { ServiceDefinition } from "../service/define-service.ts";
import { serveUntilStopped } from "./serve-until-stopped.ts";
import { startProcess, type RunningProcess } from "./start-process.ts";

/** Starts services in this process, prints the ready line, and stops cleanly when asked to. @throws NotStarted */
export const serve = (options: {
  readonly services: readonly ServiceDefinition[];
  /** Who is ready, in the ready line. */
  readonly name: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly demo?: boolean;
  /** Runs once it is ready; its way to stop is called first. */
  readonly afterwards?: (running: RunningProcess) => Promise<() => Promise<void>>;
}): Promise<void> => {
  const { services, name, variables, demo = false, afterwards } = options;
  return serveUntilStopped({
    name,
    variables,
    async start(ground) {
      const running = await startProcess({ ...ground, services, demo });
      const stopFirst = await afterwards?.(running);
      return {
        address: running.address,
        async stop() {
          await stopFirst?.();
          await running.stop();
        },
      };
    },
  });
};
