import type { employerContracts, vacancyContracts, candidacyContracts, applicationContracts } from "@safar/contracts";
import { sentenceOf } from "@safar/contracts/languages.ts";
import type { FieldWords } from "../kinds.ts";

export const selectionFields = {
  name: sentenceOf("Nomi", "Номи", "Название", "Name"),
  registrationNumber: sentenceOf(
    "Davlat reyestridagi raqami",
    "Давлат реестридаги рақами",
    "Номер в торговом реестре",
    "Register number",
  ),
  contractId: sentenceOf("Shartnoma", "Шартнома", "Договор", "Contract"),
  sourceChannel: sentenceOf("Kim topgan", "Ким топган", "Кто нашёл", "Found by"),
  positions: sentenceOf("O‘rinlar soni", "Ўринлар сони", "Число мест", "Positions"),
  requirements: sentenceOf("Talablar", "Талаблар", "Требования", "Requirements"),
  criteriaVersion: sentenceOf("Mezonlar tahriri", "Мезонлар таҳрири", "Редакция критериев", "Version of the criteria"),
  contractSignedOn: sentenceOf("Shartnoma sanasi", "Шартнома санаси", "Дата договора", "Contract signed on"),
  enteredOn: sentenceOf("Kiritilgan kuni", "Киритилган куни", "Дата внесения", "Entered on"),
  applicationId: sentenceOf("Ariza", "Ариза", "Заявка", "Application"),
  wasTaken: sentenceOf("Egallangan edi", "Эгалланган эди", "Место было занято", "Had been taken"),
  policy: sentenceOf("Qoida", "Қоида", "Правило", "Policy"),
  assessmentId: sentenceOf("Baholash", "Баҳолаш", "Оценка", "Assessment"),
  model: sentenceOf("Baholash modeli", "Баҳолаш модели", "Модель оценки", "Model"),
  modelVersion: sentenceOf("Model tahriri", "Модел таҳрири", "Версия модели", "Version of the model"),
  inputsSha256: sentenceOf(
    "Kirish ma’lumotlari izi (SHA-256)",
    "Кириш маълумотлари изи (SHA-256)",
    "Отпечаток входных данных (SHA-256)",
    "Fingerprint of the inputs (SHA-256)",
  ),
  viewId: sentenceOf("Ko‘rish", "Кўриш", "Просмотр", "View"),
  viewer: sentenceOf("Kim ko‘rdi", "Ким кўрди", "Кто смотрел", "Viewed by"),
  basedOn: sentenceOf("Asoslar", "Асослар", "Основания", "Based on"),
  interviewId: sentenceOf("Suhbat", "Суҳбат", "Собеседование", "Interview"),
  at: sentenceOf("Vaqti", "Вақти", "Время", "Time"),
  form: sentenceOf("Shakli", "Шакли", "Форма", "Form"),
  place: sentenceOf("Joyi", "Жойи", "Место", "Place"),
  priority: sentenceOf("Navbatsiz", "Навбатсиз", "Вне очереди", "Priority"),
  relation: sentenceOf("Aloqadorlik", "Алоқадорлик", "Отношение", "Relation"),
} satisfies FieldWords<
  typeof employerContracts | typeof vacancyContracts | typeof candidacyContracts | typeof applicationContracts
>;
