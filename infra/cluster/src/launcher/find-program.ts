import { accessSync, constants, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { NotDone } from "@safar/service-kit/command-line";

/** Where Debian puts servers that are not in everybody's path. */
const BESIDE_THE_PATH = ["/usr/sbin", "/usr/local/sbin"];
const DEBIANS_POSTGRES = "/usr/lib/postgresql";

const isProgram = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const postgresFolders = (): readonly string[] => {
  try {
    const versions = readdirSync(DEBIANS_POSTGRES).sort((left, right) => Number(right) - Number(left));
    return versions.map((version) => join(DEBIANS_POSTGRES, version, "bin"));
  } catch {
    return [];
  }
};

/**
 * The path of a program of this machine.
 * @param otherwise how to do without it, for whoever lacks it
 * @throws NotDone
 */
export const findProgram = (name: string, debianPackage: string, otherwise: string): string => {
  const path = (process.env["PATH"] ?? "").split(delimiter).filter(Boolean);
  // The newest version's own folder first: what stands in the path may be a wrapper that refuses to run as root.
  const folders = [...postgresFolders(), ...path, ...BESIDE_THE_PATH];
  const found = folders.map((folder) => join(folder, name)).find(isProgram);
  if (found === undefined)
    throw new NotDone(`${name} is not installed: apt-get install ${debianPackage}, or ${otherwise}.`);
  return found;
};
