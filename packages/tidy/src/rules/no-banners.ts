import type { Rule } from "../repository.ts";
import { codeOf, linesThatMatch } from "../text.ts";

/** A comment that only draws: `// -----`, `/*****`, `# ====`. */
const BANNER = /^\s*(\/\/|\/\*+|\*|#)\s*[-=*#~_+─━═]{4,}/;

export const noBanners: Rule = {
  sentence: "comments are sentences, not banners",
  check: (repository) =>
    codeOf(repository).flatMap((file) => linesThatMatch(file, BANNER, "a new part of a file is a new file")),
};
