/** Counts of tests: a test is what a file's first level says, t.test or an assertion of its own. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface TestTally {
  /** Takes one line of TAP; returns what a reader of a plain log should see of it, if anything. */
  line(text: string): string | undefined;
  counts(): Counts;
}

const TEST = /^ {4}(not )?ok\b(?:.*(# (?:SKIP|TODO)))?/i;
/** What tap says below a test that failed: where, expected, found. */
const DETAIL = /^ {6}/;
const DETAIL_OF_FILE = /^ {2}/;
/** What a test says of itself by `t.comment`; tap's own comments tell times and where a test begins. */
const COMMENT = /^ {4,}# (?!Subtest: |time=)(.*)/;
const FILE = /^(not )?ok \d+ - (.*?)(?: # time=(\S+))?(?: \{)?$/;

/**
 * Reads tap's report as it grows. Of a file that passed it shows one line and what its tests say of themselves (how many
 * events, kills and restarts were tried); of one that failed also the report of each test that failed, since a log is
 * read when nobody can run the test again.
 */
export const tallyTests = (): TestTally => {
  let total = NONE;
  let inFile = NONE;
  let shown: string[] = [];
  let comments: string[] = [];
  let sinceLastTest: string[] = [];
  let afterFailure = false;
  let afterCrash = false;

  const endOfTest = (text: string, failed: boolean): void => {
    if (failed) shown.push(...sinceLastTest, text);
    sinceLastTest = [];
    afterFailure = failed;
  };

  const endOfFile = (failed: boolean, path: string, time: string | undefined): string => {
    // A file that ends by a crash or a time-out fails, even if each of its tests passed until then.
    const crashed = failed && inFile.failed === 0;
    const ofFile = crashed ? add(inFile, { failed: 1 }) : inFile;
    const line = `${failed ? "FAILED" : "passed"}  ${path}  ${tests(ofFile)}${time === undefined ? "" : ` in ${time}`}`;
    const details = failed ? (crashed ? sinceLastTest : shown) : [];
    const told = [...details, line, ...comments.map((comment) => `        ${comment}`)].join("\n");
    total = add(total, ofFile);
    inFile = NONE;
    shown = [];
    comments = [];
    sinceLastTest = [];
    afterFailure = false;
    afterCrash = crashed;
    return told;
  };

  return {
    line(text) {
      if (afterCrash && DETAIL_OF_FILE.test(text)) return text;
      if (text.startsWith("# Subtest: ")) {
        sinceLastTest = [];
        return undefined;
      }
      const file = FILE.exec(text);
      if (file) return endOfFile(file[1] !== undefined, file[2] ?? "", file[3]);
      afterCrash = false;
      const comment = COMMENT.exec(text)?.[1];
      if (comment !== undefined) comments.push(comment);
      const test = TEST.exec(text);
      if (test) {
        const failed = test[1] !== undefined && test[2] === undefined;
        inFile = add(inFile, test[2] === undefined ? (failed ? { failed: 1 } : { passed: 1 }) : { skipped: 1 });
        endOfTest(text, failed);
      } else if (afterFailure && DETAIL.test(text)) shown.push(text);
      else {
        afterFailure = false;
        sinceLastTest.push(text);
      }
      return undefined;
    },
    counts: () => total,
  };
};

const NONE: Counts = { passed: 0, failed: 0, skipped: 0 };

const add = (counts: Counts, more: Partial<Counts>): Counts => ({
  passed: counts.passed + (more.passed ?? 0),
  failed: counts.failed + (more.failed ?? 0),
  skipped: counts.skipped + (more.skipped ?? 0),
});

const tests = ({ passed, failed }: Counts): string => `${passed + failed} test${passed + failed === 1 ? "" : "s"}`;

/** What a runner looks for: the last line, alone. */
export const countsLine = ({ passed, failed }: Counts): string => `${passed} passed, ${failed} failed`;
