import t from "tap";
import { agencyDeposit, bhmOn, compensationCap, PREMIUM_SUBSIDY } from "../../src/index.ts";

const uzs = (sums: number) => ({ minor: sums * 100, currency: "UZS" });

t.test("the base calculation unit has dates, and its last value is marked as unconfirmed", async (t) => {
  t.equal(bhmOn("2023-12-31"), undefined);
  t.same(bhmOn("2024-01-01"), { amount: uzs(340_000), from: "2024-01-01", unconfirmed: false });
  t.match(bhmOn("2024-09-30"), { amount: uzs(340_000) });
  t.same(bhmOn("2024-10-01"), { amount: uzs(375_000), from: "2024-10-01", unconfirmed: true });
  t.match(bhmOn("2026-02-16"), { amount: uzs(375_000), unconfirmed: true });
});

t.test("caps are so many units of the date, in whole tiyin", async (t) => {
  t.same(compensationCap("exam", "2026-02-16"), uzs(1_125_000));
  t.same(compensationCap("workVisa", "2026-02-16"), uzs(1_875_000));
  t.same(compensationCap("ticket", "2024-05-01"), uzs(680_000));
  t.equal(compensationCap("ticket", "2023-05-01"), undefined);
  t.same(agencyDeposit("2026-02-16"), uzs(1_500_000_000));
  t.same(PREMIUM_SUBSIDY.maxPerYear, uzs(50_000));
});
