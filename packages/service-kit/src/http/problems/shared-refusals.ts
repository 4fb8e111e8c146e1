import { problemText } from "./problem-text.ts";

/** Refusals that several domains have and tell alike. */

export const ALREADY_DONE = problemText(
  409,
  ["Bu allaqachon bajarilgan", "Бу аллақачон бажарилган", "Это уже сделано", "This is done already"],
  [
    "Yozadigan yangi narsa yo‘q. Ish tarixini ko‘ring.",
    "Ёзадиган янги нарса йўқ. Иш тарихини кўринг.",
    "Записывать нечего. Посмотрите историю дела.",
    "There is nothing new to record. Look at the case's history.",
  ],
);

export const CASE_NOT_ACTIVE = problemText(
  409,
  [
    "Ish to‘xtatilgan yoki yakunlangan",
    "Иш тўхтатилган ёки якунланган",
    "Дело приостановлено или завершено",
    "The case is held or has ended",
  ],
  [
    "Avval ro‘yxatga olish bo‘limida ishni davom ettiring yoki qayta oching, so‘ng takrorlang.",
    "Аввал рўйхатга олиш бўлимида ишни давом эттиринг ёки қайта очинг, сўнг такрорланг.",
    "Сначала возобновите или снова откройте дело в регистрации, затем повторите.",
    "Resume or reopen the case in registration first, then repeat.",
  ],
);

export const CONSENT_NOT_IN_FORCE = problemText(
  409,
  ["Rozilik amalda emas", "Розилик амалда эмас", "Согласие не действует", "No consent is in force"],
  [
    "Nomzoddan yangi rozilik oling va uni yozing, so‘ng takrorlang.",
    "Номзоддан янги розилик олинг ва уни ёзинг, сўнг такрорланг.",
    "Получите и запишите новое согласие кандидата, затем повторите.",
    "Ask the candidate for a new consent, record it, then repeat.",
  ],
);
