export * from "./policy.ts";
export * from "./subsidy-year.ts";
export * from "./benefit.ts";
export * from "./lifecycle.ts";
