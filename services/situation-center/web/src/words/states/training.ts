import type { TrainingStatus, CourseStatus } from "@safar/contracts";
import { sentenceOf } from "@safar/contracts/languages.ts";
import type { StateWords } from "../kinds.ts";

export const trainingStates = {
  ordered: sentenceOf("Tayinlangan", "Тайинланган", "Назначено", "Ordered"),
  enrolled: sentenceOf("Kursga yozilgan", "Курсга ёзилган", "Зачислен", "Enrolled"),
  inProgress: sentenceOf("O‘qimoqda", "Ўқимоқда", "Обучается", "In progress"),
  assessed: sentenceOf("Baholangan", "Баҳоланган", "Оценён", "Assessed"),
  certified: sentenceOf("Sertifikatlangan", "Сертификатланган", "Сертифицирован", "Certified"),
  offered: sentenceOf("E’lon qilingan", "Эълон қилинган", "Объявлен", "Offered"),
  started: sentenceOf("Boshlangan", "Бошланган", "Начат", "Started"),
  completed: sentenceOf("Tugagan", "Тугаган", "Завершён", "Completed"),
  cancelled: sentenceOf("Bekor qilingan", "Бекор қилинган", "Отменён", "Cancelled"),
} satisfies StateWords<TrainingStatus | CourseStatus>;
