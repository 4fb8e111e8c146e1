import { z } from "zod";
import { impossibleCombination } from "./adapters/combinations.ts";

const port = z.coerce.number().int().min(0).max(65_535);
const level = z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]);
const address = z.string().min(1);

/** More than twice the time for which the relay waits for the answer to a message, which may be sent again after it. */
const MIN_DUPLICATE_WINDOW_SECONDS = 10;

/** Every setting, from the environment (interface.md, Settings). The description is what the reference prints. */
export const settingsSchema = z.object({
  SAFAR_DATA: z
    .string()
    .min(1)
    .default("./data")
    .describe("Folder of all data of the single node; in the cluster of what processes keep themselves"),
  SAFAR_HOST: z.string().min(1).default("127.0.0.1").describe("Address to listen on"),
  SAFAR_PORT: port.default(8080).describe("Port to listen on; 0 takes a free one"),
  SAFAR_PUBLIC_URL: z.url().optional().describe("Address that browsers use: redirects, origin check, secure cookie"),
  SAFAR_MASTER_KEY_FILE: address
    .optional()
    .describe(
      "File with the vault's master key; made in SAFAR_DATA at first start, with a warning, and never where a vault exists",
    ),
  SAFAR_READ_MODELS: address
    .optional()
    .describe("Folder of this process's own tables, which can be made again; absent: read-models in SAFAR_DATA"),
  EVENTSTORE_URL: address.optional().describe("EventStoreDB; absent: the embedded log"),
  NATS_URL: address.optional().describe("NATS JetStream; absent: the embedded bus"),
  NATS_CREDS_FILE: address.optional().describe("Credentials for NATS"),
  NATS_CA_FILE: address.optional().describe("Certificate authority of NATS"),
  NATS_CERT_FILE: address.optional().describe("Own certificate, where NATS asks for one"),
  NATS_KEY_FILE: address.optional().describe("Key of that certificate"),
  VAULT_URL: address.optional().describe("PostgreSQL of the vault; absent: the embedded vault"),
  FILES_URL: address.optional().describe("S3-compatible store; absent: a folder in SAFAR_DATA"),
  OIDC_ISSUER: z.url().optional().describe("OpenID Connect issuer; absent: the local issuer of SAFAR_DATA"),
  OIDC_AUDIENCE: address.optional().describe("Audience that tokens must name"),
  OIDC_CLIENT_ID: address.optional().describe("Client for the page's sign-in"),
  OIDC_CLIENT_SECRET_FILE: address.optional().describe("File with that client's secret"),
  OIDC_ROLE_CLAIM: address.default("role").describe("Claim that holds the role"),
  OIDC_UNIT_CLAIM: address.default("unit").describe("Claim that holds the unit"),
  SAFAR_SUBSCRIBERS: z
    .string()
    .regex(/^[a-z][a-z0-9-]*(,[a-z][a-z0-9-]*)*$/, "names in lower case, joined by commas")
    .optional()
    .describe("Of the relay alone: durable subscribers outside, joined by commas"),
  SAFAR_STREAM_REPLICAS: z.coerce
    .number()
    .int()
    .min(1)
    .max(5)
    .default(1)
    .describe("Of the relay alone: NATS servers that hold the stream of published events"),
  SAFAR_STREAM_MAX_BYTES: z.coerce
    .number()
    .int()
    .min(1_000_000)
    .optional()
    .describe("Of the relay alone: how large that stream may grow; absent: as large as the account allows"),
  SAFAR_STREAM_MAX_MESSAGES: z.coerce
    .number()
    .int()
    .min(1_000)
    .optional()
    .describe("Of the relay alone: how many messages that stream may hold; absent: any number"),
  SAFAR_STREAM_DUPLICATE_WINDOW: z.coerce
    .number()
    .int()
    .min(MIN_DUPLICATE_WINDOW_SECONDS)
    .max(3_600)
    .default(120)
    .describe(
      "Of the relay alone: seconds for which NATS knows a message again by its id; it keeps all of these in memory",
    ),
  SAFAR_UPSTREAMS: address
    .optional()
    .describe("Of the gateway alone: where services listen, SERVICE=URL[,URL…] for each replica, joined by spaces"),
  SAFAR_RELAYS: address
    .optional()
    .describe("Of the gateway alone: where relays say how they are, URL[,URL…]; of a name every address is asked"),
  SAFAR_PROXIES: z.coerce
    .number()
    .int()
    .min(0)
    .max(5)
    .default(0)
    .describe(
      "Proxies before a service, one after the other, the gateway being one: past them X-Forwarded-For says whose address requests without a token are counted by",
    ),
  SAFAR_LOG_LEVEL: level.default("info").describe("Least level that is logged"),
});
export type Settings = z.infer<typeof settingsSchema>;

/** A wrong setting stops the start; the message says which and why. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

/** Names that commands read beside the settings. */
const OTHER_NAMES: readonly string[] = ["SAFAR_TOKEN"];

const at = (row: readonly number[], index: number): number => row[index] ?? Infinity;

/** How many single edits lead from one word to the other (Levenshtein). */
const distance = (left: string, right: string): number => {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1)
      next[j] = Math.min(at(next, j - 1) + 1, at(row, j) + 1, at(row, j - 1) + (left[i - 1] === right[j - 1] ? 0 : 1));
    row = next;
  }
  return at(row, right.length);
};

const nearest = (name: string): string | undefined =>
  [...Object.keys(settingsSchema.shape), ...OTHER_NAMES]
    .map((known) => ({ known, edits: distance(name, known) }))
    .sort((a, b) => a.edits - b.edits)
    .find(({ edits }) => edits <= 4)?.known;

/** Reads and validates the settings. @throws SettingsError with one line per wrong value */
export const readSettings = (
  environment: Readonly<Record<string, string | undefined>>,
): { readonly settings: Settings; readonly warnings: readonly string[] } => {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = settingsSchema.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => `${String(path[0])}: ${message}`);
    throw new SettingsError(`wrong settings:\n${lines.join("\n")}`);
  }
  const settings = parsed.data;
  const impossible = impossibleCombination(settings);
  if (impossible !== undefined) throw new SettingsError(impossible);
  if (settings.OIDC_ISSUER && !settings.OIDC_AUDIENCE)
    throw new SettingsError("OIDC_AUDIENCE: needed with OIDC_ISSUER, so that tokens for others are refused");
  const known = new Set([...Object.keys(settingsSchema.shape), ...OTHER_NAMES]);
  const warnings = Object.keys(given)
    .filter((name) => name.startsWith("SAFAR_") && !known.has(name))
    .map((name) => {
      const suggestion = nearest(name);
      return `${name} is not a setting${suggestion ? `; did you mean ${suggestion}?` : ""}`;
    });
  return { settings, warnings };
};
