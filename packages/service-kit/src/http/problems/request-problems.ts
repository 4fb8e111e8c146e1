import { problemText, type ProblemText } from "./problem-text.ts";

/** What no door takes, whoever sends it: it cannot be read, leads nowhere, is too large or of another kind. */
export const REQUEST_PROBLEMS = {
  "request-unreadable": problemText(
    400,
    ["So‘rov o‘qilmadi", "Сўров ўқилмади", "Запрос не читается", "The request cannot be read"],
    [
      "Bu to‘g‘ri HTTP/1.1 so‘rovi emas.",
      "Бу тўғри HTTP/1.1 сўрови эмас.",
      "Это не правильный запрос HTTP/1.1.",
      "This is no request of HTTP/1.1.",
    ],
  ),
  "headers-too-large": problemText(
    431,
    ["Sarlavhalar juda katta", "Сарлавҳалар жуда катта", "Заголовки слишком велики", "The headers are too large"],
    [
      "Kamroq yoki qisqaroq sarlavha yuboring.",
      "Камроқ ёки қисқароқ сарлавҳа юборинг.",
      "Отправьте меньше заголовков или короче.",
      "Send fewer or shorter headers.",
    ],
  ),
  "request-too-slow": problemText(
    408,
    ["So‘rov juda sekin keldi", "Сўров жуда секин келди", "Запрос пришёл слишком медленно", "The request was too slow"],
    [
      "Ulanishni tekshiring va takrorlang.",
      "Уланишни текширинг ва такрорланг.",
      "Проверьте соединение и повторите.",
      "Check the connection and repeat.",
    ],
  ),
  "malformed-body": problemText(
    400,
    ["So‘rov tanasi o‘qilmadi", "Сўров танаси ўқилмади", "Тело запроса не читается", "The body cannot be read"],
    [
      "To‘g‘ri JSON yuboring: {reason}.",
      "Тўғри JSON юборинг: {reason}.",
      "Отправьте правильный JSON: {reason}.",
      "Send valid JSON: {reason}.",
    ],
  ),
  "body-too-large": problemText(
    413,
    ["So‘rov juda katta", "Сўров жуда катта", "Запрос слишком велик", "The body is too large"],
    [
      "Bu manzil bundan kichik tanani qabul qiladi. Kamroq yuboring.",
      "Бу манзил бундан кичик танани қабул қилади. Камроқ юборинг.",
      "Этот адрес принимает меньшие запросы. Отправьте меньше.",
      "This address takes smaller bodies. Send less.",
    ],
  ),
  "unsupported-media-type": problemText(
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
  "invalid-request": problemText(
    400,
    ["So‘rovda xatolar bor", "Сўровда хатолар бор", "В запросе есть ошибки", "The request has errors"],
    [
      "`errors` ro‘yxatidagi har bir maydonni tuzating.",
      "`errors` рўйхатидаги ҳар бир майдонни тузатинг.",
      "Исправьте каждое поле из списка `errors`.",
      "Correct every field named in `errors`.",
    ],
  ),
  "not-found": problemText(
    404,
    ["Topilmadi", "Топилмади", "Не найдено", "Not found"],
    [
      "Bu manzilda hech narsa yo‘q. Raqamni va yo‘lni tekshiring.",
      "Бу манзилда ҳеч нарса йўқ. Рақамни ва йўлни текширинг.",
      "По этому адресу ничего нет. Проверьте номер и путь.",
      "There is nothing at this address. Check the id and the path.",
    ],
  ),
  "method-not-allowed": problemText(
    405,
    ["Bu usul mumkin emas", "Бу усул мумкин эмас", "Метод не поддерживается", "Method not allowed"],
    [
      "Bu manzil boshqa usulni kutadi; /docs ga qarang.",
      "Бу манзил бошқа усулни кутади; /docs га қаранг.",
      "Этот адрес ждёт другой метод; смотрите /docs.",
      "This address takes another method; see /docs.",
    ],
  ),
} satisfies Readonly<Record<string, ProblemText>>;
