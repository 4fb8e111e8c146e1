import type { KIT_EVENTS } from "@safar/contracts";
import { sentenceOf } from "@safar/contracts/languages.ts";
import type { WordsOf } from "./kinds.ts";

/** Events that may stand in any stream of a case. */
export const kitEvents = {
  ReactionRefused: sentenceOf(
    "Tizim harakati rad etildi",
    "Тизим ҳаракати рад этилди",
    "Действие системы отклонено",
    "Automatic step refused",
  ),
  ReservationGivenUp: sentenceOf(
    "Band qilish bekor qilindi",
    "Банд қилиш бекор қилинди",
    "Резервирование снято",
    "Reservation given up",
  ),
} satisfies WordsOf<(typeof KIT_EVENTS)[number]["type"]>;

/** Their fields. */
export const kitFields = {
  reaction: sentenceOf("Tizim harakati", "Тизим ҳаракати", "Действие системы", "Automatic step"),
  command: sentenceOf("Buyruq", "Буйруқ", "Команда", "Command"),
  code: sentenceOf("Rad etish kodi", "Рад этиш коди", "Код отказа", "Code of the refusal"),
  alarm: sentenceOf("E’tibor talab qiladi", "Эътибор талаб қилади", "Требует внимания", "Needs attention"),
  reserved: sentenceOf("Band qilingan narsa", "Банд қилинган нарса", "Что зарезервировано", "What was reserved"),
};
