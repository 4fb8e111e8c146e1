import { EmployerRegistered, employerContracts, isFactOf, streamIdOf } from "@safar/contracts";
import type { Projection } from "@safar/read-model";
import { partnerKey } from "../domain/vacancy/vacancy-key.ts";

export interface EmployerNameRow {
  readonly employerId: string;
}

/** Which employer bears a name, folded: the first that was registered under it. Lists know partners by name alone. */
export const employerNames: Projection<EmployerNameRow> = {
  name: "employerNames",
  version: 1,
  categories: [employerContracts.category],
  keysOf: (event) =>
    isFactOf(employerContracts, event) && event.type === EmployerRegistered.type ? [partnerKey(event.data.name)] : [],
  project: (row, event) => row ?? { employerId: streamIdOf(event.stream) },
};
