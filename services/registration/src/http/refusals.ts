import { ALREADY_DONE, CONSENT_NOT_IN_FORCE, problemText, type RefusalText } from "@safar/service-kit";
import type { CaseRefusal } from "../domain/case/decide.ts";
import type { PersonRefusal } from "../domain/person/decide.ts";

/** Every refusal of registration's deciders, told so that a clerk knows what to do. */
export const refusals = {
  "open-journey-exists": problemText(
    409,
    [
      "Bu shaxsning ochiq yo‘li bor",
      "Бу шахснинг очиқ йўли бор",
      "У этого человека уже есть открытое дело",
      "This person has an open journey already",
    ],
    [
      "Mavjud ish bilan davom eting: {case}. Boshqa bo‘linmaniki bo‘lsa, o‘sha bo‘linmaga murojaat qiling.",
      "Мавжуд иш билан давом этинг: {case}. Бошқа бўлинманики бўлса, ўша бўлинмага мурожаат қилинг.",
      "Продолжите существующее дело: {case}. Если оно в другом подразделении, обратитесь туда.",
      "Go on with the existing case: {case}. Where another unit holds it, ask that unit.",
    ],
  ),
  "already-done": ALREADY_DONE,
  "not-registered": problemText(
    404,
    ["Bunday ish yo‘q", "Бундай иш йўқ", "Такого дела нет", "There is no such case"],
    [
      "Ish raqamini tekshiring yoki avval nomzodni ro‘yxatga oling.",
      "Иш рақамини текширинг ёки аввал номзодни рўйхатга олинг.",
      "Проверьте номер дела или сначала зарегистрируйте кандидата.",
      "Check the number, or register the candidate first.",
    ],
  ),
  underage: problemText(
    400,
    ["Nomzod 18 yoshga to‘lmagan", "Номзод 18 ёшга тўлмаган", "Кандидату нет 18 лет", "The candidate is under 18"],
    [
      "Faqat 18 yoshdan ro‘yxatga olinadi (hozir {age}). Tug‘ilgan sanani tekshiring.",
      "Фақат 18 ёшдан рўйхатга олинади (ҳозир {age}). Туғилган санани текширинг.",
      "Регистрируют только с 18 лет (сейчас {age}). Проверьте дату рождения.",
      "Only from the age of 18 (now {age}). Check the birth date.",
    ],
  ),
  "consent-in-future": problemText(
    400,
    [
      "Rozilik sanasi kelajakda",
      "Розилик санаси келажакда",
      "Дата согласия в будущем",
      "The consent is dated in the future",
    ],
    [
      "Rozilik berilgan haqiqiy sanani kiriting.",
      "Розилик берилган ҳақиқий санани киритинг.",
      "Укажите действительную дату согласия.",
      "Enter the day on which it was really given.",
    ],
  ),
  "consent-not-in-force": CONSENT_NOT_IN_FORCE,
  "corrected-event-unknown": problemText(
    409,
    [
      "Tuzatiladigan voqea bu ishda yo‘q",
      "Тузатиладиган воқеа бу ишда йўқ",
      "В этом деле нет события, которое исправляется",
      "This case has no such event to correct",
    ],
    [
      "Ish tarixidan shaxs haqidagi voqeani tanlang yoki `corrects` maydonini bermang.",
      "Иш тарихидан шахс ҳақидаги воқеани танланг ёки `corrects` майдонини берманг.",
      "Назовите событие о данных человека из истории дела или не указывайте `corrects`.",
      "Name an event of the case's history that said who the person is, or leave `corrects` out.",
    ],
  ),
  "case-ended": problemText(
    409,
    ["Ish yakunlangan", "Иш якунланган", "Дело завершено", "The case has ended"],
    [
      "Holati: {stage}. Davom ettirish uchun avval ishni qayta oching.",
      "Ҳолати: {stage}. Давом эттириш учун аввал ишни қайта очинг.",
      "Состояние: {stage}. Чтобы продолжить, сначала откройте дело снова.",
      "It is {stage}. Reopen the case first to go on.",
    ],
  ),
  "case-not-ended": problemText(
    409,
    ["Ish yakunlanmagan", "Иш якунланмаган", "Дело не завершено", "The case has not ended"],
    [
      "Ochiq ishni qayta ochib bo‘lmaydi. Qo‘shilgan ishni ajratish uchun boshqa buyruq bor.",
      "Очиқ ишни қайта очиб бўлмайди. Қўшилган ишни ажратиш учун бошқа буйруқ бор.",
      "Открытое дело нельзя открыть снова. Для объединённого дела есть команда разделения.",
      "An open case cannot be reopened. A merged one is unmerged instead.",
    ],
  ),
  "case-suspended": problemText(
    409,
    ["Ish to‘xtatib turilgan", "Иш тўхтатиб турилган", "Дело приостановлено", "The case is held"],
    [
      "Avval to‘xtatish sababini hal qiling (ish tarixida ko‘rinadi).",
      "Аввал тўхтатиш сабабини ҳал қилинг (иш тарихида кўринади).",
      "Сначала устраните причину приостановки (она в истории дела).",
      "First settle what holds it; the case's history says what.",
    ],
  ),
  "identity-not-requested": problemText(
    409,
    [
      "Bunday tekshiruv so‘ralmagan",
      "Бундай текширув сўралмаган",
      "Такая проверка не запрошена",
      "No such verification was asked for",
    ],
    [
      "Avval shaxsni tasdiqlashni so‘rang va javobdagi `id` ni yuboring.",
      "Аввал шахсни тасдиқлашни сўранг ва жавобдаги `id` ни юборинг.",
      "Сначала запросите проверку личности и пришлите `id` из ответа.",
      "Ask for the verification first, and send the `id` of that answer.",
    ],
  ),
  "identity-already-verified": problemText(
    409,
    ["Shaxsi tasdiqlangan", "Шахси тасдиқланган", "Личность уже подтверждена", "The identity is verified already"],
    [
      "Boshqa tekshiruv kerak emas.",
      "Бошқа текширув керак эмас.",
      "Новая проверка не нужна.",
      "No further verification is needed.",
    ],
  ),
  "cv-not-published": problemText(
    409,
    ["Rezyume e’lon qilinmagan", "Резюме эълон қилинмаган", "Резюме не опубликовано", "No CV is published"],
    [
      "Avval rezyumeni e’lon qiling, so‘ng qiziqish bildiring.",
      "Аввал резюмени эълон қилинг, сўнг қизиқиш билдиринг.",
      "Сначала опубликуйте резюме, затем выразите интерес.",
      "Publish the CV first, then declare interest.",
    ],
  ),
  "duplicate-not-suspected": problemText(
    409,
    [
      "Bu ikki ish bo‘yicha shubha yo‘q",
      "Бу икки иш бўйича шубҳа йўқ",
      "Эти дела не считаются дубликатами",
      "These two cases are not suspected to be one",
    ],
    [
      "Boshqa ish raqamini tekshiring.",
      "Бошқа иш рақамини текширинг.",
      "Проверьте номер другого дела.",
      "Check the id of the other case.",
    ],
  ),
  "not-suspended-for-this": problemText(
    409,
    [
      "Ish bu sabab bilan to‘xtatilmagan",
      "Иш бу сабаб билан тўхтатилмаган",
      "Дело не приостановлено по этой причине",
      "The case is not held for this reason",
    ],
    [
      "Sabab: {reason}. Ish tarixidagi sababni aynan yozing.",
      "Сабаб: {reason}. Иш тарихидаги сабабни айнан ёзинг.",
      "Причина: {reason}. Укажите причину точно как в истории.",
      "Reason given: {reason}. Give the one that stands in the history.",
    ],
  ),
  "not-merged": problemText(
    409,
    ["Ish qo‘shilmagan", "Иш қўшилмаган", "Дело не объединено", "The case is not merged"],
    ["Ajratadigan narsa yo‘q.", "Ажратадиган нарса йўқ.", "Разделять нечего.", "There is nothing to undo."],
  ),
} as const satisfies Readonly<Record<CaseRefusal["code"] | PersonRefusal["code"], RefusalText>>;
