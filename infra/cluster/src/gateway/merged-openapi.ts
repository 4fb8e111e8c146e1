import { z } from "zod";

const document = z.looseObject({
  info: z.looseObject({ description: z.string().optional() }).optional(),
  paths: z.record(z.string(), z.looseObject({})),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()).optional() }).optional(),
});
export type OpenApi = z.infer<typeof document>;

export const readOpenApi = (value: unknown): OpenApi => document.parse(value);

/**
 * One reference of all services. What every service has (health) stands once.
 * @param missing services that do not answer, whose doors nobody is to miss without knowing why
 */
export const mergeOpenApi = (documents: readonly OpenApi[], missing: readonly string[]): OpenApi => {
  const [first, ...others] = documents;
  if (!first) return { paths: {} };
  const whole = others.reduce<OpenApi>(
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
  if (missing.length === 0) return whole;
  const note = `Not complete: ${missing.join(", ")} did not answer when this was made. Ask again in a moment.`;
  return { ...whole, info: { ...whole.info, description: [whole.info?.description ?? "", note].join("\n\n").trim() } };
};
