import { connect, createInbox, type NatsConnection } from "nats";
import { z } from "zod";
import type { Environment } from "@safar/kernel";
import { CONNECTED_ANSWERS_MS } from "../limits.ts";
import { connectionOptionsOf, inboxPrefixOf, type NatsSettings } from "./settings.ts";

/** A door that NATS opens to the users of every account, for the connections of that account. */
const CONNECTIONS = "$SYS.REQ.ACCOUNT.PING.CONNZ";
const QUERY = JSON.stringify({ limit: 1_024 });

const answer = z.object({
  server: z.object({ id: z.string() }),
  data: z.object({
    connections: z
      .array(z.object({ cid: z.number(), ip: z.string().default(""), name: z.string().default("") }))
      .default([]),
  }),
});

/** A connection to NATS: who, and from where. */
export interface ConnectedUser {
  readonly name: string;
  readonly address: string;
}

/** Every server of a NATS cluster answers for itself, and none knows how many will. */
const answersOf = async (nats: NatsConnection, name: string, { timers }: Environment): Promise<readonly unknown[]> => {
  const answers: unknown[] = [];
  const inbox = createInbox(inboxPrefixOf(name));
  nats.subscribe(inbox, { callback: (error, message) => void (error ?? answers.push(message.json())) });
  nats.publish(CONNECTIONS, QUERY, { reply: inbox });
  await timers.sleep(CONNECTED_ANSWERS_MS);
  return answers;
};

/**
 * Who is connected in the account of the given user, this connection left out. Asking it takes two seconds.
 * @returns undefined: no server told; the user lacks the right to ask
 * @throws where NATS is away or does not let the user in
 */
export const connectedUsers = async (
  settings: NatsSettings & { readonly environment: Environment },
): Promise<readonly ConnectedUser[] | undefined> => {
  const { environment, name } = settings;
  const nats = await connect({ ...connectionOptionsOf(settings), reconnect: false });
  try {
    const answers = (await answersOf(nats, name, environment)).map((each) => answer.parse(each));
    if (answers.length === 0) return undefined;
    const isOurs = (server: string, cid: number): boolean =>
      server === nats.info?.server_id && cid === nats.info.client_id;
    return answers.flatMap(({ server, data }) =>
      data.connections.filter(({ cid }) => !isOurs(server.id, cid)).map(({ name, ip }) => ({ name, address: ip })),
    );
  } finally {
    await nats.close();
  }
};
