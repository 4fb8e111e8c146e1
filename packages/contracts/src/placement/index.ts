export * from "./reports.ts";
export * from "./placement.ts";
export * from "./lifecycle.ts";
