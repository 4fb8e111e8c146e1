import { z } from "zod";

const document = z.looseObject({
  paths: z.record(z.string(), z.looseObject({})),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()).optional() }).optional(),
});
export type OpenApi = z.infer<typeof document>;

export const readOpenApi = (value: unknown): OpenApi => document.parse(value);

/** One reference of all services. What every service has (health) stands once. */
export const mergeOpenApi = (documents: readonly OpenApi[]): OpenApi => {
  const [first, ...others] = documents;
  if (!first) return { paths: {} };
  return others.reduce<OpenApi>(
    (merged, other) => ({
      ...merged,
      paths: { ...other.paths, ...merged.paths },
      components: {
        ...other.components,
        ...merged.components,
        schemas: { ...other.components?.schemas, ...merged.components?.schemas },
      },
    }),
    first,
  );
};
