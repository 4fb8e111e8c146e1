import { z } from "zod";

/** The path's parameters, each a UUID unless its name says that it is something else. */
export const paramsSchemaOf = (path: string): z.ZodObject => {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name = ""]) => name);
  const id = z.string().toLowerCase().pipe(z.uuid());
  const schemas: Record<string, z.ZodType> = {
    kind: z.string().regex(/^[A-Za-z][A-Za-z-]{0,39}$/),
    // A case's id, or of a stream without a case what stands behind its category.
    parkedId: z.string().regex(/^[\w.:-]{1,100}$/),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  };
  return z.object(Object.fromEntries(names.map((name) => [name, schemas[name] ?? id])));
};
