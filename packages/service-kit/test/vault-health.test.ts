import t from "tap";
import { openMemoryVault, VaultUnavailable, type Vault } from "@safar/vault";
import { createVaultHealth, VAULT_GRACE_MS } from "../src/observability/vault-health.ts";
import { realEnvironment } from "../src/index.ts";
import { startSmallNode } from "./support/small-node.ts";

const real = realEnvironment();
const away = (): Promise<never> => Promise.reject(new VaultUnavailable("storage", "away"));

/** A vault whose parts can be taken away, and a clock that a test moves on. */
const givenVault = () => {
  const time = { now: 1_000 };
  const environment = { ...real, clock: { ...real.clock, monotonic: () => time.now } };
  const vault = openMemoryVault({ environment });
  const present = {
    keys: (): Promise<undefined> | Promise<never> => Promise.resolve(undefined),
    files: () => Promise.resolve(),
  };
  const asked = { keys: 0 };
  const failing: Vault = {
    ...vault,
    findKey: (subject) => {
      asked.keys += 1;
      return present.keys().then(() => vault.findKey(subject));
    },
    files: { ...vault.files, check: () => present.files() },
  };
  return { time, environment, vault: failing, present, asked };
};

t.test(
  "a vault that is away for a moment is told at once, and makes a process unready only when it lasts",
  async (t) => {
    const { time, environment, vault, present } = givenVault();
    const ask = createVaultHealth(environment, vault);
    t.strictSame(await ask(), { vault: true, files: true, isReady: true });
    present.keys = away;
    time.now += 60_000;
    t.strictSame(await ask(), { vault: false, files: true, isReady: true }, "however long nobody had asked");
    time.now += VAULT_GRACE_MS - 1;
    t.match(await ask(), { vault: false, isReady: true });
    time.now += 1;
    t.match(await ask(), { vault: false, isReady: false });
    present.keys = () => Promise.resolve(undefined);
    time.now += 1_000;
    t.match(await ask(), { vault: true, isReady: true }, "and is ready again at once");
    present.keys = away;
    time.now += 1_000;
    t.match(await ask(), { vault: false, isReady: true }, "counted anew");
  },
);

t.test("without its file store a process stays ready, and says so", async (t) => {
  const { time, environment, vault, present } = givenVault();
  const ask = createVaultHealth(environment, vault);
  present.files = away;
  t.strictSame(await ask(), { vault: true, files: false, isReady: true });
  time.now += 10 * VAULT_GRACE_MS;
  t.strictSame(await ask(), { vault: true, files: false, isReady: true });
});

t.test("a vault that hangs is asked once, and whoever asks for readiness does not hang with it", async (t) => {
  const { time, environment, vault, present, asked } = givenVault();
  let limits = 0;
  const impatient = {
    ...environment,
    timers: {
      ...real.timers,
      after(_milliseconds: number, callback: () => void) {
        limits += 1;
        void real.timers.sleep(1).then(callback);
        return () => undefined;
      },
    },
  };
  const ask = createVaultHealth(impatient, vault);
  let answer: () => void = () => undefined;
  present.keys = () => new Promise<undefined>((resolve) => (answer = () => resolve(undefined)));
  for (let round = 0; round < 3; round += 1) t.match(await ask(), { vault: false, isReady: true });
  t.equal(asked.keys, 1);
  t.ok(limits >= 3);
  time.now += VAULT_GRACE_MS;
  t.match(await ask(), { vault: false, isReady: false });
  answer();
  present.keys = () => Promise.resolve(undefined);
  time.now += 1_000;
  t.match(await ask(), { vault: true, isReady: true });
});

t.test("whoever floods readiness does not flood the vault", async (t) => {
  const { time, environment, vault, asked } = givenVault();
  const ask = createVaultHealth(environment, vault);
  for (let round = 0; round < 50; round += 1) await ask();
  t.equal(asked.keys, 1);
  time.now += 1_000;
  await ask();
  t.equal(asked.keys, 2);
});

t.test("readiness asks the vault", async (t) => {
  const { node } = await startSmallNode(t);
  const ask = async () => {
    const response = await fetch(`${node.address}/health/ready`);
    return (await response.json()) as { readonly vault: boolean };
  };
  t.match(await ask(), { status: "ready", log: true, bus: true, vault: true, files: true });
  await node.runtimes[0]!.kit.vault.close();
  let found = await ask();
  while (found.vault) {
    await real.timers.sleep(20);
    found = await ask();
  }
  t.match(found, { status: "degraded", vault: false }, "only for a moment so far");
});
