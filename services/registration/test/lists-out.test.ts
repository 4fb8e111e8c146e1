import t from "tap";
import { candidateBody, startTestNode } from "@safar/testing";
import { registration } from "../src/index.ts";

/** Lists as they are paged through, from the first page to the last. */

const node = await startTestNode(t, { services: [registration] });
const registrar = await node.as({ role: "registrar", unit: "1726" });
const regions = ["1703", "1726", "1703", "1726", "1703"];
const cases: string[] = [];
for (const [n, regionSoato] of regions.entries()) {
  const { status, body } = await registrar.post("/registration/cases", candidateBody(n + 1, { regionSoato }));
  if (status !== 201) throw new Error(JSON.stringify(body));
  cases.push(body.caseId);
}
await node.settled();
const of1703 = cases.filter((_, index) => regions[index] === "1703").toReversed();

t.test("pages of any size hold every row of the list once, newest first", async (t) => {
  for (const limit of [1, 2, 3, 4, 500]) {
    const found: string[] = [];
    let next: string | undefined = "";
    for (let pages = 1; next !== undefined; pages += 1) {
      const cursor: string = next === "" ? "" : `&cursor=${next}`;
      const { body } = await registrar.get(`/registration/cases?region=1703&limit=${limit}${cursor}`);
      found.push(...body.items.map(({ caseId }: { caseId: string }) => caseId));
      next = body.next as string | undefined;
      t.ok(pages <= Math.ceil(of1703.length / limit), "and none is empty");
    }
    t.same(found, of1703, `${limit} to a page`);
  }
});

t.test("the next page of a list as CSV is one of the same list", async (t) => {
  const found: string[] = [];
  let address: string | undefined = "/registration/cases?region=1703&limit=2";
  while (address !== undefined) {
    const { body, headers } = await registrar.get(address, { accept: "text/csv" });
    const [names = "", ...rows] = String(body).replace("\ufeff", "").trimEnd().split("\r\n");
    const place = names.split(";").indexOf("caseId");
    found.push(...rows.map((row) => row.split(";")[place] ?? ""));
    const link = /^<(.*)>; rel="next"$/.exec(headers.get("link") ?? "")?.[1];
    address = link === undefined ? undefined : new URL(link, `http://any${address}`).href.replace("http://any", "");
  }
  t.same(found, of1703);
});

t.test("a list as CSV has its columns where nothing is in it, too", async (t) => {
  const namesOf = async (region: string): Promise<string | undefined> => {
    const { body } = await registrar.get(`/registration/cases?region=${region}`, { accept: "text/csv" });
    return String(body).split("\r\n")[0];
  };
  t.match(await namesOf("1703"), /;caseId;/);
  t.equal(await namesOf("1799"), await namesOf("1703"));
});
