/** A bar would end the cell, and so would the end of a line. */
const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll(/\s*\n\s*/g, " ");

/** A table; an empty one is a sentence that says so. */
export const table = (
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  whenEmpty = "None.",
): readonly string[] => {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(" | ")} |`;
  return rows.length === 0 ? [whenEmpty] : [line(heads), line(heads.map(() => "---")), ...rows.map(line)];
};

export const code = (text: string): string => `\`${text}\``;

// What is between these two lines is made from code; formatting it would be drift.
const BEGIN =
  "<!-- prettier-ignore-start -->\n<!-- made from the code by `npm run docs`; what is written here is lost -->\n";
const END = "<!-- prettier-ignore-end -->\n";

/** A page that people write, with a part that is made from code: at its markers, or where it has none at its end. */
export const withMadePart = (page: string, part: string): string => {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END, begin);
  const made = `${BEGIN}\n${part.trim()}\n\n${END}`;
  if (begin < 0 || end < 0) return `${page.trimEnd()}\n\n${made}`.trimStart();
  return `${page.slice(0, begin)}${made}${page.slice(end + END.length)}`;
};
