import type { Environment } from "@safar/kernel";
import { DURABLE_LOOK_MS } from "../limits.ts";
import type { BusTrouble } from "../port.ts";
import { StreamError, type DurableReader, type DurableSpec, type DurableState, type StoredMessage } from "./port.ts";
import { matches } from "./subjects.ts";
import { SENTENCES, type ToldTroubles } from "./told-troubles.ts";

/** Whether a consumer's durables are as the relay makes them, and since when one is not. */
export interface DurableWatch {
  /** Looks at one, every now and then and after a failure. @throws where nothing can or should be had of it */
  look(spec: DurableSpec, signal: AbortSignal): Promise<void>;
  /** The broker answered a request for a message. @throws where it handed out what is not of the durable */
  answered(spec: DurableSpec, message: StoredMessage | undefined): void;
  failed(spec: DurableSpec, error: unknown): void;
  troubles(): readonly BusTrouble[];
}

type Kind = BusTrouble["kind"];

/** It is told once, when it begins. */
class DurableTrouble extends StreamError {}

/** What the order of events hangs on: the relay makes it so again. */
const keepsOrder = ({ spec, strange }: DurableState, wanted: DurableSpec): boolean =>
  strange.length === 0 && spec.filter === wanted.filter && spec.pending === wanted.pending;

export const createDurableWatch = (options: {
  /** `Consumer.durable`. */
  readonly consumer: string;
  readonly reader: DurableReader;
  readonly environment: Environment;
  readonly told: ToldTroubles;
}): DurableWatch => {
  const { consumer, reader, told } = options;
  const { clock } = options.environment;
  const found = new Map<string, { readonly kind: Kind; readonly since: number }>();
  const lookedAt = new Map<string, number>();

  const note = (durable: string, kind: Kind, why?: string): void => {
    const known = found.get(durable);
    if (known?.kind === kind) return;
    if (known) told.ends(durable, known.kind);
    found.set(durable, { kind, since: known?.since ?? clock.monotonic() });
    told.begins(durable, kind, why);
  };
  const forget = (durable: string): void => {
    const known = found.get(durable);
    if (known) told.ends(durable, known.kind);
    found.delete(durable);
  };
  const trouble = (durable: string, kind: Kind): DurableTrouble => {
    note(durable, kind);
    return new DurableTrouble(kind === "missing" ? "no-durable" : "refused", `${durable}: ${SENTENCES[kind]}`);
  };

  return {
    async look(spec, signal) {
      const { name } = spec;
      const before = lookedAt.get(name);
      if (before !== undefined && clock.monotonic() - before < DURABLE_LOOK_MS) return;
      const state = await reader.durable(name, signal);
      if (!state) throw trouble(name, "missing");
      if (!keepsOrder(state, spec)) throw trouble(name, "changed");
      lookedAt.set(name, clock.monotonic());
      // That it is there does not yet say that it may be read.
      if (found.get(name)?.kind !== "unanswered") forget(name);
    },
    answered(spec, message) {
      if (message && !matches(spec.filter, message.subject)) throw trouble(spec.name, "changed");
      forget(spec.name);
    },
    failed({ name }, error) {
      lookedAt.delete(name);
      if (!(error instanceof DurableTrouble)) note(name, "unanswered", String(error));
    },
    troubles: () =>
      [...found].map(([durable, { kind, since }]) => ({ consumer, durable, kind, forMs: clock.monotonic() - since })),
  };
};
