import { z } from "zod";
import { sealedSchema, type Personal } from "./sealed.ts";

interface PersonalMark {
  /** Name of the field, in the event's data or else in its metadata, that holds the person's id. */
  readonly of: string;
  readonly clear: z.ZodType;
}

const marks = new WeakMap<z.ZodType, PersonalMark>();

/**
 * Marks a field as personal data and says whose it is. The kit seals it before the append and opens it only for
 * a reader who may see it; the inner schema judges the clear value, never the ciphertext.
 */
export const personal = <T>(clear: z.ZodType<T>, mark: { readonly of: string }): z.ZodType<Personal<T>> => {
  const schema = z.union([sealedSchema, clear]) as unknown as z.ZodType<Personal<T>>;
  marks.set(schema, { of: mark.of, clear });
  return schema;
};

/** A personal field of a schema: the way to it from the data's root, and the field that names its person. */
export interface PersonalPath {
  /** `*` stands for every element of an array. */
  readonly path: readonly string[];
  readonly of: string;
}

/** Every personal field of a schema, optional ones and those inside objects and arrays too. */
export const personalPathsOf = (schema: z.ZodType, path: readonly string[] = []): readonly PersonalPath[] => {
  const mark = marks.get(schema);
  if (mark) return [{ path, of: mark.of }];
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return personalPathsOf(schema.unwrap() as z.ZodType, path);
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([key, value]) =>
      personalPathsOf(value as unknown as z.ZodType, [...path, key]),
    );
  if (schema instanceof z.ZodArray) return personalPathsOf(schema.element as unknown as z.ZodType, [...path, "*"]);
  if (schema instanceof z.ZodUnion)
    return (schema.options as unknown as z.ZodType[]).flatMap((option) => personalPathsOf(option, path));
  return [];
};
