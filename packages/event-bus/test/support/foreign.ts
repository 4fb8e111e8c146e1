import { connect, headers as createHeaders } from "nats";

/** Puts messages into the stream as somebody may who has the rights and is not the relay; resolves when they are in. */
export const putForeign = async (
  url: string,
  count: number,
  of: { readonly headers?: Readonly<Record<string, string>>; readonly subject?: string } = {},
): Promise<number> => {
  const nats = await connect({ servers: url });
  const headers = createHeaders();
  for (const [name, value] of Object.entries(of.headers ?? {})) headers.set(name, value);
  const subject = of.subject ?? "safar.events.registration.JourneyMoved.1726._.3";
  const jetstream = nats.jetstream();
  for (let index = 0; index < count; index += 1) await jetstream.publish(subject, "forged", { headers });
  await nats.close();
  return count;
};
