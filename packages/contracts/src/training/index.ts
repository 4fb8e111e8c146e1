export * from "./course.ts";
export * from "./course-lifecycle.ts";
export * from "./training.ts";
export * from "./lifecycle.ts";
export * from "./requirement.ts";
