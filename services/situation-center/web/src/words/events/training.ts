import type { trainingContracts, courseContracts } from "@safar/contracts";
import { sentenceOf } from "@safar/contracts/languages.ts";
import type { EventWords } from "../kinds.ts";

export const trainingEvents = {
  TrainingOrdered: sentenceOf("O‘qish tayinlandi", "Ўқиш тайинланди", "Назначено обучение", "Training ordered"),
  Enrolled: sentenceOf("Kursga yozildi", "Курсга ёзилди", "Зачислен на курс", "Enrolled in a course"),
  AttendanceRecorded: sentenceOf(
    "Davomat qayd etildi",
    "Давомат қайд этилди",
    "Посещаемость отмечена",
    "Attendance recorded",
  ),
  AssessmentPassed: sentenceOf("Sinovdan o‘tdi", "Синовдан ўтди", "Экзамен сдан", "Assessment passed"),
  AssessmentFailed: sentenceOf("Sinovdan o‘ta olmadi", "Синовдан ўта олмади", "Экзамен не сдан", "Assessment failed"),
  RetakeScheduled: sentenceOf(
    "Qayta sinov belgilandi",
    "Қайта синов белгиланди",
    "Назначена пересдача",
    "Retake scheduled",
  ),
  CertificateIssued: sentenceOf("Sertifikat berildi", "Сертификат берилди", "Выдан сертификат", "Certificate issued"),
  OrientationCompleted: sentenceOf(
    "Ketishdan oldingi ko‘niktirish tugadi",
    "Кетишдан олдинги кўниктириш тугади",
    "Предвыездная подготовка пройдена",
    "Pre-departure orientation completed",
  ),
  EnrolmentCancelled: sentenceOf(
    "Kursga yozilish bekor qilindi",
    "Курсга ёзилиш бекор қилинди",
    "Зачисление отменено",
    "Enrolment cancelled",
  ),
  CourseOffered: sentenceOf("Kurs e’lon qilindi", "Курс эълон қилинди", "Объявлен курс", "Course offered"),
  SeatReserved: sentenceOf(
    "Kursda joy band qilindi",
    "Курсда жой банд қилинди",
    "Место на курсе зарезервировано",
    "Seat in a course reserved",
  ),
  SeatReleased: sentenceOf(
    "Kursdagi joy bo‘shatildi",
    "Курсдаги жой бўшатилди",
    "Место на курсе освобождено",
    "Seat in a course released",
  ),
  CourseStarted: sentenceOf("Kurs boshlandi", "Курс бошланди", "Курс начался", "Course started"),
  CourseCompleted: sentenceOf("Kurs tugadi", "Курс тугади", "Курс завершён", "Course completed"),
  CourseCancelled: sentenceOf("Kurs bekor qilindi", "Курс бекор қилинди", "Курс отменён", "Course cancelled"),
} satisfies EventWords<typeof trainingContracts | typeof courseContracts>;
