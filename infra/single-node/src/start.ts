import { serve } from "@safar/service-kit";
import { runCommand } from "@safar/service-kit/command-line";
import { services } from "./services.ts";

await runCommand({
  usage:
    "npm start\n\nThe system on one node. Its data lies in SAFAR_DATA (./data); Ctrl-C stops it. Settings: docs/reference/settings.md",
  options: {},
  run: () => serve({ services, name: "Safar", variables: process.env }),
});
