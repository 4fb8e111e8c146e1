import type { RegistrationStatus } from "@safar/contracts";
import { sentenceOf } from "@safar/contracts/languages.ts";
import type { StateWords } from "../kinds.ts";

export const registrationStates = {
  submitted: sentenceOf("Topshirilgan", "Топширилган", "Подано", "Submitted"),
  identityPending: sentenceOf(
    "Shaxs tekshirilmoqda",
    "Шахс текширилмоқда",
    "Личность проверяется",
    "Identity being checked",
  ),
  active: sentenceOf("Faol", "Фаол", "Активно", "Active"),
  suspended: sentenceOf("To‘xtatib turilgan", "Тўхтатиб турилган", "Приостановлено", "Suspended"),
  merged: sentenceOf("Boshqasiga qo‘shilgan", "Бошқасига қўшилган", "Объединено", "Merged"),
  withdrawn: sentenceOf("Voz kechgan", "Воз кечган", "Отказ кандидата", "Withdrawn"),
  closed: sentenceOf("Yopilgan", "Ёпилган", "Закрыто", "Closed"),
} satisfies StateWords<RegistrationStatus>;
