export * from "./limits.ts";
export * from "./faults.ts";
export * from "./read-list.ts";
export * from "./write-list.ts";
