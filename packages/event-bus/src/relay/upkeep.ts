import { referenceOf } from "../lifecycle/message.ts";
import {
  StreamError,
  type DurableSpec,
  type DurableState,
  type LifecycleStream,
  type StreamState,
} from "../lifecycle/port.ts";
import { troubleOf, type Known } from "./trouble.ts";

/** Why the log itself says that a stream is not its own. */
export interface Doubt {
  /** Of that stream: of one that another relay has built since, it says nothing. */
  readonly created: string;
  readonly reason: string;
}

/** Makes what is missing: the stream, its durables; builds all anew where the stream is not whole. */
export interface Upkeep {
  bringAbout(known: Known | undefined, doubt?: Doubt): Promise<StreamState>;
  /** The stream's state; undefined: there is something to bring about. */
  look(known: Known): Promise<StreamState | undefined>;
}

const isAsMade = ({ spec, strange }: DurableState, wanted: DurableSpec): boolean =>
  strange.length === 0 &&
  spec.name === wanted.name &&
  spec.filter === wanted.filter &&
  spec.pending === wanted.pending &&
  spec.ackWaitMs === wanted.ackWaitMs;

/** Whether it may have passed events over: then its place says nothing, and all of them are handed out again. */
const mayHaveSkipped = ({ spec, strange }: DurableState, wanted: DurableSpec): boolean =>
  strange.length > 0 || spec.filter !== wanted.filter;

export const createUpkeep = (options: {
  readonly stream: LifecycleStream;
  readonly durables: readonly DurableSpec[];
  readonly onRebuild: (reason: string) => void;
}): Upkeep => {
  const { stream, durables: wanted, onRebuild } = options;

  const stateNow = async (): Promise<StreamState> => {
    const state = await stream.state();
    if (!state) throw new StreamError("no-stream", "the stream of published events is not there");
    return state;
  };

  /** Whoever wrote behind an older state hides it from who only counts. */
  const troubleAtOwn = async ({ created }: StreamState, known: Known | undefined): Promise<string | undefined> => {
    if (!known?.own || known.created !== created) return undefined;
    const { sequence, id } = known.own;
    const there = await stream.message(sequence);
    if (there && referenceOf(there)?.id === id) return undefined;
    return `message ${sequence} of the stream is not the one that was stored there: an older state was put back`;
  };

  const putDurables = async (there: readonly DurableState[]): Promise<void> => {
    const byName = new Map(there.map((state) => [state.spec.name, state]));
    for (const spec of wanted) {
      const found = byName.get(spec.name);
      if (found && isAsMade(found, spec)) continue;
      // A broker changes a filter silently and keeps the place, so what the old one passed over would never come.
      if (found && mayHaveSkipped(found, spec)) await stream.removeDurable(spec.name);
      await stream.putDurable(spec);
    }
  };

  const rebuild = async (reason: string, created: string): Promise<void> => {
    const state = await stream.state();
    // Another relay was faster.
    if (state && state.created !== created) return;
    onRebuild(reason);
    if (state) await stream.remove();
    await stream.ensure();
  };

  /** The stream once its durables were looked at: none of them has been handed out more than it had by then. */
  const whatIsThere = async (): Promise<{ state: StreamState; there: readonly DurableState[] }> => {
    const there = await stream.durables();
    return { state: await stateNow(), there };
  };

  /** Why the stream that was found is not whole; of one that another relay built meanwhile nothing is said. */
  const troubleIn = async ({ created }: StreamState, known: Known | undefined): Promise<string | undefined> => {
    const { state, there } = await whatIsThere();
    if (state.created !== created) return undefined;
    return troubleOf(state, there, known) ?? (await troubleAtOwn(state, known));
  };

  return {
    async bringAbout(known, doubt) {
      const found = await stream.state();
      const isDoubted = doubt !== undefined && doubt.created === found?.created;
      const trouble = isDoubted ? doubt.reason : found && (await troubleIn(found, known));
      if (found && trouble !== undefined) await rebuild(trouble, found.created);
      else await stream.ensure();
      // The last sequence is read before anything else is, see `relay.ts`.
      const state = await stateNow();
      await putDurables(await stream.durables());
      return state;
    },
    async look(known) {
      const { state, there } = await whatIsThere();
      const isWhole = state.created === known.created && troubleOf(state, there, known) === undefined;
      const isComplete = wanted.every((spec) => there.some((found) => isAsMade(found, spec)));
      return isWhole && isComplete && (await troubleAtOwn(state, known)) === undefined ? state : undefined;
    },
  };
};
