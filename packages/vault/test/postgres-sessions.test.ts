import t from "tap";
import { vaultSessions } from "../src/postgres/index.ts";
import { newPlace, openAt, skip, startServers } from "./support/postgres.ts";

if (skip !== false) {
  t.test("PostgreSQL", { skip }, () => undefined);
} else {
  const servers = await startServers(t);

  t.test("the database tells who has the vault open, also while nobody asks it anything", async (t) => {
    const place = await newPlace(servers);
    const elsewhere = await newPlace(servers);
    await openAt(t, elsewhere, { name: "audit" });
    t.same(await vaultSessions(place.url), []);
    // A connection that is not needed leaves after a millisecond, not after ten seconds.
    const url = `${place.url}?idleTimeoutMillis=1`;
    const registration = await openAt(t, { ...place, url }, { name: "registration" });
    const nameless = await openAt(t, { ...place, url });
    const address = "127.0.0.1";
    const both = [
      { name: "", address },
      { name: "registration", address },
    ];
    for (let round = 0; round < 5; round += 1) t.same(await vaultSessions(place.url), both);
    await nameless.close();
    await registration.close();
    let left = await vaultSessions(place.url);
    while (left.length > 0) left = await vaultSessions(place.url);
    t.same(left, []);
  });
}
