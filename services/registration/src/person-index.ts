import type { ClearPersonDetails } from "@safar/contracts";
import type { CommandEdge } from "@safar/service-kit";
import { KeyDestroyed } from "@safar/vault";
import { registrationCase } from "./aggregates.ts";
import type { Candidate } from "./domain/candidate-fields.ts";
import type { CaseState } from "./domain/case/state.ts";

type Indexed = Pick<Candidate, "passport" | "phone" | "surname" | "givenName" | "patronymic" | "birthDate">;

/**
 * Puts a person's numbers and names into the vault's index, once the log has them: repeated safely, and of an erased
 * person nothing is put there.
 */
export const indexPerson = async (
  { vault }: Pick<CommandEdge, "vault">,
  personId: string,
  { passport, phone, surname, givenName, patronymic, birthDate }: Indexed,
): Promise<void> => {
  const names = { surname, givenName, ...(patronymic === undefined ? {} : { patronymic }) };
  try {
    await vault.indexPerson(personId, { passport, phone, ...names, birthDate });
  } catch (error) {
    if (!(error instanceof KeyDestroyed)) throw error;
  }
};

/**
 * Brings the index to what the log says of a case's person. Others do so too: whoever was overtaken by a correction,
 * and may have written after it, writes once more.
 * @returns what the log says; undefined: nothing, or the person was erased
 */
export const indexFromLog = async (
  edge: Pick<CommandEdge, "vault" | "load" | "personOf">,
  caseId: string,
): Promise<ClearPersonDetails | undefined> => {
  const load = () => edge.load<CaseState>(registrationCase, caseId);
  const lastChange = async () => (await load()).state.detailsEventIds.at(-1);
  for (;;) {
    const change = await lastChange();
    const details = await edge.personOf(caseId);
    const { personId } = (await load()).header;
    if (!details || personId === undefined) return undefined;
    await indexPerson(edge, personId, details);
    if ((await lastChange()) === change) return details;
  }
};
