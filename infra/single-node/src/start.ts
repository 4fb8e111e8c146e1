import { flushCompileCache } from "node:module";
import { keepCompiled } from "./compile-cache.ts";

keepCompiled();
const { runCommand } = await import("@safar/service-kit/command-line");
const { serve } = await import("@safar/service-kit");
const { services } = await import("./services.ts");

await runCommand({
  usage:
    "npm start\n\nThe system on one node. Its data lies in SAFAR_DATA (./data); Ctrl-C stops it. Settings: docs/reference/settings.md",
  options: {},
  run: () => serve({ services, name: "Safar", variables: process.env }),
});
flushCompileCache();
