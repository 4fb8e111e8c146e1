export * from "./rows.ts";
export * from "./import.ts";
