import type { benefitContracts, policyContracts, subsidyYearContracts } from "@safar/contracts";
import { sentenceOf } from "@safar/contracts/languages.ts";
import type { FieldWords } from "../kinds.ts";

export const insuranceCompensationFields = {
  by: sentenceOf("Nima bilan isbotlandi", "Нима билан исботланди", "Чем подтверждено", "Proved by"),
  premium: sentenceOf("Sug‘urta badali", "Суғурта бадали", "Страховой взнос", "Premium"),
  socialList: sentenceOf("Ijtimoiy ro‘yxat", "Ижтимоий рўйхат", "Социальный список", "Social list"),
  year: sentenceOf("Yil", "Йил", "Год", "Year"),
  benefitId: sentenceOf("Kompensatsiya", "Компенсация", "Компенсация", "Compensation"),
  eventId: sentenceOf("Asos bo‘lgan yozuv", "Асос бўлган ёзув", "Запись-основание", "Record it rests on"),
  openedOn: sentenceOf("Ochilgan kuni", "Очилган куни", "Дата открытия", "Opened on"),
  appliedOn: sentenceOf("Ariza kuni", "Ариза куни", "Дата заявки", "Applied on"),
  cap: sentenceOf("Eng ko‘p summa", "Энг кўп сумма", "Предельная сумма", "Highest amount"),
  cardHolder: sentenceOf("Karta egasi", "Карта эгаси", "Держатель карты", "Card holder"),
  cardNumber: sentenceOf("Karta raqami", "Карта рақами", "Номер карты", "Card number"),
  cardHolderIsCandidate: sentenceOf(
    "Karta nomzodniki",
    "Карта номзодники",
    "Карта кандидата",
    "Card is the candidate’s",
  ),
  rules: sentenceOf("Qoidalar", "Қоидалар", "Правила", "Rules"),
  paymentId: sentenceOf("To‘lov", "Тўлов", "Платёж", "Payment"),
  dueBy: sentenceOf("To‘lash muddati", "Тўлаш муддати", "Оплатить до", "Due by"),
  bankReference: sentenceOf("Bank raqami", "Банк рақами", "Банковская ссылка", "Bank reference"),
} satisfies FieldWords<typeof policyContracts | typeof benefitContracts | typeof subsidyYearContracts>;
