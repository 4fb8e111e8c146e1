import type { placementContracts } from "@safar/contracts";
import { sentenceOf } from "@safar/contracts/languages.ts";
import type { FieldWords } from "../kinds.ts";

export const placementConfirmationFields = {
  placed: sentenceOf("Ish bor", "Иш бор", "Работа есть", "There is a job"),
  uploadedBy: sentenceOf("Kimning nusxasi", "Кимнинг нусхаси", "Чей экземпляр", "Whose copy"),
  referenceSha256: sentenceOf(
    "Asosiy shartnoma izi (SHA-256)",
    "Асосий шартнома изи (SHA-256)",
    "Отпечаток исходного договора (SHA-256)",
    "Fingerprint of the reference (SHA-256)",
  ),
  differences: sentenceOf("Farqlar", "Фарқлар", "Расхождения", "Differences"),
  confirmedOn: sentenceOf("Tasdiqlangan kuni", "Тасдиқланган куни", "Дата подтверждения", "Confirmed on"),
  receivedOn: sentenceOf("Olingan kuni", "Олинган куни", "Дата получения", "Received on"),
  working: sentenceOf("Ishlamoqda", "Ишламоқда", "Работает", "Working"),
} satisfies FieldWords<typeof placementContracts>;
