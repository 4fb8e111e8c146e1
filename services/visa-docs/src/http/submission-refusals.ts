import { problemText, type RefusalText } from "@safar/service-kit";
import type { SubmissionRefusal } from "../domain/dossier/submission.ts";
import type { SubmissionGroupRefusal } from "../domain/submission/decide.ts";
import type { documentRefusals } from "./document-refusals.ts";
import type { visaRefusals } from "./visa-refusals.ts";

type Code = Exclude<
  (SubmissionRefusal | SubmissionGroupRefusal)["code"],
  keyof typeof documentRefusals | keyof typeof visaRefusals
>;

/** Refusals of handing an application in, alone or with others. */
export const submissionRefusals = {
  "visa-already-submitted": problemText(
    409,
    ["Ariza topshirilgan", "Ариза топширилган", "Заявление уже подано", "The application is handed in already"],
    [
      "Elchixona javobini kuting va uni yozing.",
      "Элчихона жавобини кутинг ва уни ёзинг.",
      "Дождитесь ответа посольства и запишите его.",
      "Wait for the embassy's answer, and record it.",
    ],
  ),
  "dossier-incomplete": problemText(
    409,
    ["Hujjatlar to‘liq emas", "Ҳужжатлар тўлиқ эмас", "Комплект документов неполный", "The dossier is not complete"],
    [
      "Yetishmaydi: {missing}. Ularni to‘plang, so‘ng topshiring.",
      "Етишмайди: {missing}. Уларни тўпланг, сўнг топширинг.",
      "Не хватает: {missing}. Соберите их, затем подавайте.",
      "Missing: {missing}. Collect them, then hand it in.",
    ],
  ),
  "submits-with-others": problemText(
    409,
    [
      "Ariza guruh bilan topshiriladi",
      "Ариза гуруҳ билан топширилади",
      "Заявление подаётся с группой",
      "It is handed in with a group",
    ],
    [
      "Yakka topshirish uchun avval ishni guruhdan chiqaring.",
      "Якка топшириш учун аввал ишни гуруҳдан чиқаринг.",
      "Чтобы подать отдельно, сначала выведите дело из группы.",
      "To hand it in alone, take the case out of the group first.",
    ],
  ),
  "in-other-submission": problemText(
    409,
    ["Ish boshqa guruhda", "Иш бошқа гуруҳда", "Дело в другой группе", "The case is in another group"],
    [
      "Avval uni o‘sha guruhdan chiqaring.",
      "Аввал уни ўша гуруҳдан чиқаринг.",
      "Сначала выведите его из той группы.",
      "Take it out of that group first.",
    ],
  ),
  "unknown-submission": problemText(
    404,
    ["Bunday guruh yo‘q", "Бундай гуруҳ йўқ", "Такой группы нет", "There is no such group"],
    [
      "Guruh raqamini guruhlar ro‘yxatidan tekshiring.",
      "Гуруҳ рақамини гуруҳлар рўйхатидан текширинг.",
      "Проверьте номер по списку групп.",
      "Check the id in the list of groups.",
    ],
  ),
  "submission-of-other-country": problemText(
    409,
    [
      "Guruh boshqa davlatga",
      "Гуруҳ бошқа давлатга",
      "Группа подаётся в другую страну",
      "The group is for another country",
    ],
    [
      "Guruh davlati: {destination}. Ishning davlatiga mos guruhni tanlang.",
      "Гуруҳ давлати: {destination}. Ишнинг давлатига мос гуруҳни танланг.",
      "Страна группы: {destination}. Выберите группу для страны этого дела.",
      "It is for {destination}. Choose a group for the country of this case.",
    ],
  ),
  "not-in-submission": problemText(
    409,
    [
      "Ish bu guruhda emas yoki u topshirilgan",
      "Иш бу гуруҳда эмас ёки у топширилган",
      "Дело не в этой группе, или она уже подана",
      "The case is not in this group, or it is handed in",
    ],
    [
      "Guruh va ish raqamini tekshiring; topshirilgan arizani guruhdan chiqarib bo‘lmaydi.",
      "Гуруҳ ва иш рақамини текширинг; топширилган аризани гуруҳдан чиқариб бўлмайди.",
      "Проверьте номера группы и дела; поданное заявление из группы не вывести.",
      "Check both ids; an application that is handed in cannot leave its group.",
    ],
  ),
  "submission-full": problemText(
    409,
    ["Guruhda joy qolmagan", "Гуруҳда жой қолмаган", "В группе нет мест", "The group is full"],
    [
      "Barcha {places} joy band. Boshqa guruhni tanlang.",
      "Барча {places} жой банд. Бошқа гуруҳни танланг.",
      "Все места ({places}) заняты. Выберите другую группу.",
      "All {places} places are taken. Choose another group.",
    ],
  ),
  "submission-already-sent": problemText(
    409,
    ["Guruh topshirilgan", "Гуруҳ топширилган", "Группа уже подана", "The group is handed in already"],
    [
      "Keyingi guruhni tanlang yoki arizani yakka topshiring.",
      "Кейинги гуруҳни танланг ёки аризани якка топширинг.",
      "Выберите следующую группу или подайте заявление отдельно.",
      "Choose the next group, or hand the application in alone.",
    ],
  ),
  "submission-empty": problemText(
    409,
    ["Guruhda hech kim yo‘q", "Гуруҳда ҳеч ким йўқ", "В группе никого нет", "Nobody is in the group"],
    [
      "Avval ishlarni guruhga qo‘shing.",
      "Аввал ишларни гуруҳга қўшинг.",
      "Сначала добавьте дела в группу.",
      "Add cases to the group first.",
    ],
  ),
} satisfies Record<Code, RefusalText>;
