import { serveUntilStopped } from "@safar/service-kit";
import { runCommand } from "@safar/service-kit/command-line";
import { startGateway } from "./gateway.ts";
import { readRelays, readUpstreams } from "./upstreams.ts";

await runCommand({
  usage:
    "The one origin before all services. SAFAR_UPSTREAMS says where they are. Settings: docs/reference/settings.md",
  options: {},
  run: () =>
    serveUntilStopped({
      name: "gateway",
      variables: process.env,
      start: ({ settings, environment, log }) =>
        startGateway({
          upstreams: readUpstreams(settings.SAFAR_UPSTREAMS),
          relays: readRelays(settings.SAFAR_RELAYS),
          host: settings.SAFAR_HOST,
          port: settings.SAFAR_PORT,
          environment,
          log,
        }),
    }),
});
