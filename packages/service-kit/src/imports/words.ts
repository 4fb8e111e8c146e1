import { say, sentenceOf, type Language, type RowReason, type Sentence } from "@safar/contracts";
import { FAULT_SENTENCES } from "../lists/index.ts";

/** The row could not be recorded, and it is not the row's fault. */
export const ROW_NOT_TAKEN = "row-not-taken";

const NOT_TAKEN = sentenceOf(
  "Tizim bu qatorni yozib ololmadi. Uni qayta yuboring; takrorlansa, ma’murga ayting.",
  "Тизим бу қаторни ёзиб ололмади. Уни қайта юборинг; такрорланса, маъмурга айтинг.",
  "Система не смогла записать эту строку. Отправьте её ещё раз; если повторится, сообщите администратору.",
  "The system could not record this row. Send it again; if it happens again, tell the administrator.",
);
const AT_ROW = sentenceOf("{row}-qator", "{row}-қатор", "Строка {row}", "Row {row}");
const AT_CELL = sentenceOf(
  "{row}-qator, “{column}” ustuni",
  "{row}-қатор, “{column}” устуни",
  "Строка {row}, столбец «{column}»",
  "Row {row}, column “{column}”",
);
const SEE_ROW = sentenceOf(
  "Birinchisi — shu ro‘yxatning {first}-qatori.",
  "Биринчиси — шу рўйхатнинг {first}-қатори.",
  "Первый раз — в строке {first} этого списка.",
  "The first one is row {first} of this list.",
);

/** The sentence of one reason, without its place. */
export const reasonDetail = (
  sentences: Readonly<Record<string, Sentence>>,
  { code, params = {} }: RowReason,
  language: Language,
): string => {
  const faults: Readonly<Record<string, Sentence>> = FAULT_SENTENCES;
  const words = code === ROW_NOT_TAKEN ? NOT_TAKEN : (sentences[code] ?? faults[code]);
  return words ? say(words, language, params) : code;
};

/** Between the reasons of one row: no sentence has it. */
const BETWEEN = " | ";

/**
 * The `reasons` cell of a row to correct: each with its place, in words, and its code in brackets for whoever is asked
 * about it.
 */
export const reasonsCell = (
  sentences: Readonly<Record<string, Sentence>>,
  row: {
    readonly row: number;
    readonly reasons: readonly RowReason[];
    readonly duplicateOfRow?: number | undefined;
  },
  language: Language,
): string => {
  const told = row.reasons.map((reason) => {
    const { column, code } = reason;
    const place =
      column === undefined ? say(AT_ROW, language, { row: row.row }) : say(AT_CELL, language, { row: row.row, column });
    return `${place}: ${reasonDetail(sentences, reason, language)} [${code}]`;
  });
  if (row.duplicateOfRow !== undefined) told.push(say(SEE_ROW, language, { first: row.duplicateOfRow }));
  return told.join(BETWEEN);
};
