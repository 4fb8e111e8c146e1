import t from "tap";
import { countsLine, tallyTests } from "../src/test-tally.ts";

const read = (report: string): { readonly shown: string; readonly counts: string } => {
  const tally = tallyTests();
  const shown = report.split("\n").flatMap((line) => tally.line(line) ?? []);
  return { shown: shown.join("\n"), counts: countsLine(tally.counts()) };
};

t.test("a file that passes is one line, and its tests are counted, not their assertions", async (t) => {
  const { shown, counts } = read(`TAP version 14
# Subtest: a.test.ts
    # Subtest: one
        ok 1 - should be equal
        ok 2 - should be equal
        1..2
    ok 1 - one # time=2ms
    ok 2 - two # time=1ms
    1..2
ok 1 - a.test.ts # time=35.4ms
1..1`);
  t.equal(shown, "passed  a.test.ts  2 tests in 35.4ms");
  t.equal(counts, "2 passed, 0 failed");
});

t.test("what a test says of itself is shown, tap's own comments are not", async (t) => {
  const { shown } = read(`# Subtest: a.test.ts
    # Subtest: kills
        # Subtest: twice
            # 12 kills, 735 events
            1..0
        ok 1 - twice # time=1ms
        # 3 restarts
        1..1
        # time=2ms
    ok 1 - kills # time=2ms
    1..1
    # time=3ms
ok 1 - a.test.ts # time=35.4ms
# Subtest: b.test.ts
    ok 1 - silent
    1..1
ok 2 - b.test.ts # time=1ms`);
  t.equal(
    shown,
    [
      "passed  a.test.ts  1 test in 35.4ms",
      "        12 kills, 735 events",
      "        3 restarts",
      "passed  b.test.ts  1 test in 1ms",
    ].join("\n"),
  );
});

t.test("of a file that fails, the tests that failed are shown with their details", async (t) => {
  const { shown, counts } = read(`# Subtest: a.test.ts
    ok 1 - one
    not ok 2 - two
      ---
      diff: |
        -1
        +2
      ...
    1..2
not ok 1 - a.test.ts # time=1ms
# Subtest: b.test.ts
    ok 1 - three
ok 2 - b.test.ts # time=1ms`);
  t.match(shown, /not ok 2 - two\n.*---\n.*diff/);
  t.notMatch(shown, /ok 1 - one/);
  t.match(shown, /FAILED {2}a\.test\.ts {2}2 tests/);
  t.equal(counts, "2 passed, 1 failed");
});

t.test("a file that crashes after its tests passed counts as a failure", async (t) => {
  const { shown, counts } = read(`# Subtest: a.test.ts
    ok 1 - one
    1..1
not ok 1 - a.test.ts
  ---
  exitCode: 1
  ...

# Subtest: b.test.ts
    not ok 1 - three
not ok 2 - b.test.ts`);
  t.match(shown, /FAILED {2}a\.test\.ts {2}2 tests\n {2}---\n {2}exitCode: 1\n {2}\.\.\.\n {4}not ok 1 - three/);
  t.equal(counts, "1 passed, 2 failed");
});

t.test("a test that stands aside is neither passed nor failed", async (t) => {
  const { counts } = read(`# Subtest: a.test.ts
    ok 1 - one # SKIP no server
    ok 2 - two
ok 1 - a.test.ts`);
  t.equal(counts, "1 passed, 0 failed");
});
