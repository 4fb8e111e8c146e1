import { flushCompileCache } from "node:module";
import { keepCompiled } from "./compile-cache.ts";

keepCompiled();
await import("./demo-system.ts");
flushCompileCache();
