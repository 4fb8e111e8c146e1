export * from "./departure.ts";
export * from "./clearance.ts";
export * from "./lifecycle.ts";
export * from "./travel-group.ts";
export * from "./travel-group-lifecycle.ts";
