import t from "tap";
import { deriveUuid, isUuid, SAFAR_NAMESPACE } from "../src/index.ts";

t.test("a derived id is a version 5 UUID, the same for the same parts", async (t) => {
  const id = deriveUuid(SAFAR_NAMESPACE, "application", "a", "b");
  t.ok(isUuid(id));
  t.equal(id[14], "5");
  t.equal(id, deriveUuid(SAFAR_NAMESPACE, "application", "a", "b"));
});

t.test("it equals the published example of RFC 9562, appendix A.4", async (t) => {
  t.equal(
    deriveUuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "www.example.com"),
    "2ed6657d-e927-568b-95e1-2665a8aea6a2",
  );
});

t.test("parts do not run into each other", async (t) => {
  t.not(deriveUuid(SAFAR_NAMESPACE, "ab", "c"), deriveUuid(SAFAR_NAMESPACE, "a", "bc"));
});
