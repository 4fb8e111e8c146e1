export * from "./checklist.ts";
export * from "./documents.ts";
export * from "./medical.ts";
export * from "./visa.ts";
export * from "./dossier.ts";
export * from "./lifecycle.ts";
export * from "./submission.ts";
export * from "./submission-lifecycle.ts";
