import type { EmployerRegistered, FactOfContract, PartnerContractSigned } from "@safar/contracts";

export type EmployerCommand =
  | { readonly type: "RegisterEmployer"; readonly employer: FactOfContract<typeof EmployerRegistered>["data"] }
  | { readonly type: "SignPartnerContract"; readonly contract: FactOfContract<typeof PartnerContractSigned>["data"] };
