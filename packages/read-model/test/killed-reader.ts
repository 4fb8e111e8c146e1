import { courseSeats, createWriter, journeyList } from "./journeys.ts";
import { openOver } from "./opening.ts";
import { openStore } from "./store.ts";

/** A process that is killed between two batches, or in the middle of one. */

const [, , file = "", moment, count = "0"] = process.argv;
const kill = (): void => void process.kill(process.pid, "SIGKILL");

const store = openStore();
await createWriter(store)(...Array.from({ length: 400 }, (_, index) => ({ course: String(index % 5) })));

let events = 0;
const projections = [
  journeyList,
  {
    ...courseSeats,
    project: (...[row, event, key]: Parameters<typeof courseSeats.project>) => {
      const next = courseSeats.project(row, event, key);
      events += 1;
      // What is written last in a batch: rows are in SQLite by then, the checkpoint is not.
      return moment === "within" && events > Number(count) ? { ...next, toJSON: kill } : next;
    },
  },
];
const readModel = openOver(store, { file, projections, eventsPerTransaction: 10 });
let batches = 0;
readModel.onApplied(() => {
  batches += 1;
  if (moment === "between" && batches >= Number(count)) kill();
});
await readModel.ready;
