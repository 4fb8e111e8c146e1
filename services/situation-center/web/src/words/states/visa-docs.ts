import type { VisaDocsStatus, SubmissionStatus } from "@safar/contracts";
import { sentenceOf } from "@safar/contracts/languages.ts";
import type { StateWords } from "../kinds.ts";

export const visaDocsStates = {
  unopened: sentenceOf("Hali ochilmagan", "Ҳали очилмаган", "Ещё не открыто", "Not opened yet"),
  checklistIssued: sentenceOf("Ro‘yxat berilgan", "Рўйхат берилган", "Перечень выдан", "Checklist issued"),
  collecting: sentenceOf("Hujjat yig‘ilmoqda", "Ҳужжат йиғилмоқда", "Сбор документов", "Collecting documents"),
  complete: sentenceOf("Hujjatlar to‘liq", "Ҳужжатлар тўлиқ", "Документы собраны", "Documents complete"),
  submitted: sentenceOf("Topshirilgan", "Топширилган", "Подано", "Submitted"),
  granted: sentenceOf("Viza berilgan", "Виза берилган", "Виза выдана", "Visa granted"),
  refused: sentenceOf("Viza rad etilgan", "Виза рад этилган", "В визе отказано", "Visa refused"),
  withdrawn: sentenceOf("Qaytarib olingan", "Қайтариб олинган", "Отозвано", "Withdrawn"),
  planned: sentenceOf("Rejalashtirilgan", "Режалаштирилган", "Запланировано", "Planned"),
  sent: sentenceOf("Yuborilgan", "Юборилган", "Отправлено", "Sent"),
} satisfies StateWords<VisaDocsStatus | SubmissionStatus>;
