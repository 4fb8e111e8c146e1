import type { trainingContracts, courseContracts } from "@safar/contracts";
import { sentenceOf } from "@safar/contracts/languages.ts";
import type { FieldWords } from "../kinds.ts";

export const trainingFields = {
  enrolmentId: sentenceOf("Kursga yozilish", "Курсга ёзилиш", "Зачисление", "Enrolment"),
  courseId: sentenceOf("Kurs", "Курс", "Курс", "Course"),
  provider: sentenceOf("O‘quv markazi", "Ўқув маркази", "Учебный центр", "Provider"),
  tracks: sentenceOf("Yo‘nalishlar", "Йўналишлар", "Направления обучения", "Tracks"),
  on: sentenceOf("Kuni", "Куни", "День", "Day"),
  present: sentenceOf("Qatnashgan", "Қатнашган", "Присутствовал", "Present"),
  attempt: sentenceOf("Urinish", "Уриниш", "Попытка", "Attempt"),
  heldOn: sentenceOf("O‘tkazilgan kuni", "Ўтказилган куни", "Дата проведения", "Held on"),
  scheduledFor: sentenceOf("Belgilangan kuni", "Белгиланган куни", "Назначено на", "Scheduled for"),
  level: sentenceOf("Daraja yoki toifa", "Даража ёки тоифа", "Разряд или категория", "Grade"),
  verificationCode: sentenceOf("Tekshirish kodi", "Текшириш коди", "Код проверки", "Verification code"),
  moduleVersion: sentenceOf("Modul tahriri", "Модул таҳрири", "Версия модуля", "Version of the module"),
  identityProven: sentenceOf("Shaxsi tasdiqlangan", "Шахси тасдиқланган", "Личность подтверждена", "Identity proven"),
  identityMethod: sentenceOf(
    "Shaxsni tasdiqlash usuli",
    "Шахсни тасдиқлаш усули",
    "Способ проверки личности",
    "How identity was proven",
  ),
  capacity: sentenceOf("O‘rinlar soni", "Ўринлар сони", "Число мест", "Capacity"),
  cohort: sentenceOf("Guruh", "Гуруҳ", "Группа", "Cohort"),
  free: sentenceOf("Bepul", "Бепул", "Бесплатно", "Free of charge"),
  endsOn: sentenceOf("Tugash kuni", "Тугаш куни", "Дата окончания", "Ends on"),
} satisfies FieldWords<typeof trainingContracts | typeof courseContracts>;
