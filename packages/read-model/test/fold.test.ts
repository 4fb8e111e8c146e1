import t from "tap";
import { foldProjection, type Projection } from "../src/index.ts";
import { courseSeats, decodedHistory, journeyList, type JourneyRow } from "./journeys.ts";

t.test("the fold of a history has the row that each key's own events make", async (t) => {
  const rows = foldProjection(
    journeyList,
    decodedHistory(
      { journey: "a", does: "open", region: "1726" },
      { journey: "b", does: "open", region: "1703" },
      { journey: "a", does: "move", to: "training" },
      { journey: "b", does: "forget" },
    ),
  );
  t.strictSame([...rows], [["a", { row: { region: "1726", state: "training", moves: 1 }, position: 2n }]]);
});

t.test("an event with several keys changes the row of each", async (t) => {
  const rows = foldProjection(courseSeats, decodedHistory({ course: "x" }, { course: "y" }, { course: "x" }));
  t.strictSame(
    [...rows].map(([key, { row }]) => [key, row.seats]),
    [
      ["course-x", 2],
      ["all", 3],
      ["course-y", 1],
    ],
  );
});

t.test("events of other categories are passed over", async (t) => {
  t.equal(foldProjection(journeyList, decodedHistory({ course: "x" })).size, 0);
});

t.test("a projection that changes a row in place is found out", async (t) => {
  const impure: Projection<JourneyRow> = {
    ...journeyList,
    project: (row, event, key) => (row ? Object.assign(row, { moves: 1 }) : journeyList.project(row, event, key)),
  };
  const history = decodedHistory(
    { journey: "a", does: "open", region: "1726" },
    { journey: "a", does: "move", to: "training" },
  );
  t.throws(() => foldProjection(impure, history), TypeError);
});
