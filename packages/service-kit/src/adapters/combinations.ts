/** The settings that choose adapters; absent ones leave the embedded adapter in its place. */
export interface AdapterSettings {
  readonly EVENTSTORE_URL?: string | undefined;
  readonly NATS_URL?: string | undefined;
  readonly NATS_CREDS_FILE?: string | undefined;
  readonly NATS_CA_FILE?: string | undefined;
  readonly NATS_CERT_FILE?: string | undefined;
  readonly NATS_KEY_FILE?: string | undefined;
  readonly VAULT_URL?: string | undefined;
  readonly FILES_URL?: string | undefined;
}

const OF_NATS = ["NATS_CREDS_FILE", "NATS_CA_FILE", "NATS_CERT_FILE", "NATS_KEY_FILE"] as const;

/** Why these adapters cannot work together, as a sentence that says what to do; undefined where they can. */
export const impossibleCombination = (settings: AdapterSettings): string | undefined => {
  const { EVENTSTORE_URL, NATS_URL, VAULT_URL, FILES_URL } = settings;
  if (NATS_URL !== undefined && EVENTSTORE_URL === undefined)
    return "NATS_URL: the relay brings to NATS what stands in EventStoreDB; set EVENTSTORE_URL too, or leave NATS_URL unset";
  const ofNats = OF_NATS.find((name) => settings[name] !== undefined);
  if (ofNats !== undefined && NATS_URL === undefined)
    return `${ofNats}: of no use without NATS_URL; set both or neither`;
  if ((settings.NATS_CERT_FILE === undefined) !== (settings.NATS_KEY_FILE === undefined))
    return "NATS_CERT_FILE and NATS_KEY_FILE: a certificate needs its key; set both or neither";
  if (FILES_URL !== undefined && VAULT_URL === undefined)
    return "FILES_URL: the keys of these files lie in PostgreSQL; set VAULT_URL too, or leave FILES_URL unset";
  if (VAULT_URL !== undefined && FILES_URL === undefined)
    return "VAULT_URL: files need a store that every process reaches; set FILES_URL too, or leave VAULT_URL unset";
  return undefined;
};

/** What all processes have to share, each service's replicas too. */
const SHARED = [
  ["EVENTSTORE_URL", "log"],
  ["VAULT_URL", "vault"],
  // Replicas that follow the log by themselves would each take every event: no case's order is kept between them.
  ["NATS_URL", "bus"],
] as const;

/** Why a service cannot be one of several processes on these adapters; undefined where it can. */
export const notToBeShared = (service: string, settings: AdapterSettings): string | undefined => {
  const missing = SHARED.filter(([name]) => settings[name] === undefined);
  if (missing.length === 0) return undefined;
  const needs = missing.map(([, what]) => `a ${what}`).join(" and ");
  const names = missing.map(([name]) => name).join(" and ");
  return `${service} as a process of its own needs ${needs} that all processes share: set ${names}, or run all services in one process with npm start`;
};
