import type { z } from "zod";
import { sentenceOf, type Sentence } from "@safar/contracts";
import { ProblemError, type FieldError } from "./problem.ts";

/** What is wrong with a field, where only its form was looked at. */
export const FIELD_ERRORS: Readonly<Record<string, Sentence>> = {
  required: sentenceOf("Bu maydon kerak.", "Бу майдон керак.", "Это поле нужно.", "This field is needed."),
  "wrong-type": sentenceOf(
    "Turi {expected} bo‘lsin.",
    "Тури {expected} бўлсин.",
    "Тип должен быть {expected}.",
    "It must be of type {expected}.",
  ),
  "unknown-key": sentenceOf(
    "{keys}: bunday maydon yo‘q.",
    "{keys}: бундай майдон йўқ.",
    "{keys}: такого поля нет.",
    "{keys}: there is no such field.",
  ),
  "too-small": sentenceOf("Kamida {limit}.", "Камида {limit}.", "Не меньше {limit}.", "At least {limit}."),
  "too-big": sentenceOf("Ko‘pi bilan {limit}.", "Кўпи билан {limit}.", "Не больше {limit}.", "At most {limit}."),
  "wrong-format": sentenceOf(
    "Shakli noto‘g‘ri ({format}).",
    "Шакли нотўғри ({format}).",
    "Неверный формат ({format}).",
    "It has not the right form ({format}).",
  ),
  "not-one-of": sentenceOf(
    "Quyidagilardan biri: {values}.",
    "Қуйидагилардан бири: {values}.",
    "Одно из: {values}.",
    "One of: {values}.",
  ),
  "exactly-one": sentenceOf(
    "Aynan bittasini bering: {fields}.",
    "Айнан биттасини беринг: {fields}.",
    "Укажите ровно одно из: {fields}.",
    "Give exactly one of: {fields}.",
  ),
  invalid: sentenceOf("Qiymat noto‘g‘ri.", "Қиймат нотўғри.", "Неверное значение.", "The value is not valid."),
};

const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

const fieldError = (issue: z.core.$ZodIssue): FieldError => {
  const pointer = pointerOf(issue.path);
  switch (issue.code) {
    case "invalid_type":
      return issue.message.includes("received undefined")
        ? { pointer, code: "required" }
        : { pointer, code: "wrong-type", params: { expected: issue.expected } };
    case "unrecognized_keys":
      return { pointer, code: "unknown-key", params: { keys: issue.keys.join(", ") } };
    case "too_small":
      return { pointer, code: "too-small", params: { limit: String(issue.minimum) } };
    case "too_big":
      return { pointer, code: "too-big", params: { limit: String(issue.maximum) } };
    case "invalid_format":
      return { pointer, code: "wrong-format", params: { format: issue.format } };
    case "invalid_value":
      return { pointer, code: "not-one-of", params: { values: issue.values.map(String).join(", ") } };
    default:
      return { pointer, code: "invalid" };
  }
};

/** At most so many are named: nobody reads more, and a hostile body must not make a large answer. */
const MAX_FIELD_ERRORS = 50;

/** Parses what came in by a schema; values never stand in the error, since they may be personal. */
export const parseRequest = <T>(schema: z.ZodType<T>, value: unknown): T => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ProblemError("invalid-request", { errors: parsed.error.issues.slice(0, MAX_FIELD_ERRORS).map(fieldError) });
};
