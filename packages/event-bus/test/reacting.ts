import type { DecodedEvent } from "@safar/contracts";
import type { EventStore } from "@safar/event-store";
import {
  createEmbeddedEventBus,
  createReactor,
  reactionTransactionId,
  type Performed,
  type Reaction,
  type ReactionAlarm,
} from "../src/index.ts";
import { impatientEnvironment as environment } from "./environment.ts";
import { CourseMoved, createWriter, decoder, JourneyMoved, TrainingMoved } from "./journeys.ts";
import { createRecorder } from "./recorder.ts";

/** A service that reacts to journeys by commands of its own, whose performance a test may spoil. */

export interface Command {
  readonly stream: string;
  readonly note: string;
}

const noteIn = (event: DecodedEvent, note: string): Command[] => [
  { stream: `visaDocs-${event.stream.slice(event.stream.indexOf("-") + 1)}`, note },
];

export const whenJourneyMoved: Reaction<Command> = {
  name: "when-journey-moved",
  on: [{ category: "journey", contract: JourneyMoved }],
  then: (event) => noteIn(event, `moved to ${String(event.data["to"])}`),
};
export const whenTrainingMoved: Reaction<Command> = {
  name: "when-training-moved",
  on: [
    { category: "training", contract: TrainingMoved },
    { category: "course", contract: CourseMoved },
  ],
  then: (event) => noteIn(event, `trained ${String(event.data["to"])}`),
};

/** What to do instead of performing a command; undefined: perform it. */
export type Spoil = (event: DecodedEvent, command: Command) => Performed | Error | undefined;

export const openReacting = (
  store: EventStore,
  spoil: { current: Spoil } = { current: () => undefined },
  reactions: readonly Reaction<Command>[] = [whenJourneyMoved, whenTrainingMoved],
) => {
  /** Notes in the order in which they were performed, each transaction once. */
  const performed: string[] = [];
  const transactions = new Set<string>();
  const alarms: ReactionAlarm[] = [];
  /** Every event that was taken to its end, parked ones too. */
  const handled = createRecorder();
  const reactor = createReactor<Command>({
    service: "visa-docs",
    reactions,
    store,
    decoder,
    environment,
    targetStream: (command) => command.stream,
    onAlarm: (alarm) => alarms.push(alarm),
    async perform(event, reaction, _index, command) {
      const spoilt = spoil.current(event, command);
      if (spoilt instanceof Error) throw spoilt;
      if (spoilt) return spoilt;
      const transaction = reactionTransactionId(event.id, reaction, command.stream);
      if (!transactions.has(transaction)) performed.push(`${command.stream}: ${command.note}`);
      transactions.add(transaction);
      return "done";
    },
  });
  const consumer = {
    ...reactor.consumer,
    async handle(event: DecodedEvent, tries: number): Promise<void> {
      await reactor.consumer.handle(event, tries);
      handled.note(event);
    },
  };
  const bus = createEmbeddedEventBus({ store, decoder, file: ":memory:", environment });
  const ended = bus.consume(consumer, new AbortController().signal);
  return {
    reactor,
    write: createWriter(store),
    performed,
    alarms,
    handled,
    close: async (): Promise<void> => {
      await bus.close();
      await ended;
    },
  };
};
