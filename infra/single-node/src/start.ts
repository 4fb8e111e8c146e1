import { runCommand } from "@safar/service-kit/command-line";
import { serve } from "./serve.ts";

await runCommand({
  usage:
    "npm start\n\nThe system on one node. Its data lies in SAFAR_DATA (./data); Ctrl-C stops it. Settings: docs/reference/settings.md",
  options: {},
  run: () => serve({ variables: process.env }),
});
