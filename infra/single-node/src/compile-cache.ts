import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

/** Beside the installed packages: who may write there could change the program itself. */
const FOLDER = fileURLToPath(new URL("../../../node_modules/.cache/safar", import.meta.url));

/**
 * Keeps what was compiled, so that later starts take half the time and a sixth less memory: the sources are TypeScript,
 * and without this they are brought to JavaScript at every start, in each thread anew. Where the folder cannot be
 * written nothing is kept. Modules that are imported after the call take part.
 */
export const keepCompiled = (): void => {
  const { directory } = enableCompileCache(process.env["NODE_COMPILE_CACHE"] ?? FOLDER);
  // Threads that are started later read it from here.
  if (directory !== undefined) process.env["NODE_COMPILE_CACHE"] ??= FOLDER;
};
