import { problemText, type ProblemText } from "./problem-text.ts";

/** Why a parked event is not released. */
export const PARKED_PROBLEMS = {
  "nothing-parked": problemText(
    409,
    ["Kutib turgan hodisa yo‘q", "Кутиб турган ҳодиса йўқ", "Отложенных событий нет", "Nothing is parked"],
    [
      "Bu ishda kutib turgan hodisa yo‘q: ehtimol, uni boshqa kishi qo‘yib yuborgan. Ro‘yxatni qayta o‘qing.",
      "Бу ишда кутиб турган ҳодиса йўқ: эҳтимол, уни бошқа киши қўйиб юборган. Рўйхатни қайта ўқинг.",
      "По этому делу ничего не отложено: возможно, это уже сделал другой. Прочитайте список заново.",
      "Nothing waits for this case; somebody else may have released it. Read the list again.",
    ],
  ),
  "parked-event-fails": problemText(
    409,
    [
      "Kutib turgan hodisa yana qabul qilinmadi",
      "Кутиб турган ҳодиса яна қабул қилинмади",
      "Отложенное событие снова не принято",
      "A parked event fails again",
    ],
    [
      "{reaction} {eventId} hodisasini qabul qila olmadi; undan oldin {released} ta hodisa qo‘yib yuborildi. Sababi jurnalda: uni bartaraf eting va takrorlang.",
      "{reaction} {eventId} ҳодисасини қабул қила олмади; ундан олдин {released} та ҳодиса қўйиб юборилди. Сабаби журналда: уни бартараф этинг ва такрорланг.",
      "{reaction} не принимает событие {eventId}; до него пропущено событий: {released}. Причина — в журнале процесса: устраните её и повторите.",
      "{reaction} cannot take the event {eventId}; {released} before it were released. The reason is in the process's log: mend it and repeat.",
    ],
  ),
} satisfies Readonly<Record<string, ProblemText>>;
