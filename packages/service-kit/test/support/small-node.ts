import { pino } from "pino";
import type { Test } from "tap";
import { openMemoryEventStore, type EventStore } from "@safar/event-store";
import type { Environment } from "@safar/kernel";
import { openMemoryVault } from "@safar/vault";
import { openLocalIssuer, realEnvironment, type Identity, type ServiceDefinition } from "../../src/index.ts";
import { holdCase, smallService } from "./small-service.ts";
import { startOne } from "./start-one.ts";

const realOne = realEnvironment();
const DAY_MS = 86_400_000;
const yesterday: Environment = { ...realOne, clock: { ...realOne.clock, now: () => realOne.clock.now() - DAY_MS } };

/** What may be otherwise than usual. */
interface SmallNodeOptions {
  readonly environment?: Environment;
  readonly service?: ServiceDefinition;
  /** The log as the service's tables and commands see it. */
  readonly seen?: (store: EventStore) => EventStore;
}

/** One node with the small service, tokens of its own issuer, and one case of the branch 1726. */
export const startSmallNode = async (t: Pick<Test, "teardown" | "testdir">, options: SmallNodeOptions = {}) => {
  const { environment = realOne, service = smallService, seen = (store) => store } = options;
  const store = openMemoryEventStore({ environment });
  const vault = openMemoryVault({ environment });
  const folders = t.testdir({ own: {}, foreign: {} });
  const issuer = await openLocalIssuer(`${folders}/own`, environment);
  const foreign = await openLocalIssuer(`${folders}/foreign`, environment);
  const issuerYesterday = await openLocalIssuer(`${folders}/own`, yesterday);
  const log = pino({ level: "silent" });
  const { kit, node, stop } = await startOne({ environment, service, store, seen: seen(store), vault, log, issuer });
  t.teardown(async () => {
    await stop();
    await store.close();
    await vault.close();
  });
  const caseId = environment.random.uuid();
  await holdCase(kit, caseId, "first");
  const registrar: Identity = { subject: "registrar-1726", role: "registrar", unit: "1726" };
  return {
    node,
    store,
    caseId,
    tokens: {
      registrar: await issuer.signAccess(registrar),
      stranger: await issuer.signAccess({ ...registrar, subject: "registrar-1703", unit: "1703" }),
      admin: await issuer.signAccess({ subject: "admin", role: "admin" }),
      expired: await issuerYesterday.signAccess(registrar),
      foreign: await foreign.signAccess(registrar),
      link: await issuer.signLink(registrar),
    },
    uuid: () => environment.random.uuid(),
  };
};
