import type { employerContracts, vacancyContracts, candidacyContracts, applicationContracts } from "@safar/contracts";
import { sentenceOf } from "@safar/contracts/languages.ts";
import type { EventWords } from "../kinds.ts";

export const selectionEvents = {
  EmployerRegistered: sentenceOf(
    "Ish beruvchi ro‘yxatga olindi",
    "Иш берувчи рўйхатга олинди",
    "Работодатель зарегистрирован",
    "Employer registered",
  ),
  PartnerContractSigned: sentenceOf(
    "Hamkor bilan shartnoma imzolandi",
    "Ҳамкор билан шартнома имзоланди",
    "Подписан договор с партнёром",
    "Contract with a partner signed",
  ),
  VacancyPublished: sentenceOf(
    "Bo‘sh o‘rin e’lon qilindi",
    "Бўш ўрин эълон қилинди",
    "Вакансия опубликована",
    "Vacancy published",
  ),
  VacancyRevised: sentenceOf(
    "Bo‘sh o‘rin o‘zgartirildi",
    "Бўш ўрин ўзгартирилди",
    "Вакансия изменена",
    "Vacancy revised",
  ),
  CriteriaFixed: sentenceOf(
    "Mezonlar qat’iy belgilandi",
    "Мезонлар қатъий белгиланди",
    "Критерии закреплены",
    "Criteria fixed",
  ),
  PositionReserved: sentenceOf("O‘rin band qilindi", "Ўрин банд қилинди", "Место зарезервировано", "Position reserved"),
  PositionTaken: sentenceOf("O‘rin egallandi", "Ўрин эгалланди", "Место занято", "Position taken"),
  PositionReleased: sentenceOf("O‘rin bo‘shatildi", "Ўрин бўшатилди", "Место освобождено", "Position released"),
  VacancyFilled: sentenceOf("Barcha o‘rinlar to‘ldi", "Барча ўринлар тўлди", "Все места заняты", "Vacancy filled"),
  VacancyEntryOverdue: sentenceOf(
    "Bo‘sh o‘rin kechikib kiritildi",
    "Бўш ўрин кечикиб киритилди",
    "Вакансия внесена с опозданием",
    "Vacancy entered late",
  ),
  CvOpenedToMatching: sentenceOf(
    "Rezyume tanlovga ochildi",
    "Резюме танловга очилди",
    "Резюме открыто для подбора",
    "CV opened to matching",
  ),
  CvClosedToMatching: sentenceOf(
    "Rezyume tanlov uchun yopildi",
    "Резюме танлов учун ёпилди",
    "Резюме закрыто для подбора",
    "CV closed to matching",
  ),
  AcceptanceReserved: sentenceOf(
    "Rozilik uchun joy band qilindi",
    "Розилик учун жой банд қилинди",
    "Согласие на предложение зарезервировано",
    "Acceptance reserved",
  ),
  AcceptanceReleased: sentenceOf(
    "Rozilik uchun joy bo‘shatildi",
    "Розилик учун жой бўшатилди",
    "Резерв согласия снят",
    "Acceptance released",
  ),
  ApplicationSubmitted: sentenceOf("Ariza topshirildi", "Ариза топширилди", "Заявка подана", "Application submitted"),
  MatchAssessed: sentenceOf("Moslik baholandi", "Мослик баҳоланди", "Соответствие оценено", "Match assessed"),
  CvViewed: sentenceOf("Rezyume ko‘rildi", "Резюме кўрилди", "Резюме просмотрено", "CV viewed"),
  Shortlisted: sentenceOf(
    "Saralangan ro‘yxatga kiritildi",
    "Сараланган рўйхатга киритилди",
    "Включён в короткий список",
    "Shortlisted",
  ),
  InterviewScheduled: sentenceOf(
    "Suhbat belgilandi",
    "Суҳбат белгиланди",
    "Назначено собеседование",
    "Interview scheduled",
  ),
  InterviewHeld: sentenceOf("Suhbat o‘tkazildi", "Суҳбат ўтказилди", "Собеседование проведено", "Interview held"),
  OfferIssued: sentenceOf("Ish taklif qilindi", "Иш таклиф қилинди", "Предложение сделано", "Offer issued"),
  OfferAccepted: sentenceOf("Taklif qabul qilindi", "Таклиф қабул қилинди", "Предложение принято", "Offer accepted"),
  OfferDeclined: sentenceOf("Taklif rad etildi", "Таклиф рад этилди", "Предложение отклонено", "Offer declined"),
  PlacedOnReserve: sentenceOf("Zaxiraga olindi", "Захирага олинди", "Зачислен в резерв", "Placed on reserve"),
  ApplicationRejected: sentenceOf("Ariza rad etildi", "Ариза рад этилди", "Заявка отклонена", "Application rejected"),
  ApplicationWithdrawn: sentenceOf(
    "Ariza qaytarib olindi",
    "Ариза қайтариб олинди",
    "Заявка отозвана",
    "Application withdrawn",
  ),
  ConflictOfInterestDeclared: sentenceOf(
    "Manfaatlar to‘qnashuvi bildirildi",
    "Манфаатлар тўқнашуви билдирилди",
    "Заявлен конфликт интересов",
    "Conflict of interest declared",
  ),
} satisfies EventWords<
  typeof employerContracts | typeof vacancyContracts | typeof candidacyContracts | typeof applicationContracts
>;
