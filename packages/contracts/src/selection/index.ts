export * from "./terms.ts";
export * from "./employer.ts";
export * from "./vacancy.ts";
export * from "./application.ts";
export * from "./candidacy.ts";
export * from "./lifecycle.ts";
