import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ServiceDefinition } from "@safar/service-kit";

/** As a journey goes; who only looks comes last, by name. */
const ORDER = [
  "registration",
  "training",
  "selection",
  "visa-docs",
  "departure",
  "placement-confirmation",
  "insurance-compensation",
];

const placeOf = (folder: string): number => (ORDER.includes(folder) ? ORDER.indexOf(folder) : ORDER.length);

/** `visa-docs` is the folder, `visaDocs` what its front door offers. */
const exportOf = (folder: string): string => folder.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/**
 * Every service's table of contents, by its folder. They are looked up in the house and not imported by name: tidy
 * looks at services, and no package depends on one.
 */
export const loadServices = async (root: string): Promise<readonly ServiceDefinition[]> => {
  const folders = readdirSync(join(root, "services")).toSorted((a, b) => placeOf(a) - placeOf(b) || (a < b ? -1 : 1));
  return Promise.all(
    folders.map(async (folder) => {
      const path = join(root, "services", folder, "src/index.ts");
      const front = (await import(pathToFileURL(path).href)) as Readonly<Record<string, ServiceDefinition | undefined>>;
      const definition = front[exportOf(folder)];
      if (definition?.name !== folder) throw new Error(`${path} does not export ${exportOf(folder)}`);
      return definition;
    }),
  );
};
