import { problemText, type ProblemText } from "./problem-text.ts";

/** No fault of the caller, who may repeat: a part is away, behind, full or going down, or something went wrong. */
export const SERVER_PROBLEMS = {
  "not-caught-up": problemText(
    503,
    ["Hali yangilanmadi", "Ҳали янгиланмади", "Ещё не обновилось", "Not caught up yet"],
    [
      "So‘ralgan o‘ringa hali yetilmadi. Bir ozdan so‘ng takrorlang.",
      "Сўралган ўринга ҳали етилмади. Бир оздан сўнг такрорланг.",
      "До запрошенной позиции ещё не дошли. Повторите чуть позже.",
      "The read model has not reached that position yet. Repeat in a moment.",
    ],
  ),
  "issuer-unavailable": problemText(
    503,
    [
      "Kirish xizmati javob bermayapti",
      "Кириш хизмати жавоб бермаяпти",
      "Служба входа не отвечает",
      "The sign-in service does not answer",
    ],
    [
      "Token tekshirilmadi. Bir ozdan so‘ng takrorlang.",
      "Токен текширилмади. Бир оздан сўнг такрорланг.",
      "Токен не проверен. Повторите чуть позже.",
      "The token could not be verified. Repeat in a moment.",
    ],
  ),
  "log-unavailable": problemText(
    503,
    [
      "Jurnal vaqtincha ishlamayapti",
      "Журнал вақтинча ишламаяпти",
      "Журнал временно недоступен",
      "The log is not available",
    ],
    [
      "Hech narsa yarim yozilmadi. O‘sha `Idempotency-Key` bilan takrorlang.",
      "Ҳеч нарса ярим ёзилмади. Ўша `Idempotency-Key` билан такрорланг.",
      "Ничего не записано наполовину. Повторите с тем же `Idempotency-Key`.",
      "Nothing is half done. Repeat with the same `Idempotency-Key`.",
    ],
  ),
  "vault-unavailable": problemText(
    503,
    [
      "Shaxsiy ma’lumotlar ombori vaqtincha ishlamayapti",
      "Шахсий маълумотлар омбори вақтинча ишламаяпти",
      "Хранилище личных данных временно недоступно",
      "The vault of personal data is not available",
    ],
    [
      "Hech narsa yarim yozilmadi. Bir ozdan so‘ng takrorlang, buyruqni o‘sha `Idempotency-Key` bilan.",
      "Ҳеч нарса ярим ёзилмади. Бир оздан сўнг такрорланг, буйруқни ўша `Idempotency-Key` билан.",
      "Ничего не записано наполовину. Повторите чуть позже, команду с тем же `Idempotency-Key`.",
      "Nothing is half done. Repeat in a moment, a command with the same `Idempotency-Key`.",
    ],
  ),
  "service-away": problemText(
    503,
    ["Xizmat javob bermayapti", "Хизмат жавоб бермаяпти", "Служба не отвечает", "The service does not answer"],
    [
      "Bir ozdan so‘ng o‘sha `Idempotency-Key` bilan takrorlang.",
      "Бир оздан сўнг ўша `Idempotency-Key` билан такрорланг.",
      "Повторите чуть позже с тем же `Idempotency-Key`.",
      "Repeat in a moment with the same `Idempotency-Key`.",
    ],
  ),
  overloaded: problemText(
    503,
    ["Tizim haddan tashqari band", "Тизим ҳаддан ташқари банд", "Система перегружена", "The system is overloaded"],
    [
      "Hech narsa yozilmadi. `Retry-After` dan keyin o‘sha `Idempotency-Key` bilan takrorlang.",
      "Ҳеч нарса ёзилмади. `Retry-After` дан кейин ўша `Idempotency-Key` билан такрорланг.",
      "Ничего не записано. Повторите после `Retry-After` с тем же `Idempotency-Key`.",
      "Nothing was recorded. Repeat after `Retry-After` with the same `Idempotency-Key`.",
    ],
  ),
  "shutting-down": problemText(
    503,
    ["Tizim to‘xtamoqda", "Тизим тўхтамоқда", "Система останавливается", "The system is shutting down"],
    [
      "Qayta ishga tushgach, o‘sha kalit bilan takrorlang.",
      "Қайта ишга тушгач, ўша калит билан такрорланг.",
      "Повторите с тем же ключом после запуска.",
      "Repeat with the same key once it is up again.",
    ],
  ),
  "internal-error": problemText(
    500,
    ["Kutilmagan xato", "Кутилмаган хато", "Непредвиденная ошибка", "Something unexpected went wrong"],
    [
      "Takrorlash xavfsiz. Davom etsa, `traceId` ni operatorga ayting.",
      "Такрорлаш хавфсиз. Давом этса, `traceId` ни операторга айтинг.",
      "Повторять безопасно. Если не проходит, сообщите оператору `traceId`.",
      "Repeating is safe. If it goes on, tell the operator the `traceId`.",
    ],
  ),
} satisfies Readonly<Record<string, ProblemText>>;
