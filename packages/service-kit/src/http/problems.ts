import type { Sentence } from "@safar/contracts";

/** How a problem is told. `{name}` in a sentence takes the parameter of that name. */
export interface ProblemText {
  readonly status: number;
  readonly title: Sentence;
  readonly detail: Sentence;
}

const text = (
  status: number,
  title: readonly [string, string, string, string],
  detail: readonly [string, string, string, string],
): ProblemText => {
  const sentence = ([uzLatn, uzCyrl, ru, en]: readonly [string, string, string, string]): Sentence => ({
    "uz-Latn": uzLatn,
    "uz-Cyrl": uzCyrl,
    ru,
    en,
  });
  return { status, title: sentence(title), detail: sentence(detail) };
};

/** Problems of the doors themselves; refusals of a domain stand with their service. Codes are stable. */
export const KIT_PROBLEMS = {
  "malformed-body": text(
    400,
    ["So‘rov tanasi o‘qilmadi", "Сўров танаси ўқилмади", "Тело запроса не читается", "The body cannot be read"],
    [
      "To‘g‘ri JSON yuboring: {reason}.",
      "Тўғри JSON юборинг: {reason}.",
      "Отправьте правильный JSON: {reason}.",
      "Send valid JSON: {reason}.",
    ],
  ),
  "request-unreadable": text(
    400,
    ["So‘rov o‘qilmadi", "Сўров ўқилмади", "Запрос не читается", "The request cannot be read"],
    [
      "Bu to‘g‘ri HTTP/1.1 so‘rovi emas.",
      "Бу тўғри HTTP/1.1 сўрови эмас.",
      "Это не правильный запрос HTTP/1.1.",
      "This is no request of HTTP/1.1.",
    ],
  ),
  "headers-too-large": text(
    431,
    ["Sarlavhalar juda katta", "Сарлавҳалар жуда катта", "Заголовки слишком велики", "The headers are too large"],
    [
      "Kamroq yoki qisqaroq sarlavha yuboring.",
      "Камроқ ёки қисқароқ сарлавҳа юборинг.",
      "Отправьте меньше заголовков или короче.",
      "Send fewer or shorter headers.",
    ],
  ),
  "request-too-slow": text(
    408,
    ["So‘rov juda sekin keldi", "Сўров жуда секин келди", "Запрос пришёл слишком медленно", "The request was too slow"],
    [
      "Ulanishni tekshiring va takrorlang.",
      "Уланишни текширинг ва такрорланг.",
      "Проверьте соединение и повторите.",
      "Check the connection and repeat.",
    ],
  ),
  "invalid-request": text(
    400,
    ["So‘rovda xatolar bor", "Сўровда хатолар бор", "В запросе есть ошибки", "The request has errors"],
    [
      "`errors` ro‘yxatidagi har bir maydonni tuzating.",
      "`errors` рўйхатидаги ҳар бир майдонни тузатинг.",
      "Исправьте каждое поле из списка `errors`.",
      "Correct every field named in `errors`.",
    ],
  ),
  "idempotency-key-missing": text(
    400,
    ["Idempotency-Key yo‘q", "Idempotency-Key йўқ", "Нет Idempotency-Key", "Idempotency-Key is missing"],
    [
      "Har bir buyruqqa o‘z `Idempotency-Key` sarlavhasini bering (1–200 belgi) va takrorlaganda o‘shani yuboring.",
      "Ҳар бир буйруққа ўз `Idempotency-Key` сарлавҳасини беринг (1–200 белги) ва такрорлаганда ўшани юборинг.",
      "Дайте каждой команде свой заголовок `Idempotency-Key` (1–200 знаков) и при повторе шлите тот же.",
      "Give each command its own `Idempotency-Key` header (1 to 200 printable characters) and send the same one when you repeat it.",
    ],
  ),
  "idempotency-key-reused": text(
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
  "if-match-malformed": text(
    400,
    ["If-Match noto‘g‘ri", "If-Match нотўғри", "Неверный If-Match", "If-Match is malformed"],
    [
      "Oxirgi javobdagi `ETag` ni o‘zgartirmay yuboring.",
      "Охирги жавобдаги `ETag` ни ўзгартирмай юборинг.",
      "Пришлите `ETag` последнего ответа без изменений.",
      "Send the `ETag` of the last answer unchanged.",
    ],
  ),
  "precondition-failed": text(
    412,
    ["Yozuv o‘zgargan", "Ёзув ўзгарган", "Запись изменилась", "It has changed meanwhile"],
    [
      "Qaytadan o‘qing, o‘zgarishni ko‘ring va yangi `ETag` bilan takrorlang (hozir {actual}).",
      "Қайтадан ўқинг, ўзгаришни кўринг ва янги `ETag` билан такрорланг (ҳозир {actual}).",
      "Прочитайте заново, посмотрите, что изменилось, и повторите с новым `ETag` (сейчас {actual}).",
      "Read it again, see what changed, and repeat with the new `ETag` (now {actual}).",
    ],
  ),
  "reservation-lapsed": text(
    409,
    ["Band qilingan joy muddati o‘tdi", "Банд қилинган жой муддати ўтди", "Бронь истекла", "The reservation lapsed"],
    [
      "Bu urinish yakunlanmadi va joy bo‘shatildi. Yangi `Idempotency-Key` bilan qayta urining.",
      "Бу уриниш якунланмади ва жой бўшатилди. Янги `Idempotency-Key` билан қайта уриниб кўринг.",
      "Эта попытка не завершилась, место освобождено. Попробуйте с новым `Idempotency-Key`.",
      "This attempt was not finished and its place was given back. Try again with a new `Idempotency-Key`.",
    ],
  ),
  unauthenticated: text(
    401,
    ["Kim ekaningiz noma’lum", "Ким эканингиз номаълум", "Вы не представились", "You are not signed in"],
    [
      "Amaldagi tokenni `Authorization: Bearer` bilan yuboring: {reason}.",
      "Амалдаги токенни `Authorization: Bearer` билан юборинг: {reason}.",
      "Пришлите действующий токен в `Authorization: Bearer`: {reason}.",
      "Send a valid token as `Authorization: Bearer`: {reason}.",
    ],
  ),
  "role-not-allowed": text(
    403,
    ["Rolingiz yetarli emas", "Ролингиз етарли эмас", "Вашей роли недостаточно", "Your role may not do this"],
    [
      "Kerakli rol: {needed}. Sizniki: {role}.",
      "Керакли рол: {needed}. Сизники: {role}.",
      "Нужна роль: {needed}. Ваша: {role}.",
      "Role needed: {needed}. Yours: {role}.",
    ],
  ),
  "out-of-scope": text(
    403,
    [
      "Bu ish sizning doirangizda emas",
      "Бу иш сизнинг доирангизда эмас",
      "Это дело вне вашей области",
      "This case is outside your scope",
    ],
    [
      "{role} roli faqat o‘z ishlarini ko‘radi ({scope}). Tegishli bo‘linmaga murojaat qiling.",
      "{role} роли фақат ўз ишларини кўради ({scope}). Тегишли бўлинмага мурожаат қилинг.",
      "Роль {role} видит только свои дела ({scope}). Обратитесь в нужное подразделение.",
      "The role {role} reaches only its own cases ({scope}). Ask the unit whose case it is.",
    ],
  ),
  "not-found": text(
    404,
    ["Topilmadi", "Топилмади", "Не найдено", "Not found"],
    [
      "Bu manzilda hech narsa yo‘q. Raqamni va yo‘lni tekshiring.",
      "Бу манзилда ҳеч нарса йўқ. Рақамни ва йўлни текширинг.",
      "По этому адресу ничего нет. Проверьте номер и путь.",
      "There is nothing at this address. Check the id and the path.",
    ],
  ),
  "method-not-allowed": text(
    405,
    ["Bu usul mumkin emas", "Бу усул мумкин эмас", "Метод не поддерживается", "Method not allowed"],
    [
      "Bu manzil boshqa usulni kutadi; /docs ga qarang.",
      "Бу манзил бошқа усулни кутади; /docs га қаранг.",
      "Этот адрес ждёт другой метод; смотрите /docs.",
      "This address takes another method; see /docs.",
    ],
  ),
  "body-too-large": text(
    413,
    ["So‘rov juda katta", "Сўров жуда катта", "Запрос слишком велик", "The body is too large"],
    [
      "Bu manzil bundan kichik tanani qabul qiladi. Kamroq yuboring.",
      "Бу манзил бундан кичик танани қабул қилади. Камроқ юборинг.",
      "Этот адрес принимает меньшие запросы. Отправьте меньше.",
      "This address takes smaller bodies. Send less.",
    ],
  ),
  "unsupported-media-type": text(
    415,
    [
      "Bu tur qabul qilinmaydi",
      "Бу тур қабул қилинмайди",
      "Такой тип не принимается",
      "This content type is not taken",
    ],
    [
      "Content-Type {expected} bo‘lsin.",
      "Content-Type {expected} бўлсин.",
      "Укажите Content-Type {expected}.",
      "Send Content-Type {expected}.",
    ],
  ),
  "too-many-requests": text(
    429,
    ["So‘rovlar juda ko‘p", "Сўровлар жуда кўп", "Слишком много запросов", "Too many requests"],
    [
      "Biroz kuting va `Retry-After` dan keyin takrorlang.",
      "Бироз кутинг ва `Retry-After` дан кейин такрорланг.",
      "Подождите и повторите после `Retry-After`.",
      "Wait, and repeat after `Retry-After`.",
    ],
  ),
  "person-erased": text(
    409,
    ["Shaxs ma’lumotlari o‘chirilgan", "Шахс маълумотлари ўчирилган", "Данные лица удалены", "The person was erased"],
    [
      "Bu shaxsning ma’lumotlari qonuniy o‘chirilgan; unga yangi shaxsiy ma’lumot yozilmaydi.",
      "Бу шахснинг маълумотлари қонуний ўчирилган; унга янги шахсий маълумот ёзилмайди.",
      "Данные этого лица удалены по закону; новые личные данные о нём не записываются.",
      "This person's data was erased by law; no new personal data is recorded about them.",
    ],
  ),
  "not-caught-up": text(
    503,
    ["Hali yangilanmadi", "Ҳали янгиланмади", "Ещё не обновилось", "Not caught up yet"],
    [
      "So‘ralgan o‘ringa hali yetilmadi. Bir ozdan so‘ng takrorlang.",
      "Сўралган ўринга ҳали етилмади. Бир оздан сўнг такрорланг.",
      "До запрошенной позиции ещё не дошли. Повторите чуть позже.",
      "The read model has not reached that position yet. Repeat in a moment.",
    ],
  ),
  "position-unknown": text(
    404,
    [
      "Jurnalda bunday o‘rin yo‘q",
      "Журналда бундай ўрин йўқ",
      "В журнале нет такой позиции",
      "The log has no such position",
    ],
    [
      "`after` bermasdan obuna bo‘ling yoki oqim aytgan `position` dan davom eting.",
      "`after` бермасдан обуна бўлинг ёки оқим айтган `position` дан давом этинг.",
      "Подпишитесь без `after` или продолжите с `position`, которую сообщил поток.",
      "Subscribe without `after`, or go on from a `position` that the stream has told.",
    ],
  ),
  "issuer-unavailable": text(
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
  "foreign-origin": text(
    403,
    [
      "So‘rov boshqa saytdan keldi",
      "Сўров бошқа сайтдан келди",
      "Запрос пришёл с другого сайта",
      "The request comes from another site",
    ],
    [
      "Sahifani Safar manzilidan oching.",
      "Саҳифани Safar манзилидан очинг.",
      "Откройте страницу по адресу Safar.",
      "Open the page at Safar's own address.",
    ],
  ),
  "sub-protocol-missing": text(
    400,
    [
      "Websocket protokoli ko‘rsatilmagan",
      "Websocket протоколи кўрсатилмаган",
      "Не указан подпротокол",
      "The sub-protocol is missing",
    ],
    [
      "`Sec-WebSocket-Protocol: safar.v1` bilan ulaning.",
      "`Sec-WebSocket-Protocol: safar.v1` билан уланинг.",
      "Подключайтесь с `Sec-WebSocket-Protocol: safar.v1`.",
      "Connect with `Sec-WebSocket-Protocol: safar.v1`.",
    ],
  ),
  "upgrade-needed": text(
    426,
    ["Bu websocket manzili", "Бу websocket манзили", "Это адрес websocket", "This is a websocket"],
    [
      "Brauzer sahifasini `/` da oching; dasturlar websocket bilan ulanadi.",
      "Браузер саҳифасини `/` да очинг; дастурлар websocket билан уланади.",
      "Страница находится на `/`; программы подключаются по websocket.",
      "Open the page at `/`; programs connect by websocket.",
    ],
  ),
  contended: text(
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
  "log-unavailable": text(
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
  "vault-unavailable": text(
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
  overloaded: text(
    503,
    ["Tizim haddan tashqari band", "Тизим ҳаддан ташқари банд", "Система перегружена", "The system is overloaded"],
    [
      "Hech narsa yozilmadi. `Retry-After` dan keyin o‘sha `Idempotency-Key` bilan takrorlang.",
      "Ҳеч нарса ёзилмади. `Retry-After` дан кейин ўша `Idempotency-Key` билан такрорланг.",
      "Ничего не записано. Повторите после `Retry-After` с тем же `Idempotency-Key`.",
      "Nothing was recorded. Repeat after `Retry-After` with the same `Idempotency-Key`.",
    ],
  ),
  "shutting-down": text(
    503,
    ["Tizim to‘xtamoqda", "Тизим тўхтамоқда", "Система останавливается", "The system is shutting down"],
    [
      "Qayta ishga tushgach, o‘sha kalit bilan takrorlang.",
      "Қайта ишга тушгач, ўша калит билан такрорланг.",
      "Повторите с тем же ключом после запуска.",
      "Repeat with the same key once it is up again.",
    ],
  ),
  "service-away": text(
    503,
    ["Xizmat javob bermayapti", "Хизмат жавоб бермаяпти", "Служба не отвечает", "The service does not answer"],
    [
      "Bir ozdan so‘ng o‘sha `Idempotency-Key` bilan takrorlang.",
      "Бир оздан сўнг ўша `Idempotency-Key` билан такрорланг.",
      "Повторите чуть позже с тем же `Idempotency-Key`.",
      "Repeat in a moment with the same `Idempotency-Key`.",
    ],
  ),
  "nothing-parked": text(
    409,
    ["Kutib turgan hodisa yo‘q", "Кутиб турган ҳодиса йўқ", "Отложенных событий нет", "Nothing is parked"],
    [
      "Bu ishda kutib turgan hodisa yo‘q: ehtimol, uni boshqa kishi qo‘yib yuborgan. Ro‘yxatni qayta o‘qing.",
      "Бу ишда кутиб турган ҳодиса йўқ: эҳтимол, уни бошқа киши қўйиб юборган. Рўйхатни қайта ўқинг.",
      "По этому делу ничего не отложено: возможно, это уже сделал другой. Прочитайте список заново.",
      "Nothing waits for this case; somebody else may have released it. Read the list again.",
    ],
  ),
  "parked-event-fails": text(
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
  "append-too-large": text(
    413,
    ["Yozuv juda katta", "Ёзув жуда катта", "Запись слишком велика", "The record is too large"],
    [
      "Matnni qisqartiring yoki fayl sifatida yuklang.",
      "Матнни қисқартиринг ёки файл сифатида юкланг.",
      "Сократите текст или загрузите его файлом.",
      "Shorten the text or upload it as a file.",
    ],
  ),
  "internal-error": text(
    500,
    ["Kutilmagan xato", "Кутилмаган хато", "Непредвиденная ошибка", "Something unexpected went wrong"],
    [
      "Takrorlash xavfsiz. Davom etsa, `traceId` ni operatorga ayting.",
      "Такрорлаш хавфсиз. Давом этса, `traceId` ни операторга айтинг.",
      "Повторять безопасно. Если не проходит, сообщите оператору `traceId`.",
      "Repeating is safe. If it goes on, tell the operator the `traceId`.",
    ],
  ),
} as const satisfies Readonly<Record<string, ProblemText>>;
