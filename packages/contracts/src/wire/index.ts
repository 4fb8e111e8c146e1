export * from "./event.ts";
export * from "./sealed-values.ts";
