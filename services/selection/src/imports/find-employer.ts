import { deriveUuid, SAFAR_NAMESPACE } from "@safar/kernel";
import { Contended, type ImportRun } from "@safar/service-kit";
import { employer } from "../aggregates.ts";
import type { EmployerCommand } from "../domain/employer/commands.ts";
import { employerNames } from "../projections/employer-names.ts";
import { partnerKey } from "../domain/vacancy/vacancy-key.ts";

/** How long a list waits for the table of names to know every employer registered before it came. */
const NAMES_WAIT_MS = 10_000;

/** The employer of a partner's folded name, where no one has registered it otherwise: the same in every list. */
const employerIdOf = (partner: string): string => deriveUuid(SAFAR_NAMESPACE, "employer", partnerKey(partner));

/** Finds the partner's employer by its folded name, or registers it. */
export const createEmployerFinder = (run: ImportRun) => {
  const { executor, store } = run.kit;
  let namesAreKnown = false;

  const registeredAs = async (partner: string): Promise<string | undefined> => {
    const own = employerIdOf(partner);
    if ((await executor.load(employer, own)).exists) return own;
    if (!namesAreKnown) namesAreKnown = await run.readModel.waitFor(await store.head(), NAMES_WAIT_MS);
    if (!namesAreKnown) throw new Contended("the table of employers' names is behind");
    return run.readModel.table(employerNames).get(partnerKey(partner))?.employerId;
  };

  return async (partner: string, transactionId: string): Promise<string> => {
    const known = await registeredAs(partner);
    if (known !== undefined) return known;
    const employerId = employerIdOf(partner);
    const command: EmployerCommand = {
      type: "RegisterEmployer",
      employer: { name: partner, importId: run.importId },
    };
    const outcome = await executor.execute({
      aggregate: employer,
      id: employerId,
      command,
      transactionId,
      context: run.context(),
      header: { unit: employerId },
    });
    // Refused: another row of the same partner was faster.
    if (outcome.kind === "recorded" || outcome.kind === "refused") return employerId;
    throw new Contended("others register the same employer");
  };
};
export type FindEmployer = ReturnType<typeof createEmployerFinder>;
