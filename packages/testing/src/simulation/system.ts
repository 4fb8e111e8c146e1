import type { Logger } from "pino";
import type { Decoder } from "@safar/contracts";
import type { EventStore } from "@safar/event-store";
import { decoderOfEverything } from "@safar/service-kit";
import { surroundingsOf } from "./base.ts";
import { chanceOf, type Chance } from "./chance.ts";
import { createClients, repeatSome, type Send } from "./clients.ts";
import { createBrokerWeather } from "./broker-weather.ts";
import { busOfBug } from "./bugs/names.ts";
import { createDoors } from "./doors.ts";
import { createIncarnation, type Incarnation } from "./incarnation.ts";
import { createAnswers, type Answers } from "./invariants/answers.ts";
import type { LogAudit } from "./invariants/log.ts";
import { createSubscribers, type Subscribers } from "./invariants/subscribers.ts";
import { openWatchers } from "./open-watchers.ts";
import { createPrivacy, type Privacy } from "./privacy.ts";
import { rememberingDecoder } from "./remembering-decoder.ts";
import type { RunOptions } from "./run.ts";
import type { Schedule } from "./schedule.ts";
import { verifyStream } from "./invariants/stream-order.ts";
import { createServiceProcess, type ServiceProcess } from "./service-process.ts";
import { createStreamBus, type StreamBus } from "./stream.ts";
import type { Verdict } from "./verdict.ts";
import type { Watcher } from "./watchers.ts";
import { createWeather, type Weather } from "./weather.ts";
import type { Witness } from "./witness.ts";

/** Everything of one run: the processes, what they live in, and whoever looks on. */
export interface System {
  readonly schedule: Schedule;
  readonly chance: Chance;
  readonly verdict: Verdict;
  readonly weather: Weather;
  readonly store: EventStore;
  readonly decoder: Decoder;
  readonly audit: LogAudit;
  readonly witness: Witness;
  readonly answers: Answers;
  readonly subscribers: Subscribers;
  readonly privacy: Privacy;
  readonly processes: readonly ServiceProcess[];
  /** Where published events go over relays and a broker. */
  readonly streamBus: StreamBus | undefined;
  /** What the stream of published events holds is as it should be. */
  verifyStream(): void;
  readonly watchers: readonly Watcher[];
  readonly client: Incarnation;
  readonly send: Send;
}

/** The seed says which of the two ways there are for published events. */
const hasStream = ({ seed, bug, bus = busOfBug(bug) }: RunOptions): boolean =>
  bus === undefined ? chanceOf(`bus of ${seed}`).happens(0.5) : bus === "stream";

export const buildSystem = (options: RunOptions & { readonly log: Logger }): System => {
  const { services, log } = options;
  const decoder = rememberingDecoder(decoderOfEverything(services.map(({ name }) => name)));
  const skews = new Map<string, number>();
  const skewOf = (name: string): number => skews.get(name) ?? 0;
  const base = surroundingsOf(options, decoder, skewOf);
  const { chance, schedule, audit, verdict, surroundings } = base;
  const answers = createAnswers(audit, verdict);
  const privacy = createPrivacy(base);
  const subscribers = createSubscribers(audit, decoder, verdict);
  const openDoors = createDoors(services);
  const streamBus = hasStream(options)
    ? createStreamBus({
        surroundings,
        services,
        decoder,
        chance: chance.fork("stream"),
        audit,
        subscribers,
        log,
        skewOf,
      })
    : undefined;
  const busOf = streamBus ? { busOf: streamBus.busOf } : {};
  const processes = services.map((definition) => {
    const skew = (): number => skewOf(definition.name);
    return createServiceProcess({ surroundings, definition, decoder, subscribers, openDoors, log, skew, ...busOf });
  });
  const client = createIncarnation({ name: "client", life: 1, schedule, chance, skew: () => 0 });
  const send = createClients({ surroundings, processes, client, answers, readings: privacy.readings });
  const crashable = [...processes, ...(streamBus?.processes ?? [])];
  for (const process of crashable) process.start();
  const watchers = openWatchers(options, processes, base, decoder, privacy);
  const repeats = chance.fork("repeats");
  const isPublished = (position: bigint): boolean => {
    const event = audit.at(position);
    return event !== undefined && decoder.contractOf(event)?.isPublished === true;
  };
  const checkStream = (): void =>
    void (streamBus && verifyStream(streamBus.broker, audit, verdict, privacy.places, isPublished));
  const weather = createWeather({
    surroundings,
    skews,
    chance: chance.fork("weather"),
    processes: crashable,
    broker:
      streamBus &&
      createBrokerWeather(surroundings, streamBus.broker, chance.fork("broker weather"), {
        beforeDataGoes: checkStream,
        // Built anew it begins with its first message again.
        purged: () => subscribers.purged(() => streamBus.broker.messages()[0]?.sequence !== 1),
      }),
    cutALine: () => watchers.length > 0 && repeats.pick(watchers).cut(),
    repeatACommand: () => repeatSome(send, answers, repeats),
  });
  return {
    ...base,
    weather,
    decoder,
    answers,
    subscribers,
    privacy,
    processes,
    streamBus,
    verifyStream: checkStream,
    watchers,
    client,
    send,
  };
};
