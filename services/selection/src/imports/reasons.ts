import { sentenceOf, type Sentence } from "@safar/contracts";
import { CELL_SENTENCES } from "@safar/service-kit";
import type { VacancyCode } from "./vacancy-codes.ts";

/** Every reason and warning of a row in words that a clerk understands; each says what to do. */
export const VACANCY_SENTENCES: Readonly<Record<VacancyCode, Sentence>> = {
  ...CELL_SENTENCES,
  "positions-invalid": sentenceOf(
    "O‘rinlar soni noto‘g‘ri. Uni 1 yoki undan katta butun son bilan yozing.",
    "Ўринлар сони нотўғри. Уни 1 ёки ундан катта бутун сон билан ёзинг.",
    "Число мест неверно. Напишите целое число не меньше 1.",
    "The number of positions is wrong. Write a whole number of at least 1.",
  ),
  "country-unknown": sentenceOf(
    "Davlat kodi noma’lum. Ikki harfli kodni yozing, masalan DE.",
    "Давлат коди номаълум. Икки ҳарфли кодни ёзинг, масалан DE.",
    "Код страны неизвестен. Укажите двухбуквенный код, например DE.",
    "The country is unknown. Write its two-letter code, as in DE.",
  ),
  "wage-invalid": sentenceOf(
    "Oylik ish haqi yoki valyuta noto‘g‘ri. Oylikni butun son bilan, valyutani uch harfli kod bilan yozing, masalan 1500 va EUR.",
    "Ойлик иш ҳақи ёки валюта нотўғри. Ойликни бутун сон билан, валютани уч ҳарфли код билан ёзинг, масалан 1500 ва EUR.",
    "Месячная зарплата или валюта указаны неверно. Напишите целое число и трёхбуквенный код, например 1500 и EUR.",
    "The monthly wage or its currency is wrong. Write a whole number and a three-letter code, as in 1500 and EUR.",
  ),
  "source-channel-unknown": sentenceOf(
    "Vakansiya manbai noma’lum. agency, representation, embassy yoki consulate deb yozing.",
    "Вакансия манбаи номаълум. agency, representation, embassy ёки consulate деб ёзинг.",
    "Источник вакансии неизвестен. Укажите agency, representation, embassy или consulate.",
    "The source of the vacancy is unknown. Write agency, representation, embassy or consulate.",
  ),
  "fee-charged-to-worker": sentenceOf(
    "Ishchidan haq olinadi. Ishga joylashtirish ishchi uchun bepul bo‘lishi kerak: hamkor bilan aniqlang.",
    "Ишчидан ҳақ олинади. Ишга жойлаштириш ишчи учун бепул бўлиши керак: ҳамкор билан аниқланг.",
    "С работника берут плату. Трудоустройство для работника бесплатно: уточните у партнёра.",
    "The worker is charged a fee. Recruitment is free for the worker: ask the partner.",
  ),
  "sector-malformed": sentenceOf(
    "Soha noto‘g‘ri yozilgan. Uni bitta inglizcha so‘z bilan yozing, masalan construction.",
    "Соҳа нотўғри ёзилган. Уни битта инглизча сўз билан ёзинг, масалан construction.",
    "Отрасль записана неверно. Укажите её одним английским словом, например construction.",
    "The sector is not written as it should be. Write it as one English word, as in construction.",
  ),
  "contract-months-invalid": sentenceOf(
    "Shartnoma muddati noto‘g‘ri. Uni butun oylarda yozing, masalan 12.",
    "Шартнома муддати нотўғри. Уни бутун ойларда ёзинг, масалан 12.",
    "Срок договора указан неверно. Напишите целое число месяцев, например 12.",
    "The length of the contract is wrong. Write whole months, as in 12.",
  ),
  "age-limits-invalid": sentenceOf(
    "Yosh chegarasi noto‘g‘ri. Uni butun yillarda yozing; eng yuqori yosh eng quyisidan kichik bo‘lmasin.",
    "Ёш чегараси нотўғри. Уни бутун йилларда ёзинг; энг юқори ёш энг қуйисидан кичик бўлмасин.",
    "Возрастные границы неверны. Напишите целые годы; верхняя граница не меньше нижней.",
    "The age limits are wrong. Write whole years, the upper limit not below the lower one.",
  ),
  "date-invalid": sentenceOf(
    "Sana yo‘q yoki bunday sana mavjud emas. Uni kk.oo.yyyy ko‘rinishida yozing, masalan 16.02.2026.",
    "Сана йўқ ёки бундай сана мавжуд эмас. Уни кк.оо.йййй кўринишида ёзинг, масалан 16.02.2026.",
    "Даты нет или такой даты не существует. Напишите её как дд.мм.гггг, например 16.02.2026.",
    "The date is missing or does not exist. Write it as dd.mm.yyyy, as in 16.02.2026.",
  ),
  "entered-after-deadline": sentenceOf(
    "Vakansiya shartnoma imzolangandan keyin uch kundan ko‘p vaqt o‘tib kiritilgan. Sababini aniqlang.",
    "Вакансия шартнома имзолангандан кейин уч кундан кўп вақт ўтиб киритилган. Сабабини аниқланг.",
    "Вакансия внесена позже чем через три дня после подписания договора. Выясните причину.",
    "The vacancy was entered more than three days after the contract was signed. Find out why.",
  ),
  "duplicate-vacancy": sentenceOf(
    "Xuddi shu vakansiya boshqa ro‘yxatdan e’lon qilingan. Yangisi ochilmadi.",
    "Худди шу вакансия бошқа рўйхатдан эълон қилинган. Янгиси очилмади.",
    "Та же вакансия уже опубликована из другого списка. Новая не создана.",
    "The same vacancy was published from another list already. No second one was made.",
  ),
};
