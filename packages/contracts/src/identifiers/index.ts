export * from "./script.ts";
export * from "./text-folding.ts";
export * from "./person-name.ts";
export * from "./passport.ts";
export * from "./phone.ts";
