import { sentenceOf, type Sentence } from "@safar/contracts";
import { ProblemError } from "./problem.ts";

/** Why a body cannot be read: what stands for `{reason}` in `malformed-body`. It never says what the body holds. */
export const BODY_FAULTS = {
  empty: sentenceOf("tana bo‘sh", "тана бўш", "тело пустое", "the body is empty"),
  "not-json": sentenceOf(
    "bu to‘g‘ri yozilgan JSON emas",
    "бу тўғри ёзилган JSON эмас",
    "это не JSON или он записан с ошибкой",
    "it is not JSON, or is written with a mistake",
  ),
  "length-differs": sentenceOf(
    "uzunligi `Content-Length` ga mos emas",
    "узунлиги `Content-Length` га мос эмас",
    "длина не совпадает с `Content-Length`",
    "its length is not that of `Content-Length`",
  ),
  "not-unicode": sentenceOf(
    "undagi bir matn Unicode emas",
    "ундаги бир матн Unicode эмас",
    "один из текстов в нём не Unicode",
    "a text in it is not Unicode",
  ),
  "broken-off": sentenceOf(
    "yuklash uzilib qoldi",
    "юклаш узилиб қолди",
    "загрузка прервалась",
    "the upload was broken off",
  ),
} as const satisfies Readonly<Record<string, Sentence>>;

export const malformedBody = (fault: keyof typeof BODY_FAULTS, cause?: unknown): ProblemError =>
  new ProblemError("malformed-body", { params: { reason: BODY_FAULTS[fault] }, cause });
