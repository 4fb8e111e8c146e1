import { sentenceOf, type Sentence } from "@safar/contracts";
import { ProblemError, type FieldError } from "@safar/service-kit";

/** Rules of a form that one field alone does not show. */
const SENTENCES = {
  "employer-unknown": sentenceOf(
    "Bunday ish beruvchi yo‘q. Avval uni ro‘yxatga oling.",
    "Бундай иш берувчи йўқ. Аввал уни рўйхатга олинг.",
    "Такого работодателя нет. Сначала зарегистрируйте его.",
    "There is no such employer. Register it first.",
  ),
  "employer-not-yours": sentenceOf(
    "Faqat o‘z tashkilotingiz nomidan e’lon qiling.",
    "Фақат ўз ташкилотингиз номидан эълон қилинг.",
    "Публикуйте только от имени своей организации.",
    "Publish for your own organisation only.",
  ),
  "contract-unknown": sentenceOf(
    "Ish beruvchining bunday shartnomasi yozilmagan. Shartnomani yozing yoki raqamini tekshiring.",
    "Иш берувчининг бундай шартномаси ёзилмаган. Шартномани ёзинг ёки рақамини текширинг.",
    "У работодателя не записан такой договор. Запишите договор или проверьте номер.",
    "No such contract of the employer is on record. Record it, or check its id.",
  ),
  "age-range-wrong": sentenceOf(
    "Eng katta yosh eng kichigidan kam. Yosh chegaralarini tekshiring.",
    "Энг катта ёш энг кичигидан кам. Ёш чегараларини текширинг.",
    "Наибольший возраст меньше наименьшего. Проверьте границы возраста.",
    "The highest age is below the lowest. Check both.",
  ),
  "fee-charged-to-worker": sentenceOf(
    "Ishchidan to‘lov olinmaydi. To‘lovni ish beruvchi ko‘tarsin yoki vakansiyani qaytaring.",
    "Ишчидан тўлов олинмайди. Тўловни иш берувчи кўтарсин ёки вакансияни қайтаринг.",
    "С работника плата не берётся. Пусть её несёт работодатель, или верните вакансию.",
    "Workers are charged nothing. Let the employer bear the fee, or send the vacancy back.",
  ),
} as const satisfies Readonly<Record<string, Sentence>>;

export type FieldRule = keyof typeof SENTENCES;

/** @throws ProblemError invalid-request, where any rule is broken */
export const requireFields = (broken: readonly (readonly [pointer: string, rule: FieldRule])[]): void => {
  if (broken.length === 0) return;
  const errors: FieldError[] = broken.map(([pointer, code]) => ({ pointer, code, detail: SENTENCES[code] }));
  throw new ProblemError("invalid-request", { errors });
};
