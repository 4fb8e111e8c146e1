import { DatabaseError } from "pg";
import { VaultNotOpened, VaultUnavailable } from "../port.ts";

/**
 * What the database's errors mean for a caller. The errors themselves may hold what a statement was given and whatever
 * a library puts into them; only their code and message are told on, and messages name no value of ours.
 */

const REFUSED: Readonly<Record<string, string>> = {
  "28P01": "the name or password in VAULT_URL is wrong",
  "28000": "the database lets this user in only otherwise (pg_hba.conf, TLS)",
  "3D000": "the database that VAULT_URL names does not exist",
  "42501": "the user of VAULT_URL may not make or use the tables of the vault",
};

export const sqlStateOf = (error: unknown): string | undefined =>
  error instanceof DatabaseError ? error.code : undefined;

const described = (error: unknown): string => {
  if (!(error instanceof Error)) return "an unknown failure";
  return "code" in error && typeof error.code === "string" ? `${error.message} (${error.code})` : error.message;
};

/** For a call: whatever the reason, it may be made again. */
export const unavailable = (error: unknown): VaultUnavailable =>
  new VaultUnavailable("storage", `the vault's database fails: ${described(error)}`);

/** For the opening: what only an operator can mend is told apart from what passes. */
export const whyNotOpened = (error: unknown): VaultNotOpened | VaultUnavailable => {
  const why = REFUSED[sqlStateOf(error) ?? ""];
  return why === undefined ? unavailable(error) : new VaultNotOpened("refused", why);
};
