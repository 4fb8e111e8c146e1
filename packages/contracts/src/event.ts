import { z } from "zod";
import { personalPathsOf, type PersonalPath } from "./personal.ts";

type Data = Readonly<Record<string, unknown>>;

interface Version {
  readonly schema: z.ZodType;
  /** From the version before; the first version has none. */
  readonly upcast?: (older: never) => unknown;
}

/** What a contract says of one event type: every version that was ever stored, and whether others may rely on it. */
export interface EventContract<Type extends string = string, T = unknown> {
  readonly type: Type;
  /** 1, 2, …: the version that is written today. */
  readonly version: number;
  readonly schema: z.ZodType<T>;
  readonly isPublished: boolean;
  readonly personalPaths: readonly PersonalPath[];
  /** Brings stored data of any released version to today's shape. @throws UnknownVersion, z.ZodError */
  read(data: unknown, version: number): T;
}

/** A contract under construction: `event('CertificateIssued', v1).revised(v2, upcast).published()`. */
export interface EventContractBuilder<Type extends string, T> extends EventContract<Type, T> {
  revised<Next>(schema: z.ZodType<Next>, upcast: (older: T) => Next): EventContractBuilder<Type, Next>;
  published(): EventContractBuilder<Type, T>;
}

/** The log holds a version that this program does not know: it is older than the log. */
export class UnknownVersion extends Error {
  override readonly name = "UnknownVersion";
}

const build = <Type extends string, T>(
  type: Type,
  versions: readonly Version[],
  isPublished: boolean,
): EventContractBuilder<Type, T> => {
  const latest = versions.at(-1);
  if (!latest) throw new TypeError(`${type} has no version`);
  const schema = latest.schema as z.ZodType<T>;
  return {
    type,
    version: versions.length,
    schema,
    isPublished,
    personalPaths: personalPathsOf(schema),
    read(data, version) {
      const stored = versions[version - 1];
      if (!stored) throw new UnknownVersion(`${type} has versions 1 to ${versions.length}, the log holds ${version}`);
      let value: unknown = stored.schema.parse(data);
      for (const { upcast } of versions.slice(version)) value = (upcast as (older: unknown) => unknown)(value);
      return value as T;
    },
    revised: (next, upcast) => build(type, [...versions, { schema: next, upcast }], isPublished),
    published: () => build(type, versions, true),
  };
};

/** The first version of an event. Private until `.published()`; released versions are never edited, only revised. */
export const event = <const Type extends string, T extends Data>(
  type: Type,
  schema: z.ZodType<T>,
): EventContractBuilder<Type, T> => build(type, [{ schema }], false);

/** An event that says all by its name. */
export const bareEvent = <const Type extends string>(type: Type): EventContractBuilder<Type, Record<string, never>> =>
  event(type, z.strictObject({}) as unknown as z.ZodType<Record<string, never>>);
