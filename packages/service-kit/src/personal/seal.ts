import { isSealed, type EventContract, type Metadata } from "@safar/contracts";
import type { Seal } from "@safar/event-store";
import type { Sealer } from "@safar/vault";

/** The field that names the person stands in the data, or else in the metadata. */
const subjectOf = (of: string, data: Readonly<Record<string, unknown>>, meta: Metadata): string => {
  const subject = data[of] ?? (meta as Readonly<Record<string, unknown>>)[of];
  if (typeof subject !== "string" || subject === "") throw new Error(`no ${of} says whose personal data this is`);
  return subject;
};

const sealAt = async (
  value: unknown,
  path: readonly string[],
  seal: (clear: unknown) => Promise<unknown>,
): Promise<unknown> => {
  if (value === undefined || value === null) return value;
  const [step, ...rest] = path;
  if (step === undefined) return isSealed(value) ? value : seal(value);
  if (step === "*") return Promise.all((value as unknown[]).map((element) => sealAt(element, rest, seal)));
  const record = value as Readonly<Record<string, unknown>>;
  if (!(step in record)) return record;
  return { ...record, [step]: await sealAt(record[step], rest, seal) };
};

/** Encrypts every field that a contract marks as personal, with the key of the person it is about. */
export const createSeal =
  (sealer: Sealer): Seal =>
  async (contract: EventContract, data, meta) => {
    let sealed: unknown = data;
    for (const { path, of } of contract.personalPaths) {
      const subject = subjectOf(of, data, meta);
      sealed = await sealAt(sealed, path, (clear) => sealer.seal(subject, clear));
    }
    return sealed as Readonly<Record<string, unknown>>;
  };
