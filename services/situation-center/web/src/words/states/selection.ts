import type { EmployerStatus, VacancyStatus, CandidacyStatus, ApplicationStage } from "@safar/contracts";
import { sentenceOf } from "@safar/contracts/languages.ts";
import type { StateWords } from "../kinds.ts";

export const selectionStates = {
  registered: sentenceOf("Ro‘yxatga olingan", "Рўйхатга олинган", "Зарегистрирован", "Registered"),
  contracted: sentenceOf("Shartnoma tuzilgan", "Шартнома тузилган", "Договор заключён", "Under contract"),
  unpublished: sentenceOf("E’lon qilinmagan", "Эълон қилинмаган", "Не опубликовано", "Not published"),
  published: sentenceOf("E’lon qilingan", "Эълон қилинган", "Опубликовано", "Published"),
  filled: sentenceOf("To‘lgan", "Тўлган", "Места заняты", "Filled"),
  open: sentenceOf("Ochiq", "Очиқ", "Открыто", "Open"),
  closed: sentenceOf("Yopiq", "Ёпиқ", "Закрыто", "Closed"),
  none: sentenceOf("Ariza yo‘q", "Ариза йўқ", "Заявки нет", "No application"),
  submitted: sentenceOf("Topshirilgan", "Топширилган", "Подано", "Submitted"),
  shortlisted: sentenceOf("Saralangan ro‘yxatda", "Сараланган рўйхатда", "В коротком списке", "Shortlisted"),
  interviewing: sentenceOf("Suhbat kutilmoqda", "Суҳбат кутилмоқда", "Ожидает собеседования", "Awaiting interview"),
  interviewed: sentenceOf("Suhbatdan o‘tgan", "Суҳбатдан ўтган", "Собеседование проведено", "Interviewed"),
  offered: sentenceOf("Taklif qilingan", "Таклиф қилинган", "Есть предложение", "Offered"),
  accepted: sentenceOf("Qabul qilingan", "Қабул қилинган", "Предложение принято", "Accepted"),
  declined: sentenceOf("Taklifni rad etgan", "Таклифни рад этган", "Предложение отклонено", "Declined"),
  reserve: sentenceOf("Zaxirada", "Захирада", "В резерве", "On reserve"),
  rejected: sentenceOf("Rad etilgan", "Рад этилган", "Отклонено", "Rejected"),
  withdrawn: sentenceOf("Qaytarib olingan", "Қайтариб олинган", "Отозвано", "Withdrawn"),
} satisfies StateWords<EmployerStatus | VacancyStatus | CandidacyStatus | ApplicationStage>;
