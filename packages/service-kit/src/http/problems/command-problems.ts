import { problemText, type ProblemText } from "./problem-text.ts";

/** Why a command is not recorded, whatever its domain; the refusals of a domain stand with their service. */
export const COMMAND_PROBLEMS = {
  "idempotency-key-missing": problemText(
    400,
    ["Idempotency-Key yo‘q", "Idempotency-Key йўқ", "Нет Idempotency-Key", "Idempotency-Key is missing"],
    [
      "Har bir buyruqqa o‘z `Idempotency-Key` sarlavhasini bering (1–200 belgi) va takrorlaganda o‘shani yuboring.",
      "Ҳар бир буйруққа ўз `Idempotency-Key` сарлавҳасини беринг (1–200 белги) ва такрорлаганда ўшани юборинг.",
      "Дайте каждой команде свой заголовок `Idempotency-Key` (1–200 знаков) и при повторе шлите тот же.",
      "Give each command its own `Idempotency-Key` header (1 to 200 printable characters) and send the same one when you repeat it.",
    ],
  ),
  "idempotency-key-reused": problemText(
    422,
    [
      "Bu kalit boshqa so‘rovda ishlatilgan",
      "Бу калит бошқа сўровда ишлатилган",
      "Этот ключ уже занят другим запросом",
      "This key was used for another request",
    ],
    [
      "Yangi buyruq uchun yangi `Idempotency-Key` oling.",
      "Янги буйруқ учун янги `Idempotency-Key` олинг.",
      "Возьмите новый `Idempotency-Key` для новой команды.",
      "Take a new `Idempotency-Key` for a new command.",
    ],
  ),
  "if-match-malformed": problemText(
    400,
    ["If-Match noto‘g‘ri", "If-Match нотўғри", "Неверный If-Match", "If-Match is malformed"],
    [
      "Oxirgi javobdagi `ETag` ni o‘zgartirmay yuboring.",
      "Охирги жавобдаги `ETag` ни ўзгартирмай юборинг.",
      "Пришлите `ETag` последнего ответа без изменений.",
      "Send the `ETag` of the last answer unchanged.",
    ],
  ),
  "precondition-failed": problemText(
    412,
    ["Yozuv o‘zgargan", "Ёзув ўзгарган", "Запись изменилась", "It has changed meanwhile"],
    [
      "Qaytadan o‘qing, o‘zgarishni ko‘ring va yangi `ETag` bilan takrorlang (hozir {actual}).",
      "Қайтадан ўқинг, ўзгаришни кўринг ва янги `ETag` билан такрорланг (ҳозир {actual}).",
      "Прочитайте заново, посмотрите, что изменилось, и повторите с новым `ETag` (сейчас {actual}).",
      "Read it again, see what changed, and repeat with the new `ETag` (now {actual}).",
    ],
  ),
  "reservation-lapsed": problemText(
    409,
    ["Band qilingan joy muddati o‘tdi", "Банд қилинган жой муддати ўтди", "Бронь истекла", "The reservation lapsed"],
    [
      "Bu urinish yakunlanmadi va joy bo‘shatildi. Yangi `Idempotency-Key` bilan qayta urining.",
      "Бу уриниш якунланмади ва жой бўшатилди. Янги `Idempotency-Key` билан қайта уриниб кўринг.",
      "Эта попытка не завершилась, место освобождено. Попробуйте с новым `Idempotency-Key`.",
      "This attempt was not finished and its place was given back. Try again with a new `Idempotency-Key`.",
    ],
  ),
  contended: problemText(
    503,
    [
      "Bir vaqtda ko‘p o‘zgarish",
      "Бир вақтда кўп ўзгариш",
      "Слишком много одновременных изменений",
      "Too many changes at once",
    ],
    [
      "O‘sha kalit bilan bir ozdan so‘ng takrorlang.",
      "Ўша калит билан бир оздан сўнг такрорланг.",
      "Повторите чуть позже с тем же ключом.",
      "Repeat in a moment with the same key.",
    ],
  ),
  "append-too-large": problemText(
    413,
    ["Yozuv juda katta", "Ёзув жуда катта", "Запись слишком велика", "The record is too large"],
    [
      "Matnni qisqartiring yoki fayl sifatida yuklang.",
      "Матнни қисқартиринг ёки файл сифатида юкланг.",
      "Сократите текст или загрузите его файлом.",
      "Shorten the text or upload it as a file.",
    ],
  ),
  "person-erased": problemText(
    409,
    ["Shaxs ma’lumotlari o‘chirilgan", "Шахс маълумотлари ўчирилган", "Данные лица удалены", "The person was erased"],
    [
      "Bu shaxsning ma’lumotlari qonuniy o‘chirilgan; unga yangi shaxsiy ma’lumot yozilmaydi.",
      "Бу шахснинг маълумотлари қонуний ўчирилган; унга янги шахсий маълумот ёзилмайди.",
      "Данные этого лица удалены по закону; новые личные данные о нём не записываются.",
      "This person's data was erased by law; no new personal data is recorded about them.",
    ],
  ),
} satisfies Readonly<Record<string, ProblemText>>;
