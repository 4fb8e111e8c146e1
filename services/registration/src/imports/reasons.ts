import { sentenceOf, type Sentence } from "@safar/contracts";
import { CELL_SENTENCES } from "@safar/service-kit";
import type { CandidateRejection, CandidateWarning } from "../domain/candidate-codes.ts";

/** Judged against the persons who are registered, not by the row's cells. */
export type DuplicateCode = "duplicate-person" | "duplicate-suspected";
export type CandidateCode = CandidateRejection | CandidateWarning | DuplicateCode;

const PINFL_AND_DATES = {
  "pinfl-malformed": sentenceOf(
    "JSHSHIR noto‘g‘ri: 14 ta raqam bo‘lishi kerak. Pasportdan qayta ko‘chiring.",
    "ЖШШИР нотўғри: 14 та рақам бўлиши керак. Паспортдан қайта кўчиринг.",
    "ПИНФЛ неверен: нужно 14 цифр. Перепишите его из паспорта.",
    "The PINFL is wrong: it has 14 digits. Copy it again from the passport.",
  ),
  "pinfl-sex-mismatch": sentenceOf(
    "JSHSHIRning birinchi raqami ko‘rsatilgan jinsga mos emas. Jins va JSHSHIRni pasport bilan solishtiring.",
    "ЖШШИРнинг биринчи рақами кўрсатилган жинсга мос эмас. Жинс ва ЖШШИРни паспорт билан солиштиринг.",
    "Первая цифра ПИНФЛ не соответствует указанному полу. Сверьте пол и ПИНФЛ с паспортом.",
    "The first digit of the PINFL contradicts the sex. Compare both with the passport.",
  ),
  "pinfl-birth-date-mismatch": sentenceOf(
    "JSHSHIRdagi sana tug‘ilgan sanaga mos emas. Ikkalasini pasport bilan solishtiring.",
    "ЖШШИРдаги сана туғилган санага мос эмас. Иккаласини паспорт билан солиштиринг.",
    "Дата в ПИНФЛ не совпадает с датой рождения. Сверьте обе с паспортом.",
    "The date in the PINFL is not the birth date. Compare both with the passport.",
  ),
  "birth-date-invalid": sentenceOf(
    "Tug‘ilgan sana yo‘q, boshqa shaklda yozilgan yoki bunday sana mavjud emas. Uni pasportdan qayta ko‘chiring.",
    "Туғилган сана йўқ, бошқа шаклда ёзилган ёки бундай сана мавжуд эмас. Уни паспортдан қайта кўчиринг.",
    "Даты рождения нет, она записана иначе или такой даты не существует. Перепишите её из паспорта.",
    "The birth date is missing, is written in another form, or does not exist. Copy it again from the passport.",
  ),
  underage: sentenceOf(
    "Nomzod 18 yoshga to‘lmagan. Uni 18 yoshga to‘lgach ro‘yxatdan o‘tkazing.",
    "Номзод 18 ёшга тўлмаган. Уни 18 ёшга тўлгач рўйхатдан ўтказинг.",
    "Кандидату нет 18 лет. Зарегистрируйте его, когда исполнится 18.",
    "The candidate is under 18. Register them once they are 18.",
  ),
} as const satisfies Partial<Record<CandidateRejection, Sentence>>;

const DOCUMENTS_AND_CONSENT = {
  "passport-malformed": sentenceOf(
    "Pasport raqami noto‘g‘ri: ikki lotin harfi va 7 ta raqam bo‘lishi kerak, masalan AA1234567.",
    "Паспорт рақами нотўғри: икки лотин ҳарфи ва 7 та рақам бўлиши керак, масалан AA1234567.",
    "Номер паспорта неверен: нужны две латинские буквы и 7 цифр, например AA1234567.",
    "The passport number is wrong: it has two Latin letters and 7 digits, as in AA1234567.",
  ),
  "passport-expired": sentenceOf(
    "Pasportning amal qilish muddati tugagan. Yangi pasport ma’lumotlarini kiriting.",
    "Паспортнинг амал қилиш муддати тугаган. Янги паспорт маълумотларини киритинг.",
    "Срок действия паспорта истёк. Укажите данные нового паспорта.",
    "The passport has expired. Enter the new passport.",
  ),
  "passport-expiry-invalid": sentenceOf(
    "Pasportning amal qilish sanasi yo‘q, boshqa shaklda yozilgan yoki bunday sana mavjud emas. Uni pasportdan qayta ko‘chiring.",
    "Паспортнинг амал қилиш санаси йўқ, бошқа шаклда ёзилган ёки бундай сана мавжуд эмас. Уни паспортдан қайта кўчиринг.",
    "Срока действия паспорта нет, он записан иначе или такой даты не существует. Перепишите его из паспорта.",
    "The passport’s expiry date is missing, is written in another form, or does not exist. Copy it again from the passport.",
  ),
  "consent-missing": sentenceOf(
    "Shaxsiy ma’lumotlarga rozilik sanasi yo‘q. Nomzodning roziligini oling va sanasini yozing.",
    "Шахсий маълумотларга розилик санаси йўқ. Номзоднинг розилигини олинг ва санасини ёзинг.",
    "Нет даты согласия на обработку персональных данных. Получите согласие кандидата и укажите дату.",
    "The date of consent is missing. Obtain the candidate’s consent and enter its date.",
  ),
  "consent-in-future": sentenceOf(
    "Rozilik sanasi hali kelmagan. Rozilik haqiqatda berilgan sanani yozing.",
    "Розилик санаси ҳали келмаган. Розилик ҳақиқатда берилган санани ёзинг.",
    "Дата согласия ещё не наступила. Укажите день, когда согласие было дано.",
    "The date of consent lies in the future. Enter the day on which it was given.",
  ),
  "agency-licence-missing": sentenceOf(
    "Kanal “agency”, lekin agentlikning litsenziya raqami yo‘q. Uni yozing.",
    "Канал “agency”, лекин агентликнинг лицензия рақами йўқ. Уни ёзинг.",
    "Канал «agency», но номера лицензии агентства нет. Укажите его.",
    "The channel is “agency”, but the agency’s licence number is missing. Enter it.",
  ),
} as const satisfies Partial<Record<CandidateRejection, Sentence>>;

const OTHER_FIELDS = {
  "phone-invalid": sentenceOf(
    "Telefon raqami noto‘g‘ri: raqamlar soni mos emas. Masalan, +998901234567.",
    "Телефон рақами нотўғри: рақамлар сони мос эмас. Масалан, +998901234567.",
    "Номер телефона неверен: не то количество цифр. Например, +998901234567.",
    "The phone number is wrong: it has too few or too many digits. Write it as +998901234567.",
  ),
  "region-unknown": sentenceOf(
    "Hudud kodi noma’lum. Hudud nomini emas, 4 xonali SOATO kodini yozing, masalan 1726.",
    "Ҳудуд коди номаълум. Ҳудуд номини эмас, 4 хонали СОАТО кодини ёзинг, масалан 1726.",
    "Код региона неизвестен. Пишите не название, а четырёхзначный код СОАТО, например 1726.",
    "The region is unknown. Write its 4-digit SOATO code, not its name, as in 1726.",
  ),
  "channel-unknown": sentenceOf(
    "Kanal noma’lum. branch, agency, self yoki representation deb yozing.",
    "Канал номаълум. branch, agency, self ёки representation деб ёзинг.",
    "Канал неизвестен. Укажите branch, agency, self или representation.",
    "The channel is unknown. Write branch, agency, self or representation.",
  ),
  "sex-unknown": sentenceOf(
    "Jins noma’lum. E (erkak) yoki A (ayol) deb yozing.",
    "Жинс номаълум. E (эркак) ёки A (аёл) деб ёзинг.",
    "Пол неизвестен. Укажите E (мужской) или A (женский).",
    "The sex is unknown. Write E (male) or A (female).",
  ),
  "experience-invalid": sentenceOf(
    "Ish staji noto‘g‘ri. Uni 0 dan 80 gacha butun yillarda yozing.",
    "Иш стажи нотўғри. Уни 0 дан 80 гача бутун йилларда ёзинг.",
    "Стаж указан неверно. Напишите целое число лет от 0 до 80.",
    "The experience is wrong. Write whole years, from 0 to 80.",
  ),
  "country-unknown": sentenceOf(
    "Davlat kodi noma’lum. Ikki harfli kodlarni yozing, ro‘yxatda bir nechta bo‘lsa | bilan ajrating: DE|JP.",
    "Давлат коди номаълум. Икки ҳарфли кодларни ёзинг, рўйхатда бир нечта бўлса | билан ажратинг: DE|JP.",
    "Код страны неизвестен. Пишите двухбуквенные коды, в списке разделяйте несколько знаком |: DE|JP.",
    "The country is unknown. Write two-letter codes, in a list with | between several: DE|JP.",
  ),
} as const satisfies Partial<Record<CandidateRejection, Sentence>>;

const WARNINGS = {
  "pinfl-check-digit": sentenceOf(
    "JSHSHIRning nazorat raqami mos kelmadi. JSHSHIRni pasport bilan solishtiring.",
    "ЖШШИРнинг назорат рақами мос келмади. ЖШШИРни паспорт билан солиштиринг.",
    "Контрольная цифра ПИНФЛ не сходится. Сверьте ПИНФЛ с паспортом.",
    "The check digit of the PINFL does not fit. Compare the PINFL with the passport.",
  ),
  "mrz-check-digit": sentenceOf(
    "Pasportning mashina o‘qiydigan satrlarida nazorat raqami mos kelmadi. Pasportni qayta o‘qiting.",
    "Паспортнинг машина ўқийдиган сатрларида назорат рақами мос келмади. Паспортни қайта ўқитинг.",
    "В машиночитаемых строках паспорта не сходится контрольная цифра. Считайте паспорт заново.",
    "A check digit in the machine-readable lines does not fit. Scan the passport again.",
  ),
  "passport-normalised": sentenceOf(
    "Pasport raqami to‘g‘rilab yozildi (bo‘shliq, kichik harf yoki kirill harfi bor edi). Tekshirib qo‘ying.",
    "Паспорт рақами тўғрилаб ёзилди (бўшлиқ, кичик ҳарф ёки кирилл ҳарфи бор эди). Текшириб қўйинг.",
    "Номер паспорта исправлен (были пробел, строчная или кириллическая буква). Проверьте его.",
    "The passport number was put right (it had a space, a small or a Cyrillic letter). Please check it.",
  ),
  "phone-normalised": sentenceOf(
    "Telefon raqami xalqaro ko‘rinishga keltirildi. Tekshirib qo‘ying.",
    "Телефон рақами халқаро кўринишга келтирилди. Текшириб қўйинг.",
    "Номер телефона приведён к международному виду. Проверьте его.",
    "The phone number was written in the international form. Please check it.",
  ),
  "name-script-mixed": sentenceOf(
    "Ism-sharifda lotin va kirill harflari aralash. Bitta yozuvda qayta yozing.",
    "Исм-шарифда лотин ва кирилл ҳарфлари аралаш. Битта ёзувда қайта ёзинг.",
    "В имени смешаны латинские и кириллические буквы. Напишите его одним алфавитом.",
    "The name mixes Latin and Cyrillic letters. Write it in one alphabet.",
  ),
} as const satisfies Record<CandidateWarning, Sentence>;

/** Every reason and warning of a row in words that a clerk understands; each says what to do. */
export const CANDIDATE_SENTENCES: Readonly<Record<CandidateCode, Sentence>> = {
  ...PINFL_AND_DATES,
  ...DOCUMENTS_AND_CONSENT,
  ...OTHER_FIELDS,
  ...CELL_SENTENCES,
  ...WARNINGS,
  "duplicate-person": sentenceOf(
    "Bu JSHSHIRli shaxs allaqachon ro‘yxatda va uning yo‘li ochiq. Yangi yozuv ochilmadi.",
    "Бу ЖШШИРли шахс аллақачон рўйхатда ва унинг йўли очиқ. Янги ёзув очилмади.",
    "Человек с этим ПИНФЛ уже зарегистрирован, его путь открыт. Новая запись не создана.",
    "The person with this PINFL is registered already and their journey is open. No second record was made.",
  ),
  "duplicate-suspected": sentenceOf(
    "Boshqa shaxsda xuddi shu pasport raqami yoki xuddi shu ism-sharif va tug‘ilgan sana bor. Mas’ul xodim qaror qilguncha ikkalasi ham to‘xtatib turiladi.",
    "Бошқа шахсда худди шу паспорт рақами ёки худди шу исм-шариф ва туғилган сана бор. Масъул ходим қарор қилгунча иккаласи ҳам тўхтатиб турилади.",
    "У другого человека тот же номер паспорта или те же имя и дата рождения. Оба дела приостановлены до решения сотрудника.",
    "Another person has the same passport number, or the same name and birth date. Both are held until a person decides.",
  ),
};
