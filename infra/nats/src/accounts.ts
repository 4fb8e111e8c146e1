import { PARTITIONS } from "@safar/contracts";
import { ALL_SUBJECTS, durableName, STREAM } from "@safar/event-bus";
import { IMPORTED_API, inboxPrefixOf } from "@safar/event-bus/jetstream";

/**
 * Who may do what at NATS. The stream lives in the account LOG with the relay as its only user; services and
 * subscribers live in APP and reach three doors of JetStream through an import. The server does not check the subject
 * that a request names for its answer, so in one account a service could have an answer stored as an event.
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

/** All that the relay asks of JetStream; nobody else has any of it. */
const RELAY_SUBJECTS: readonly string[] = [
  ALL_SUBJECTS,
  ...["INFO", "CREATE", "UPDATE", "DELETE", "MSG.GET"].map((door) => `${OWN_API}.STREAM.${door}.${STREAM}`),
  ...["CREATE", "DURABLE.CREATE", "DELETE", "INFO"].map((door) => `${OWN_API}.CONSUMER.${door}.${STREAM}.>`),
  `${OWN_API}.CONSUMER.LIST.${STREAM}`,
];

const subjectsOf = ({ durables }: NatsUser): readonly string[] => [
  `${IMPORTED_API}.STREAM.INFO.${STREAM}`,
  ...durables.flatMap((durable) => [
    `${IMPORTED_API}.CONSUMER.INFO.${STREAM}.${durable}`,
    `${IMPORTED_API}.CONSUMER.MSG.NEXT.${STREAM}.${durable}`,
    `$JS.ACK.${STREAM}.${durable}.>`,
  ]),
];

const quoted = (values: readonly string[], indent: string): string =>
  values.map((value) => `${indent}${JSON.stringify(value)}`).join("\n");

const userConfig = (name: string, nkey: string, publish: readonly string[]): string => `      {
        # ${name}
        nkey: ${nkey}
        permissions {
          publish { allow: [
${quoted(publish, "            ")}
          ] }
          subscribe { allow: [ ${JSON.stringify(`${inboxPrefixOf(name)}.>`)} ] }
        }
      }`;

/** The doors of JetStream that LOG opens to APP, and the names that APP knows them by. */
const DOORS: readonly { readonly subject: string; readonly to: string }[] = [
  ...[`STREAM.INFO.${STREAM}`, `CONSUMER.INFO.${STREAM}.*`, `CONSUMER.MSG.NEXT.${STREAM}.*`].map((door) => ({
    subject: `${OWN_API}.${door}`,
    to: `${IMPORTED_API}.${door}`,
  })),
  { subject: `$JS.ACK.${STREAM}.>`, to: `$JS.ACK.${STREAM}.>` },
];

// A request for a message has several answers: messages, and words about the request.
const exported = ({ subject }: (typeof DOORS)[number]): string =>
  `      { service: ${JSON.stringify(subject)}, response_type: "Stream", accounts: [ APP ] }`;

const imported = ({ subject, to }: (typeof DOORS)[number]): string =>
  `      { service: { account: LOG, subject: ${JSON.stringify(subject)} }, to: ${JSON.stringify(to)} }`;

/**
 * The text of `accounts.conf`.
 * @param keyOf a user's public key: nothing in it is secret
 */
export const accountsConfig = (
  users: readonly NatsUser[],
  keyOf: (user: string) => string,
): string => `# Made by infra/nats: who may do what.
accounts {
  # The stream of published events. Only the relay lives here.
  LOG {
    jetstream: enabled
    users [
${userConfig(RELAY, keyOf(RELAY), RELAY_SUBJECTS)}
    ]
    exports [
${DOORS.map(exported).join("\n")}
    ]
  }
  # Services and subscribers: each pulls and acknowledges from its own durables only.
  APP {
    users [
${users.map((user) => userConfig(user.name, keyOf(user.name), subjectsOf(user))).join("\n")}
    ]
    imports [
${DOORS.map(imported).join("\n")}
    ]
  }
}
`;
