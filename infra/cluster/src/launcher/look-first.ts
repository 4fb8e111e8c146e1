import { existsSync, readdirSync } from "node:fs";
import { dataFolderAt, isMoved, type Settings } from "@safar/service-kit";
import { NotDone } from "@safar/service-kit/command-line";
import { OTHER_BROKER } from "./development-broker.ts";
import { OTHER_VAULT } from "./development-vault.ts";
import { findProgram } from "./find-program.ts";
import { listens } from "./listening.ts";

const hasLog = (folder: string): boolean => existsSync(folder) && readdirSync(folder).length > 0;

/** Sentences on what is not installed, all of them at once, so that nobody installs one after the other. */
const missingPrograms = ({ NATS_URL, VAULT_URL }: Settings): readonly string[] => {
  const needed: Parameters<typeof findProgram>[] = [];
  if (NATS_URL === undefined) needed.push(["nats-server", "nats-server", OTHER_BROKER]);
  if (VAULT_URL === undefined) needed.push(["postgres", "postgresql", OTHER_VAULT]);
  return needed.flatMap((each) => {
    try {
      findProgram(...each);
      return [];
    } catch (error) {
      return [(error as Error).message];
    }
  });
};

/**
 * What a person should know before anything is made or started.
 * @param tell takes a line for that person
 * @param isServersOnly that person is about to move a node's data
 * @throws NotDone where the port of the one origin is taken, or a program is missing
 */
export const lookFirst = async (
  settings: Settings,
  { tell, isServersOnly = false }: { readonly tell: (line: string) => void; readonly isServersOnly?: boolean },
): Promise<void> => {
  const folder = dataFolderAt(settings);
  const { root, log } = folder;
  if (hasLog(log) && !isMoved(folder) && !isServersOnly)
    tell(
      `${root} holds the data of a single node, which the cluster does not read: npm run migrate -- --from ${root} --to esdb://… moves it to the cluster's servers, and npm run cluster -- --servers starts them and tells the whole command.`,
    );
  const { SAFAR_PORT: port } = settings;
  if (port !== 0 && (await listens(port)))
    throw new NotDone(
      `Port ${port} is taken by another program, perhaps a Safar that runs already: stop it, or set SAFAR_PORT.`,
    );
  const missing = missingPrograms(settings);
  if (missing.length > 0) throw new NotDone(missing.join("\n"));
};
