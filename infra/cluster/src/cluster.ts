import { flushCompileCache } from "node:module";
import { keepCompiled } from "@safar/single-node/compile-cache";

keepCompiled();
await import("./cluster-command.ts");
flushCompileCache();
