export * from "./regions.ts";
export * from "./corridors.ts";
export * from "./duration.ts";
export * from "./deadlines.ts";
export * from "./holidays.ts";
export * from "./money.ts";
