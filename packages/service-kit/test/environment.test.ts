import t from "tap";
import { realEnvironment } from "../src/index.ts";

const { timers } = realEnvironment();
const YEAR_MS = 365 * 86_400_000;

t.test("what is to happen in a year does not happen now", async (t) => {
  let happened = false;
  const cancel = timers.after(YEAR_MS, () => (happened = true));
  await timers.sleep(50);
  t.notOk(happened);
  cancel();
});
