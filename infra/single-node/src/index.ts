export { services } from "./services.ts";
export { complain, NotDone, runCommand, say, WrongUsage } from "./command-line.ts";
export { localTokens } from "./local-tokens.ts";
export { progressBar } from "./progress.ts";
