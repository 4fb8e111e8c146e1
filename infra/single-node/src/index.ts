export { services } from "./services.ts";
export { localTokens } from "./local-tokens.ts";
export { progressBar } from "./progress.ts";
