export * from "./projection.ts";
export { openReadModel, type ReadModelOptions } from "./open.ts";
export { EventNotApplied } from "./batch.ts";
export { BadCursor } from "./cursor.ts";
export { foldProjection, verifyReadModel, type Difference, type FoldedRow } from "./fold.ts";
export { DEFAULT_PAGE, MAX_PAGE } from "./limits.ts";
