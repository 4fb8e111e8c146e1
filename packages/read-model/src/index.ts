export * from "./projection.ts";
