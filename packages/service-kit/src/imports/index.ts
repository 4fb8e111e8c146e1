export * from "./kind.ts";
export { CELL_SENTENCES } from "./cell-sentences.ts";
export { importDoors } from "./doors.ts";
export { importsTable, isOfRunningImport, IMPORT_CHANNEL, type ImportRow } from "./imports-table.ts";
export { Contended } from "./retry.ts";
