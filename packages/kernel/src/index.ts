export * from "./decider.ts";
export * from "./environment.ts";
export * from "./ids.ts";
export * from "./money.ts";
export * from "./calendar.ts";
