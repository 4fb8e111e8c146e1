import type { visaDocsContracts, submissionContracts } from "@safar/contracts";
import { sentenceOf } from "@safar/contracts/languages.ts";
import type { FieldWords } from "../kinds.ts";

export const visaDocsFields = {
  by: sentenceOf("Nima bilan bajarildi", "Нима билан бажарилди", "Чем подтверждено", "Met by"),
  requirementSet: sentenceOf("Talablar to‘plami", "Талаблар тўплами", "Набор требований", "Requirement set"),
  from: sentenceOf("Amal qilish boshlanishi", "Амал қилиш бошланиши", "Действует с", "In force from"),
  items: sentenceOf("Kerakli hujjatlar", "Керакли ҳужжатлар", "Нужные документы", "Items"),
  documentId: sentenceOf("Hujjat", "Ҳужжат", "Документ", "Document"),
  mediaType: sentenceOf("Fayl turi", "Файл тури", "Тип файла", "Type of file"),
  classification: sentenceOf("Maxfiylik turi", "Махфийлик тури", "Категория данных", "Classification"),
  size: sentenceOf("Hajmi (bayt)", "Ҳажми (байт)", "Размер (байт)", "Size (bytes)"),
  check: sentenceOf("Tekshiruv", "Текширув", "Проверка", "Check"),
  contradictions: sentenceOf("Mos kelmagan maydonlar", "Мос келмаган майдонлар", "Расхождения", "Contradictions"),
  examinationId: sentenceOf("Tibbiy ko‘rik", "Тиббий кўрик", "Медосмотр", "Examination"),
  orderedOn: sentenceOf("Tayinlangan kuni", "Тайинланган куни", "Дата назначения", "Ordered on"),
  resultClass: sentenceOf("Natija", "Натижа", "Заключение", "Result"),
  submissionId: sentenceOf("Topshirish guruhi", "Топшириш гуруҳи", "Группа подачи", "Submission"),
  submittedOn: sentenceOf("Topshirilgan kuni", "Топширилган куни", "Дата подачи", "Submitted on"),
  paidBy: sentenceOf("Kim to‘ladi", "Ким тўлади", "Кто оплатил", "Paid by"),
  receiptNumber: sentenceOf("Kvitansiya raqami", "Квитанция рақами", "Номер квитанции", "Receipt number"),
  paidOn: sentenceOf("To‘langan kuni", "Тўланган куни", "Дата оплаты", "Paid on"),
  visaNumber: sentenceOf("Viza raqami", "Виза рақами", "Номер визы", "Visa number"),
  refusedOn: sentenceOf("Rad etilgan kuni", "Рад этилган куни", "Дата отказа", "Refused on"),
  filedOn: sentenceOf("Berilgan kuni", "Берилган куни", "Дата апелляции", "Filed on"),
  decidedOn: sentenceOf("Qaror kuni", "Қарор куни", "Дата решения", "Decided on"),
  plannedFor: sentenceOf("Rejalashtirilgan kun", "Режалаштирилган кун", "Запланировано на", "Planned for"),
  caseIds: sentenceOf("Ishlar", "Ишлар", "Дела", "Cases"),
} satisfies FieldWords<typeof visaDocsContracts | typeof submissionContracts>;
