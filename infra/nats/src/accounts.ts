import { PARTITIONS } from "@safar/contracts";
import { ALL_SUBJECTS, durableName, STREAM } from "@safar/event-bus";
import { IMPORTED_API, inboxPrefixOf } from "@safar/event-bus/jetstream";

/**
 * Who may do what at NATS. The stream lives in the account LOG with the relay as its only user. Every service and every
 * subscriber has an account of its own, which imports the doors of its own durables by their exact names. The server
 * does not check the subject that a request names for its answer: so such an answer stays with the one who asked.
 */

/** Somebody who connects, and the durables that are theirs. */
export interface NatsUser {
  /** Name of the connection and of the inbox: `visa-docs`. */
  readonly name: string;
  readonly durables: readonly string[];
}

/** A service consumes its own sixteen durables. */
export const serviceUser = (service: string): NatsUser => ({
  name: service,
  durables: Array.from({ length: PARTITIONS }, (_, partition) => durableName(`${service}-reactions`, partition)),
});

/** A subscriber outside has one, of its own name. */
export const subscriberUser = (name: string): NatsUser => ({ name, durables: [name] });

export const RELAY = "relay";

const OWN_API = "$JS.API";

/** All that the relay asks of JetStream, and who is connected in its account, asked by a restore. Nobody else may. */
const RELAY_SUBJECTS: readonly string[] = [
  ALL_SUBJECTS,
  ...["INFO", "CREATE", "UPDATE", "DELETE", "MSG.GET"].map((door) => `${OWN_API}.STREAM.${door}.${STREAM}`),
  ...["CREATE", "DURABLE.CREATE", "DELETE", "INFO"].map((door) => `${OWN_API}.CONSUMER.${door}.${STREAM}.>`),
  `${OWN_API}.CONSUMER.LIST.${STREAM}`,
  "$SYS.REQ.ACCOUNT.PING.CONNZ",
];

/** A door of JetStream in LOG, and the name by which the importing account knows it. */
interface Door {
  readonly subject: string;
  readonly to: string;
}

/**
 * What a user's account imports. No wildcard where the name changes: a message that comes back through such an import
 * with a subject of another shape ends nats-server 2.9.10 (decision 35).
 */
const doorsOf = ({ durables }: NatsUser): readonly Door[] => [
  ...[
    `STREAM.INFO.${STREAM}`,
    ...durables.flatMap((durable) => [`CONSUMER.INFO.${STREAM}.${durable}`, `CONSUMER.MSG.NEXT.${STREAM}.${durable}`]),
  ].map((door) => ({ subject: `${OWN_API}.${door}`, to: `${IMPORTED_API}.${door}` })),
  ...durables.map((durable) => `$JS.ACK.${STREAM}.${durable}.>`).map((subject) => ({ subject, to: subject })),
];

/** What LOG opens, each door for whoever imports a part of it. */
const EXPORTED: readonly string[] = [
  ...[`STREAM.INFO.${STREAM}`, `CONSUMER.INFO.${STREAM}.*`, `CONSUMER.MSG.NEXT.${STREAM}.*`].map(
    (door) => `${OWN_API}.${door}`,
  ),
  `$JS.ACK.${STREAM}.>`,
];

/** Far above what a service needs: a connection for each replica, an inbox for each durable, requests of some bytes. */
const ACCOUNT_LIMITS = "{ max_connections: 128, max_subscriptions: 4096, max_payload: 64KB }";

const quoted = (values: readonly string[], indent: string): string =>
  values.map((value) => `${indent}${JSON.stringify(value)}`).join("\n");

const userConfig = (name: string, nkey: string, publish: readonly string[]): string => `      {
        nkey: ${nkey}
        permissions {
          publish { allow: [
${quoted(publish, "            ")}
          ] }
          subscribe { allow: [ ${JSON.stringify(`${inboxPrefixOf(name)}.>`)} ] }
        }
      }`;

const imported = ({ subject, to }: Door): string =>
  `      { service: { account: LOG, subject: ${JSON.stringify(subject)} }, to: ${JSON.stringify(to)} }`;

const accountConfig = (user: NatsUser, nkey: string): string => {
  const doors = doorsOf(user);
  const subjects = doors.map(({ to }) => to);
  return `  ${JSON.stringify(user.name)} {
    limits ${ACCOUNT_LIMITS}
    users [
${userConfig(user.name, nkey, subjects)}
    ]
    imports [
${doors.map(imported).join("\n")}
    ]
  }`;
};

/**
 * The text of `accounts.conf`.
 * @param keyOf a user's public key: nothing in it is secret
 */
export const accountsConfig = (users: readonly NatsUser[], keyOf: (user: string) => string): string => {
  const importers = users.map(({ name }) => JSON.stringify(name)).join(", ");
  // A request for a message has several answers: messages, and words about the request.
  const exported = (subject: string): string =>
    `      { service: ${JSON.stringify(subject)}, response_type: "Stream", accounts: [ ${importers} ] }`;
  return `# Made by infra/nats: who may do what.
accounts {
  # The stream of published events. Only the relay lives here.
  LOG {
    jetstream: enabled
    users [
${userConfig(RELAY, keyOf(RELAY), RELAY_SUBJECTS)}
    ]
    exports [
${EXPORTED.map(exported).join("\n")}
    ]
  }
  # Services and subscribers: each pulls and acknowledges from its own durables only.
${users.map((user) => accountConfig(user, keyOf(user.name))).join("\n")}
}
`;
};
