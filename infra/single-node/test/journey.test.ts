import t from "tap";
import { settle } from "@safar/testing";
import { temporaryFolder } from "./support/folders.ts";
import { startInside } from "./support/inside.ts";
import { checkReadModels } from "./support/invariants.ts";
import { checkJourneys } from "./support/journey.ts";

t.setTimeout(600_000);
const LIMIT_MS = 120_000;

t.test("a journey of every kind comes to its end, through all seven services", async (t) => {
  const folder = await temporaryFolder(t);
  const running = await startInside(t, folder);
  const { store, decoder } = running.kit;
  await checkJourneys(t, {
    folder,
    address: running.address,
    store,
    decoder,
    settle: () => settle(running.kit, running.node, LIMIT_MS),
    checkReadModels: (t) => checkReadModels(t, running),
  });
});
