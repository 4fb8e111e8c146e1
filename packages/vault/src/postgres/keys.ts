import type { Environment } from "@safar/kernel";
import { KEY_BYTES, NONCE_BYTES } from "../aes-gcm.ts";
import { blob } from "../columns.ts";
import { checkSubject } from "../names.ts";
import { KeyDestroyed, VaultUnavailable, type Vault } from "../port.ts";
import type { KeyWrapping } from "../wrapping.ts";
import type { Connections } from "./connections.ts";

/** What makes the wrapped key of a new subject. */
export type NewKey = (subject: string) => Uint8Array;

export const createNewKey =
  (wrapping: KeyWrapping, { random }: Environment): NewKey =>
  (subject) =>
    wrapping.wrap(`subject:${subject}`, random.bytes(KEY_BYTES), random.bytes(NONCE_BYTES));

export type KeyMethods = Pick<Vault, "keyOf" | "findKey">;

export const keyMethods = ({ ask }: Pick<Connections, "ask">, wrapping: KeyWrapping, newKey: NewKey): KeyMethods => {
  const findKey: Vault["findKey"] = async (subject) => {
    checkSubject(subject);
    const [row] = await ask("SELECT wrapped FROM safar_vault.subject_keys WHERE subject = $1", [subject]);
    if (!row) return undefined;
    return row["wrapped"] === null ? "destroyed" : wrapping.unwrap(`subject:${subject}`, blob(row["wrapped"]));
  };

  /** Whoever is first makes it; the row stays for ever, so that the next look finds it. */
  const makeKey = async (subject: string): Promise<Uint8Array | "destroyed"> => {
    await ask("INSERT INTO safar_vault.subject_keys (subject, wrapped) VALUES ($1, $2) ON CONFLICT DO NOTHING", [
      subject,
      newKey(subject),
    ]);
    const made = await findKey(subject);
    if (made === undefined) throw new VaultUnavailable("storage", "a key that was just written is not there");
    return made;
  };

  return {
    findKey,
    async keyOf(subject) {
      const key = (await findKey(subject)) ?? (await makeKey(subject));
      if (key === "destroyed") throw new KeyDestroyed(subject);
      return key;
    },
  };
};
