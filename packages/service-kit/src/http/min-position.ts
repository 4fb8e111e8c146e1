import type { ReadModel } from "@safar/read-model";
import { ProblemError } from "./problem.ts";

/** How long a read waits for a write of its own (architecture.md). */
const MAX_WAIT_MS = 2_000;

/** Waits until the read model has applied `?minPosition=`. @throws ProblemError not-caught-up */
export const awaitPosition = async (readModel: ReadModel, minPosition: string | undefined): Promise<void> => {
  if (minPosition === undefined) return;
  if (!/^\d{1,19}$/.test(minPosition))
    throw new ProblemError("invalid-request", {
      errors: [{ pointer: "/minPosition", code: "wrong-format", params: { format: "digits" } }],
    });
  const position = BigInt(minPosition);
  if (readModel.position() >= position) return;
  if (!(await readModel.waitFor(position, MAX_WAIT_MS))) throw new ProblemError("not-caught-up", { retryAfter: 1 });
};
