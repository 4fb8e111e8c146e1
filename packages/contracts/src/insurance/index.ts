export * from "./policy.ts";
export * from "./benefit.ts";
export * from "./lifecycle.ts";
