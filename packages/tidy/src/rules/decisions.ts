import type { Finding, RepositoryFile, Rule } from "../repository.ts";
import { aboutFile } from "../text.ts";

const DECISION = /^docs\/decisions\/(\d{4})-[a-z0-9-]+\.md$/;
const PARTS = ["Context", "Decision", "Consequences", "What would change our mind"];

const missingParts = (file: RepositoryFile): readonly Finding[] =>
  PARTS.filter((part) => !new RegExp(`^## ${part}$`, "m").test(file.text)).map((part) =>
    aboutFile(file.path, `lacks the part "${part}"`),
  );

export const decisions: Rule = {
  sentence: "every decision has a number of its own and says what would change our mind",
  check: ({ files }) => {
    const all = files.filter(({ path }) => path.startsWith("docs/decisions/") && !path.endsWith("README.md"));
    const numbers = all.map(({ path }) => DECISION.exec(path)?.[1]);
    return all.flatMap((file, index) => {
      const number = numbers[index];
      if (number === undefined) return [aboutFile(file.path, "is not named NNNN-title.md")];
      const doubled = numbers.indexOf(number) < index ? [aboutFile(file.path, `${number} is taken`)] : [];
      return [...doubled, ...missingParts(file)];
    });
  },
};
