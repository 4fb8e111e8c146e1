import { openEventStoreDb } from "@safar/event-store/eventstoredb";
import { decoderOfEverything, serveUntilStopped, type ProcessGround } from "@safar/service-kit";
import { NotDone, runCommand } from "@safar/service-kit/command-line";
import { services } from "@safar/single-node";
import { startRelay } from "./start-relay.ts";
import { streamLimitsOf } from "./stream-limits.ts";

const reacting = services.filter(({ reactions = [] }) => reactions.length > 0).map(({ name }) => name);

/** @throws NotDone where the settings name no log or no broker */
const start = async ({ settings, environment, log, onFatal }: ProcessGround) => {
  const { EVENTSTORE_URL, NATS_URL, NATS_CREDS_FILE, NATS_CA_FILE, NATS_CERT_FILE, NATS_KEY_FILE } = settings;
  if (EVENTSTORE_URL === undefined || NATS_URL === undefined)
    throw new NotDone("The relay brings events from EVENTSTORE_URL to NATS_URL: set both.");
  const report = (problem: unknown): void => {
    log.warn({ err: problem }, "trouble with EventStoreDB");
  };
  const store = await openEventStoreDb({ url: EVENTSTORE_URL, environment, report, onFatal });
  try {
    const relay = await startRelay({
      url: NATS_URL,
      ...(NATS_CREDS_FILE === undefined ? {} : { credsFile: NATS_CREDS_FILE }),
      ...(NATS_CA_FILE === undefined ? {} : { caFile: NATS_CA_FILE }),
      ...(NATS_CERT_FILE === undefined ? {} : { certFile: NATS_CERT_FILE }),
      ...(NATS_KEY_FILE === undefined ? {} : { keyFile: NATS_KEY_FILE }),
      store,
      decoder: decoderOfEverything(),
      services: reacting,
      subscribers: settings.SAFAR_SUBSCRIBERS?.split(",") ?? [],
      limits: streamLimitsOf(settings),
      host: settings.SAFAR_HOST,
      port: settings.SAFAR_PORT,
      environment,
      log,
      onFatal,
    });
    return {
      address: relay.address,
      async stop() {
        await relay.stop();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
};

await runCommand({
  usage: "Brings published events from EVENTSTORE_URL to NATS_URL. Settings: docs/reference/settings.md",
  options: {},
  run: () => serveUntilStopped({ name: "relay", variables: process.env, start }),
});
