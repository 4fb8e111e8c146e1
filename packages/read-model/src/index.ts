export * from "./projection.ts";
export { openReadModel, type ReadModelOptions } from "./open.ts";
export { EventNotApplied } from "./batch.ts";
export { BadCursor, cursorAt } from "./cursor.ts";
export { everyRow } from "./every-row.ts";
export { foldProjection, verifyReadModel, type Difference, type FoldedRow } from "./fold.ts";
export { DEFAULT_PAGE, MAX_PAGE } from "./limits.ts";
