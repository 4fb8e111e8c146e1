export * from "./duplicate-pair.ts";
export * from "./person.ts";
export * from "./candidate.ts";
export * from "./lifecycle.ts";
export * from "./person-details.ts";
export * from "./stops.ts";
