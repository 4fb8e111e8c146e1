import t from "tap";
import { vaultContract } from "./contract.ts";
import { newPlace, openAt, skip, startServers, takingTurns } from "./support/postgres.ts";

if (skip !== false) {
  t.test("PostgreSQL", { skip }, () => undefined);
} else {
  const servers = await startServers(t);

  vaultContract("PostgreSQL and S3", async (t, environment) => openAt(t, await newPlace(servers), { environment }));

  vaultContract("PostgreSQL and S3, open twice", async (t, environment) => {
    const place = await newPlace(servers);
    return takingTurns(await openAt(t, place, { environment }), await openAt(t, place, { environment }));
  });
}
