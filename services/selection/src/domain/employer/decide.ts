import type { employerContracts, FactOf } from "@safar/contracts";
import { accept, refuse, type Decision, type RefusalOf } from "@safar/kernel";
import type { EmployerCommand } from "./commands.ts";
import type { EmployerState } from "./state.ts";

export type EmployerRefusal = RefusalOf<"already-done" | "employer-not-registered">;

export const decideEmployer = (
  state: EmployerState,
  command: EmployerCommand,
): Decision<FactOf<typeof employerContracts>, EmployerRefusal> => {
  switch (command.type) {
    case "RegisterEmployer":
      if (state.name !== undefined) return refuse("already-done");
      return accept({ type: "EmployerRegistered", data: command.employer });
    case "SignPartnerContract": {
      if (state.name === undefined) return refuse("employer-not-registered");
      const { kind, number } = command.contract;
      if (state.contracts.some((contract) => contract.kind === kind && contract.number === number))
        return refuse("already-done");
      return accept({ type: "PartnerContractSigned", data: command.contract });
    }
  }
};
