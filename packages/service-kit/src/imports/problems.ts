import { sentenceOf } from "@safar/contracts";
import type { ProblemText } from "../http/problems/problem-text.ts";
import { FAULT_SENTENCES, type ListFaultCode } from "../lists/index.ts";

const NOT_READ = sentenceOf(
  "Ro‘yxat o‘qilmadi, undan hech narsa olinmadi",
  "Рўйхат ўқилмади, ундан ҳеч нарса олинмади",
  "Список не прочитан, из него ничего не взято",
  "The list cannot be read; nothing of it was taken",
);

const unread = (code: ListFaultCode, status = 400): ProblemText => ({
  status,
  title: NOT_READ,
  detail: FAULT_SENTENCES[code],
});

/** A list that is refused as a whole; every fault has a page of its own. */
const UNREAD: Readonly<Record<ListFaultCode, ProblemText>> = {
  "list-empty": unread("list-empty"),
  "list-not-utf8": unread("list-not-utf8"),
  "list-columns-wrong": unread("list-columns-wrong"),
  "list-columns-too-many": unread("list-columns-too-many"),
  "list-quote-unclosed": unread("list-quote-unclosed"),
  "list-record-too-long": unread("list-record-too-long"),
  "list-rows-too-many": unread("list-rows-too-many", 413),
};

/** Problems of imports, beside those of the doors. */
export const IMPORT_PROBLEMS: Readonly<Record<string, ProblemText>> = {
  ...UNREAD,
  "import-not-finished": {
    status: 409,
    title: sentenceOf(
      "Import hali tugamagan",
      "Импорт ҳали тугамаган",
      "Импорт ещё не закончен",
      "The import has not finished",
    ),
    detail: sentenceOf(
      "Holati: {state}. Tugagach, faylni yana so‘rang; “failed” bo‘lsa, o‘sha ro‘yxatni qayta yuboring.",
      "Ҳолати: {state}. Тугагач, файлни яна сўранг; “failed” бўлса, ўша рўйхатни қайта юборинг.",
      "Состояние: {state}. Запросите файл, когда импорт закончится; если «failed», отправьте тот же список ещё раз.",
      "Its state is {state}. Ask for the file once it is done; where it failed, send the same list again.",
    ),
  },
  "import-rows-erased": {
    status: 410,
    title: sentenceOf(
      "Tuzatiladigan qatorlar o‘chirilgan",
      "Тузатиладиган қаторлар ўчирилган",
      "Строки для исправления удалены",
      "The rows to correct were erased",
    ),
    detail: sentenceOf(
      "Ular {days} kun saqlanadi. Xulosa va qatorlar natijasi qoladi; tuzatish uchun ro‘yxatning o‘zini oling.",
      "Улар {days} кун сақланади. Хулоса ва қаторлар натижаси қолади; тузатиш учун рўйхатнинг ўзини олинг.",
      "Они хранятся {days} дней. Итоги по строкам остаются; для исправления возьмите сам список.",
      "They are kept for {days} days. What became of each row is still there; to correct them, take the list itself.",
    ),
  },
};
