import { problemText, type ProblemText } from "./problem-text.ts";

/** Who asks: from where, how often, and for what is not theirs. */
export const CALLER_PROBLEMS = {
  unauthenticated: problemText(
    401,
    ["Kim ekaningiz noma’lum", "Ким эканингиз номаълум", "Вы не представились", "You are not signed in"],
    [
      "Amaldagi tokenni `Authorization: Bearer` bilan yuboring: {reason}.",
      "Амалдаги токенни `Authorization: Bearer` билан юборинг: {reason}.",
      "Пришлите действующий токен в `Authorization: Bearer`: {reason}.",
      "Send a valid token as `Authorization: Bearer`: {reason}.",
    ],
  ),
  "role-not-allowed": problemText(
    403,
    ["Rolingiz yetarli emas", "Ролингиз етарли эмас", "Вашей роли недостаточно", "Your role may not do this"],
    [
      "Kerakli rol: {needed}. Sizniki: {role}.",
      "Керакли рол: {needed}. Сизники: {role}.",
      "Нужна роль: {needed}. Ваша: {role}.",
      "Role needed: {needed}. Yours: {role}.",
    ],
  ),
  "out-of-scope": problemText(
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
  "foreign-origin": problemText(
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
  "too-many-requests": problemText(
    429,
    ["So‘rovlar juda ko‘p", "Сўровлар жуда кўп", "Слишком много запросов", "Too many requests"],
    [
      "Biroz kuting va `Retry-After` dan keyin takrorlang.",
      "Бироз кутинг ва `Retry-After` дан кейин такрорланг.",
      "Подождите и повторите после `Retry-After`.",
      "Wait, and repeat after `Retry-After`.",
    ],
  ),
} satisfies Readonly<Record<string, ProblemText>>;
