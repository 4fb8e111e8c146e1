import type { Environment } from "@safar/kernel";
import type { Vault } from "@safar/vault";

/** Within it a vault that is well answers many times over; the gateway waits twice as long for the whole answer. */
const ANSWER_WITHIN_MS = 1_000;
/** Whoever asks more often gets the same answer: readiness may be asked by anybody, and as often as they like. */
const KEYS_ASKED_AFTER_MS = 1_000;
/** A store may count each request; nothing but a flag depends on the answer. */
const FILES_ASKED_AFTER_MS = 10_000;
/**
 * The vault is one for all replicas. A standby that takes over, or a pause, must not take every one of them out at
 * once: commands are answered with 503 and repeated meanwhile. What lasts longer is told.
 */
export const VAULT_GRACE_MS = 20_000;

/** A subject that nobody is. Only keys that are there are kept in memory, so looking for it asks the vault itself. */
const NOBODY = "health";

/** How long, in milliseconds, the asked has not answered well; undefined: it does. */
type FailingFor = () => Promise<number | undefined>;

const createProbe = ({ clock, timers }: Environment, askedAfterMs: number, ask: () => Promise<unknown>): FailingFor => {
  let asking: Promise<void> | undefined;
  let askedAt = 0;
  let last: { readonly at: number; readonly isWell: boolean } | undefined;
  let failingSince: number | undefined;

  const look = async (): Promise<void> => {
    askedAt = clock.monotonic();
    const begun = askedAt;
    const isWell = await ask().then(
      () => true,
      () => false,
    );
    last = { at: clock.monotonic(), isWell };
    failingSince = isWell ? undefined : (failingSince ?? begun);
  };
  // One question at a time: behind one that hangs no others gather.
  const answer = (): Promise<void> => (asking ??= look().finally(() => (asking = undefined)));

  const inTime = async (): Promise<boolean> => {
    const answered = answer();
    // Nobody waits anew for what has been hanging for that long already.
    const left = Math.max(0, askedAt + ANSWER_WITHIN_MS - clock.monotonic());
    let cancel = (): void => undefined;
    const tooLate = new Promise<false>((resolve) => {
      cancel = timers.after(left, () => {
        resolve(false);
      });
    });
    return Promise.race([answered.then(() => last?.isWell === true), tooLate]).finally(cancel);
  };

  return async () => {
    const asked = clock.monotonic();
    const isFresh = last !== undefined && asked - last.at < askedAfterMs;
    if (isFresh ? last?.isWell === true : await inTime()) return undefined;
    failingSince ??= asked;
    return clock.monotonic() - failingSince;
  };
};

/** What readiness says of the vault: whether it and its file store answer, and whether that is to be waited for. */
export interface VaultHealth {
  readonly vault: boolean;
  readonly files: boolean;
  /** False once the vault has been away for longer than `VAULT_GRACE_MS`. Without its file store it is well enough. */
  readonly isReady: boolean;
}

export const createVaultHealth = (environment: Environment, vault: Vault): (() => Promise<VaultHealth>) => {
  const askKeys = createProbe(environment, KEYS_ASKED_AFTER_MS, () => vault.findKey(NOBODY));
  const askFiles = createProbe(environment, FILES_ASKED_AFTER_MS, () => vault.files.check());
  return async () => {
    const [keys, files] = await Promise.all([askKeys(), askFiles()]);
    return { vault: keys === undefined, files: files === undefined, isReady: (keys ?? 0) < VAULT_GRACE_MS };
  };
};
