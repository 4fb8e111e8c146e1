/** Where the replicas of each service listen. */
export type Upstreams = ReadonlyMap<string, readonly URL[]>;

/** The gateway was told wrongly where services are; the message says how to write it. */
export class UpstreamsMalformed extends Error {
  override readonly name = "UpstreamsMalformed";
}

/** Takes every door that belongs to no other service: the page, the live stream, sign-in. */
export const PAGE_SERVICE = "situation-center";

const HOW = "write SAFAR_UPSTREAMS as registration=http://10.0.0.1:8080,http://10.0.0.2:8080 training=http://…";

const HOW_RELAYS = "write SAFAR_RELAYS as http://10.0.0.1:8080,http://10.0.0.2:8080";

const addressOf = (text: string, how = HOW): URL => {
  const address = URL.canParse(text) ? new URL(text) : undefined;
  if (address?.protocol !== "http:" || address.pathname !== "/" || address.search !== "")
    throw new UpstreamsMalformed(`${text} is no address of ours: ${how}`);
  return address;
};

/** Reads `SERVICE=URL[,URL…] …`. @throws UpstreamsMalformed */
export const readUpstreams = (text: string | undefined): Upstreams => {
  const upstreams = new Map<string, readonly URL[]>();
  for (const part of (text ?? "").split(/\s+/).filter(Boolean)) {
    const [, service, addresses] = /^([a-z-]+)=(.+)$/.exec(part) ?? [];
    if (service === undefined || addresses === undefined) throw new UpstreamsMalformed(`${part}: ${HOW}`);
    upstreams.set(
      service,
      addresses.split(",").map((address) => addressOf(address)),
    );
  }
  if (!upstreams.has(PAGE_SERVICE)) throw new UpstreamsMalformed(`${PAGE_SERVICE} has no address: ${HOW}`);
  return upstreams;
};

/** Reads `URL[,URL…]`; none: nobody is asked. @throws UpstreamsMalformed */
export const readRelays = (text = ""): readonly URL[] =>
  text
    .split(",")
    .filter(Boolean)
    .map((address) => addressOf(address, HOW_RELAYS));

export const writeUpstreams = (upstreams: Upstreams): string =>
  [...upstreams]
    .map(([service, addresses]) => `${service}=${addresses.map(({ origin }) => origin).join(",")}`)
    .join(" ");
