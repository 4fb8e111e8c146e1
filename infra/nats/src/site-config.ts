/** What differs from one server, or cluster of servers, to the next. */
export interface SiteConfig {
  /** `127.0.0.1:4222` */
  readonly listen: string;
  /** `10GB`: well below what the disk has. */
  readonly maxFileStore: string;
  /** When what was written is brought to the disk: `always`, before it is acknowledged. NATS 2.9 does not know it. */
  readonly syncInterval?: string | undefined;
  /** `0.0.0.0:8222`: where the server says how it is, without asking who wants to know. */
  readonly monitor?: string | undefined;
  /** Several servers as one. */
  readonly cluster?: SiteCluster | undefined;
}

export interface SiteCluster {
  /** `0.0.0.0:6222` */
  readonly listen: string;
  /** `nats-0.nats:6222`: each of them, by the name under which the others reach it. */
  readonly routes: readonly string[];
}

/** `nats-0.nats` of `nats-0.nats:6222` */
export const hostOf = (route: string): string => new URL(`nats://${route}`).hostname;

const tls = (files: readonly string[], verify: string): string => `tls {
${files.map((line) => `    ${line}`).join("\n")}
    ${verify}: true
    timeout: 5
  }`;

/**
 * Servers know each other by the names in their certificates: a certificate that the same authority gave to a service
 * does not make a server of it.
 */
const clusterConfig = ({ listen, routes }: SiteCluster, files: readonly string[]): string => `cluster {
  name: safar
  listen: ${JSON.stringify(listen)}
  ${tls(files, "verify_cert_and_check_known_urls")}
  routes: [ ${routes.map((route) => JSON.stringify(`nats://${route}`)).join(", ")} ]
}
`;

/**
 * The text of `site.conf`.
 * @param seen where the server itself sees its files and keeps its data
 */
export const siteConfig = (site: SiteConfig, seen: { readonly folder: string; readonly store: string }): string => {
  const files = [
    ["cert_file", "server.pem"],
    ["key_file", "server-key.pem"],
    ["ca_file", "ca.pem"],
  ].map(([key = "", name = ""]) => `${key}: ${JSON.stringify(`${seen.folder}/tls/${name}`)}`);
  return `# Made by infra/nats: what this site has of its own.
listen: ${JSON.stringify(site.listen)}
${site.monitor === undefined ? "" : `http: ${JSON.stringify(site.monitor)}\n`}
jetstream {
  store_dir: ${JSON.stringify(seen.store)}
  # Well below the size of the disk: a disk that is really full stops NATS 2.9 until it is killed.
  max_file_store: ${site.maxFileStore}
  max_memory_store: 64MB
${site.syncInterval === undefined ? "" : `  sync_interval: ${site.syncInterval}\n`}}

# Clients show a certificate of ours as well.
${tls(files, "verify")}
${site.cluster === undefined ? "" : `\n${clusterConfig(site.cluster, files)}`}`;
};
