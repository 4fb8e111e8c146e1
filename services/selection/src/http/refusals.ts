import { ALREADY_DONE, problemText, type RefusalText } from "@safar/service-kit";
import type { ApplicationRefusal } from "../domain/application/decide.ts";
import type { CandidacyRefusal } from "../domain/candidacy/decide.ts";
import type { EmployerRefusal } from "../domain/employer/decide.ts";
import type { VacancyRefusal } from "../domain/vacancy/decide.ts";
import { applicationRefusals } from "./application-refusals.ts";

/** What a door of selection refuses without asking a decider. */
type DoorRefusal = "cv-view-not-recorded";

type Code =
  | EmployerRefusal["code"]
  | VacancyRefusal["code"]
  | ApplicationRefusal["code"]
  | CandidacyRefusal["code"]
  | DoorRefusal;

/** Every refusal of selection, told so that the reader knows what to do. */
export const refusals = {
  ...applicationRefusals,
  "already-done": ALREADY_DONE,
  "employer-not-registered": problemText(
    404,
    ["Bunday ish beruvchi yo‘q", "Бундай иш берувчи йўқ", "Такого работодателя нет", "There is no such employer"],
    [
      "Raqamni tekshiring yoki avval ish beruvchini ro‘yxatga oling.",
      "Рақамни текширинг ёки аввал иш берувчини рўйхатга олинг.",
      "Проверьте номер или сначала зарегистрируйте работодателя.",
      "Check the id, or register the employer first.",
    ],
  ),
  "vacancy-not-published": problemText(
    404,
    ["Bunday vakansiya yo‘q", "Бундай вакансия йўқ", "Такой вакансии нет", "There is no such vacancy"],
    [
      "Raqamni tekshiring yoki avval vakansiyani e’lon qiling.",
      "Рақамни текширинг ёки аввал вакансияни эълон қилинг.",
      "Проверьте номер или сначала опубликуйте вакансию.",
      "Check the id, or publish the vacancy first.",
    ],
  ),
  "criteria-fixed": problemText(
    409,
    [
      "Talablarni endi o‘zgartirib bo‘lmaydi",
      "Талабларни энди ўзгартириб бўлмайди",
      "Требования больше нельзя менять",
      "The requirements can no longer change",
    ],
    [
      "Arizalar bor: hamma bir xil talab bilan baholanadi. Boshqa talablar uchun yangi vakansiya e’lon qiling.",
      "Аризалар бор: ҳамма бир хил талаб билан баҳоланади. Бошқа талаблар учун янги вакансия эълон қилинг.",
      "Уже есть заявки: всех оценивают по одним требованиям. Для других требований опубликуйте новую вакансию.",
      "Somebody has applied, and all are measured alike. Publish another vacancy for other requirements.",
    ],
  ),
  "criteria-changed": problemText(
    409,
    [
      "Talablar hozirgina o‘zgardi",
      "Талаблар ҳозиргина ўзгарди",
      "Требования только что изменились",
      "The requirements have just changed",
    ],
    [
      "Vakansiyani qayta o‘qing va nomzod rozi bo‘lsa, arizani yana yuboring.",
      "Вакансияни қайта ўқинг ва номзод рози бўлса, аризани яна юборинг.",
      "Перечитайте вакансию и, если кандидат согласен, подайте заявку снова.",
      "Read the vacancy again, and apply again if the candidate still agrees.",
    ],
  ),
  "positions-below-held": problemText(
    409,
    [
      "O‘rinlar soni band o‘rinlardan kam",
      "Ўринлар сони банд ўринлардан кам",
      "Мест меньше, чем уже занято",
      "Fewer positions than are held",
    ],
    [
      "{held} ta o‘rin taklif qilingan yoki band. Kamida shuncha qoldiring.",
      "{held} та ўрин таклиф қилинган ёки банд. Камида шунча қолдиринг.",
      "Предложено или занято мест: {held}. Оставьте не меньше.",
      "{held} positions are offered or taken. Leave at least as many.",
    ],
  ),
  "no-open-position": problemText(
    409,
    ["Bo‘sh o‘rin qolmagan", "Бўш ўрин қолмаган", "Свободных мест нет", "No position is open"],
    [
      "Barcha o‘rinlar ({positions}) taklif qilingan yoki band. Nomzodni zaxiraga oling yoki o‘rinlar sonini oshiring.",
      "Барча ўринлар ({positions}) таклиф қилинган ёки банд. Номзодни захирага олинг ёки ўринлар сонини оширинг.",
      "Все места ({positions}) предложены или заняты. Поставьте кандидата в резерв или увеличьте число мест.",
      "All {positions} positions are offered or taken. Put the applicant on reserve, or add positions.",
    ],
  ),
  "position-not-reserved": problemText(
    409,
    [
      "Bu taklif uchun o‘rin band qilinmagan",
      "Бу таклиф учун ўрин банд қилинмаган",
      "Для этого предложения место не занято",
      "No position is reserved for this offer",
    ],
    [
      "Vakansiya va taklif tarixini tekshiring; o‘rin bo‘shatilgan bo‘lsa, yangi taklif bering.",
      "Вакансия ва таклиф тарихини текширинг; ўрин бўшатилган бўлса, янги таклиф беринг.",
      "Проверьте историю вакансии и предложения; если место освобождено, сделайте новое предложение.",
      "Check the history of vacancy and offer; where the position was released, make a new offer.",
    ],
  ),
  "another-offer-accepted": problemText(
    409,
    [
      "Nomzod boshqa taklifni qabul qilgan",
      "Номзод бошқа таклифни қабул қилган",
      "Кандидат уже принял предложение",
      "The candidate has accepted an offer already",
    ],
    [
      "Bir vaqtda bitta taklif qabul qilinadi. Avval o‘sha arizani qaytarib oling; hozirgina qaytarilgan bo‘lsa, bir daqiqadan so‘ng takrorlang.",
      "Бир вақтда битта таклиф қабул қилинади. Аввал ўша аризани қайтариб олинг; ҳозиргина қайтарилган бўлса, бир дақиқадан сўнг такрорланг.",
      "Одновременно можно принять одно предложение. Сначала отзовите ту заявку; если она только что отозвана, повторите через минуту.",
      "Only one offer is held at a time. Withdraw that application first; if it has just been withdrawn, repeat in a minute.",
    ],
  ),
  "cv-view-not-recorded": problemText(
    409,
    [
      "Rezyumeni ko‘rish qayd etilmagan",
      "Резюмени кўриш қайд этилмаган",
      "Просмотр резюме не записан",
      "No view of the CV is on record",
    ],
    [
      "Avval `cv-views` buyrug‘ini yuboring: har bir ko‘rish qayd etiladi.",
      "Аввал `cv-views` буйруғини юборинг: ҳар бир кўриш қайд этилади.",
      "Сначала отправьте команду `cv-views`: каждый просмотр записывается.",
      "Send the command `cv-views` first: every view is put on record.",
    ],
  ),
} as const satisfies Readonly<Record<Code, RefusalText>>;
