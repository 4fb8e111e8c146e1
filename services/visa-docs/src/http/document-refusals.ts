import { ALREADY_DONE, problemText, type RefusalText } from "@safar/service-kit";
import type { ContractRefusal } from "../domain/dossier/contract.ts";
import type { DocumentRefusal } from "../domain/dossier/documents.ts";
import type { MedicalRefusal } from "../domain/dossier/medical.ts";
import type { RoundRefusal } from "../domain/dossier/round.ts";

type Code = Exclude<(DocumentRefusal | MedicalRefusal | ContractRefusal)["code"], RoundRefusal["code"]>;

/** Refusals that documents, the medical examination and the contract give rise to. */
export const documentRefusals = {
  "already-done": ALREADY_DONE,
  "file-not-uploaded": problemText(
    409,
    ["Bu fayl yuklanmagan", "Бу файл юкланмаган", "Этот файл не загружен", "This file is not uploaded"],
    [
      "Avval faylni shu ishning `files` manziliga yuklang va javobdagi `sha256` ni yuboring.",
      "Аввал файлни шу ишнинг `files` манзилига юкланг ва жавобдаги `sha256` ни юборинг.",
      "Сначала загрузите файл по адресу `files` этого дела и пришлите `sha256` из ответа.",
      "Upload the file to `files` of this case first, and send the `sha256` of that answer.",
    ],
  ),
  "too-many-documents": problemText(
    409,
    ["Hujjatlar juda ko‘p", "Ҳужжатлар жуда кўп", "Слишком много документов", "There are too many documents"],
    [
      "Bir ishda ko‘pi bilan {limit} ta hujjat bo‘ladi. Sahifalarni bitta faylga birlashtiring.",
      "Бир ишда кўпи билан {limit} та ҳужжат бўлади. Саҳифаларни битта файлга бирлаштиринг.",
      "В деле может быть не больше {limit} документов. Объедините страницы в один файл.",
      "A case has at most {limit} documents. Put the pages of one document into one file.",
    ],
  ),
  "unknown-document": problemText(
    404,
    ["Bunday hujjat yo‘q", "Бундай ҳужжат йўқ", "Такого документа нет", "There is no such document"],
    [
      "Hujjat raqamini shu ishning hujjatlari ro‘yxatidan oling.",
      "Ҳужжат рақамини шу ишнинг ҳужжатлари рўйхатидан олинг.",
      "Возьмите номер из списка документов этого дела.",
      "Take the id from the list of this case's documents.",
    ],
  ),
  "replaces-other-kind": problemText(
    409,
    ["Hujjat turi boshqa", "Ҳужжат тури бошқа", "Документ другого вида", "The documents are of different kinds"],
    [
      "Eski hujjat turi: {kind}. Uni faqat shu turdagi hujjat almashtiradi.",
      "Эски ҳужжат тури: {kind}. Уни фақат шу турдаги ҳужжат алмаштиради.",
      "Вид прежнего документа: {kind}. Его заменяет только документ того же вида.",
      "The older document is of the kind {kind}; only one of that kind takes its place.",
    ],
  ),
  "document-verified": problemText(
    409,
    ["Hujjat tasdiqlangan", "Ҳужжат тасдиқланган", "Документ уже проверен", "The document is verified"],
    [
      "Tasdiqlangan hujjat rad etilmaydi. Yangisini yuklang va `replaces` da eskisini ko‘rsating.",
      "Тасдиқланган ҳужжат рад этилмайди. Янгисини юкланг ва `replaces` да эскисини кўрсатинг.",
      "Проверенный документ не отклоняют. Загрузите новый и укажите прежний в `replaces`.",
      "A verified document is not rejected. Upload a new one that names it in `replaces`.",
    ],
  ),
  "document-rejected": problemText(
    409,
    ["Hujjat rad etilgan", "Ҳужжат рад этилган", "Документ отклонён", "The document was rejected"],
    [
      "Rad etilgan hujjat qayta ko‘rilmaydi. Yangi hujjat yuklang.",
      "Рад этилган ҳужжат қайта кўрилмайди. Янги ҳужжат юкланг.",
      "Отклонённый документ не рассматривают снова. Загрузите новый.",
      "A rejected document is not judged again. Upload a new one.",
    ],
  ),
  "document-replaced": problemText(
    409,
    ["Hujjat almashtirilgan", "Ҳужжат алмаштирилган", "Документ заменён", "The document was replaced"],
    [
      "O‘rniga kelgan hujjat bilan ishlang.",
      "Ўрнига келган ҳужжат билан ишланг.",
      "Работайте с документом, который его заменил.",
      "Go on with the document that took its place.",
    ],
  ),
  "zone-missing": problemText(
    422,
    [
      "Pasportning mashina o‘qiydigan qatorlari yo‘q",
      "Паспортнинг машина ўқийдиган қаторлари йўқ",
      "Нет машиночитаемой зоны паспорта",
      "The passport's machine readable zone is missing",
    ],
    [
      "Pasport pastidagi ikki qatorni `mrz` maydonida yuboring.",
      "Паспорт пастидаги икки қаторни `mrz` майдонида юборинг.",
      "Пришлите две нижние строки паспорта в поле `mrz`.",
      "Send the two lines at the foot of the passport in `mrz`.",
    ],
  ),
  "zone-unreadable": problemText(
    422,
    [
      "Mashina o‘qiydigan qatorlar o‘qilmadi",
      "Машина ўқийдиган қаторлар ўқилмади",
      "Машиночитаемая зона не читается",
      "The machine readable zone cannot be read",
    ],
    [
      "Qatorlarni to‘liq, `<` belgilari bilan kiriting (pasportda 44 belgidan ikki qator).",
      "Қаторларни тўлиқ, `<` белгилари билан киритинг (паспортда 44 белгидан икки қатор).",
      "Введите строки полностью, со знаками `<` (в паспорте две строки по 44 знака).",
      "Enter the lines in full, with their `<` (a passport has two lines of 44 characters).",
    ],
  ),
  "zone-misread": problemText(
    422,
    [
      "Nazorat raqamlari mos emas",
      "Назорат рақамлари мос эмас",
      "Контрольные цифры не сходятся",
      "The check digits do not agree",
    ],
    [
      "Qatorlarni hujjatdan qaytadan o‘qing: biror belgi noto‘g‘ri. Yana shunday bo‘lsa, hujjatni rad eting.",
      "Қаторларни ҳужжатдан қайтадан ўқинг: бирор белги нотўғри. Яна шундай бўлса, ҳужжатни рад этинг.",
      "Считайте строки с документа ещё раз: какой-то знак неверен. Если не помогло, отклоните документ.",
      "Read the lines from the document once more: a character is wrong. If that does not help, reject the document.",
    ],
  ),
  "form-not-available": problemText(
    409,
    [
      "Solishtirish uchun anketa yo‘q",
      "Солиштириш учун анкета йўқ",
      "Нет анкеты для сверки",
      "There is no form to compare with",
    ],
    [
      "Shaxsning ma’lumotlari o‘chirilgan yoki ro‘yxatga olinmagan. Ro‘yxatga olish bo‘limiga murojaat qiling.",
      "Шахснинг маълумотлари ўчирилган ёки рўйхатга олинмаган. Рўйхатга олиш бўлимига мурожаат қилинг.",
      "Данные лица удалены или не внесены. Обратитесь в регистрацию.",
      "The person's details were erased or never registered. Ask registration.",
    ],
  ),
  "passport-expires-too-soon": problemText(
    409,
    [
      "Pasport muddati yetarli emas",
      "Паспорт муддати етарли эмас",
      "Срок паспорта недостаточен",
      "The passport expires too soon",
    ],
    [
      "Pasport kamida {neededUntil} gacha amal qilishi kerak. Yangi pasport oling va uni ro‘yxatga oling.",
      "Паспорт камида {neededUntil} гача амал қилиши керак. Янги паспорт олинг ва уни рўйхатга олинг.",
      "Паспорт должен действовать не менее чем до {neededUntil}. Оформите новый и внесите его.",
      "It has to be valid until {neededUntil} at least. Obtain a new passport and record it at registration.",
    ],
  ),
  "examination-open": problemText(
    409,
    [
      "Tibbiy ko‘rik natijasi kutilmoqda",
      "Тиббий кўрик натижаси кутилмоқда",
      "Результат медосмотра ещё не получен",
      "A medical examination is still open",
    ],
    [
      "Avval tayinlangan ko‘rik natijasini yozing, so‘ng yangisini tayinlang.",
      "Аввал тайинланган кўрик натижасини ёзинг, сўнг янгисини тайинланг.",
      "Сначала запишите результат назначенного осмотра, затем назначайте новый.",
      "Record the result of the one that is ordered, then order another.",
    ],
  ),
  "contract-already-signed": problemText(
    409,
    ["Shartnoma imzolangan", "Шартнома имзоланган", "Договор уже подписан", "The contract is signed already"],
    [
      "Bu taklif bo‘yicha boshqa shartnoma bor. Shartlar o‘zgargan bo‘lsa, yangi taklif kerak.",
      "Бу таклиф бўйича бошқа шартнома бор. Шартлар ўзгарган бўлса, янги таклиф керак.",
      "По этому предложению уже есть другой договор. Если условия изменились, нужно новое предложение.",
      "Another contract stands for this offer. Where the terms have changed, a new offer is needed.",
    ],
  ),
  "terms-differ-from-offer": problemText(
    409,
    [
      "Shartnoma taklifdan farq qiladi",
      "Шартнома таклифдан фарқ қилади",
      "Договор отличается от предложения",
      "The contract differs from the offer",
    ],
    [
      "Farq: {fields}. Nomzod faqat qabul qilgan shartlarini imzolaydi; ish beruvchidan to‘g‘ri shartnomani so‘rang.",
      "Фарқ: {fields}. Номзод фақат қабул қилган шартларини имзолайди; иш берувчидан тўғри шартномани сўранг.",
      "Отличия: {fields}. Кандидат подписывает только принятые условия; запросите у работодателя верный договор.",
      "They differ in: {fields}. A candidate signs only what was accepted; ask the employer for the right contract.",
    ],
  ),
} satisfies Record<Code, RefusalText>;
