import { replaceSealed } from "@safar/contracts";
import type { Environment } from "@safar/kernel";
import { createSealer, type Vault } from "@safar/vault";
import type { LogAudit } from "./log.ts";

/** Everything that was ever sealed, in clear: what must be looked for where it must not be. */
export interface ClearValues {
  /** Opens what was sealed since the last time; a value is known before the append that has it is answered. */
  catchUp(): Promise<void>;
  /** Whose number (PINFL, passport, phone, card …) stands anywhere in a text. Nobody else has the same. */
  whoIsIn(text: string): string | undefined;
  /** Whether a document shows anything of a person, a name too: others may be called the same. */
  shows(document: unknown, personId: string): boolean;
  /** What a sealed value is in clear. */
  clearOf(sealed: string): unknown;
}

interface Person {
  readonly numbers: Set<string>;
  readonly names: Set<string>;
}

/** Digits enough to be somebody's own, and no date. */
const isNumber = (text: string): boolean => text.length >= 7 && /\d/.test(text) && !/^\d{4}-\d\d-\d\d/.test(text);
const isName = (text: string): boolean => text.length >= 3 && !/\d/.test(text);

const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

export const createClearValues = (vault: Vault, environment: Environment, audit: LogAudit): ClearValues => {
  const sealer = createSealer(vault, environment);
  const persons = new Map<string, Person>();
  const clear = new Map<string, unknown>();
  let looked = 0;

  const remember = (personId: string, value: unknown): void => {
    const person = persons.get(personId) ?? { numbers: new Set(), names: new Set() };
    persons.set(personId, person);
    for (const text of textsIn(value)) {
      if (isNumber(text)) person.numbers.add(text);
      if (isName(text)) person.names.add(text);
    }
  };
  const isIn = (text: string, { numbers }: Person): boolean => [...numbers].some((number) => text.includes(number));

  return {
    async catchUp() {
      const { events } = audit;
      while (looked < events.length) {
        const found: { readonly sealed: string; readonly of: string }[] = [];
        replaceSealed(events[looked]?.data, ({ sealed }) => void found.push(sealed));
        looked += 1;
        for (const sealed of found) {
          const opened = await sealer.open(sealed);
          if (opened === "erased") continue;
          clear.set(sealed.sealed, opened.value);
          remember(sealed.of, opened.value);
        }
      }
    },
    whoIsIn: (text) => [...persons].find(([, person]) => isIn(text, person))?.[0],
    shows(document, personId) {
      const person = persons.get(personId);
      if (!person) return false;
      return isIn(JSON.stringify(document), person) || textsIn(document).some((text) => person.names.has(text));
    },
    clearOf: (sealed) => clear.get(sealed),
  };
};
