import type { duplicatePairContracts, personContracts, registrationContracts } from "@safar/contracts";
import { sentenceOf } from "@safar/contracts/languages.ts";
import type { EventWords } from "../kinds.ts";

export const registrationEvents = {
  CandidateRegistered: sentenceOf(
    "Nomzod ro‘yxatga olindi",
    "Номзод рўйхатга олинди",
    "Кандидат зарегистрирован",
    "Candidate registered",
  ),
  ConsentGranted: sentenceOf("Rozilik berildi", "Розилик берилди", "Согласие дано", "Consent granted"),
  ConsentWithdrawn: sentenceOf(
    "Rozilik qaytarib olindi",
    "Розилик қайтариб олинди",
    "Согласие отозвано",
    "Consent withdrawn",
  ),
  IdentityVerificationRequested: sentenceOf(
    "Shaxsni tasdiqlash so‘raldi",
    "Шахсни тасдиқлаш сўралди",
    "Запрошена проверка личности",
    "Identity check requested",
  ),
  IdentityVerified: sentenceOf("Shaxs tasdiqlandi", "Шахс тасдиқланди", "Личность подтверждена", "Identity verified"),
  IdentityRejected: sentenceOf(
    "Shaxs tasdiqlanmadi",
    "Шахс тасдиқланмади",
    "Личность не подтверждена",
    "Identity rejected",
  ),
  PersonDetailsCorrected: sentenceOf(
    "Shaxsiy ma’lumotlar tuzatildi",
    "Шахсий маълумотлар тузатилди",
    "Личные данные исправлены",
    "Personal details corrected",
  ),
  PassportRenewed: sentenceOf("Pasport yangilandi", "Паспорт янгиланди", "Паспорт обновлён", "Passport renewed"),
  CvPublished: sentenceOf("Rezyume e’lon qilindi", "Резюме эълон қилинди", "Резюме опубликовано", "CV published"),
  CvRevised: sentenceOf("Rezyume yangilandi", "Резюме янгиланди", "Резюме обновлено", "CV revised"),
  InterestDeclared: sentenceOf(
    "Bo‘sh o‘ringa qiziqish bildirildi",
    "Бўш ўринга қизиқиш билдирилди",
    "Заявлен интерес к вакансии",
    "Interest in a vacancy declared",
  ),
  AddressedListEntryAdded: sentenceOf(
    "Manzilli ro‘yxatga kiritildi",
    "Манзилли рўйхатга киритилди",
    "Внесён в адресный список",
    "Entered in the addressed list",
  ),
  DuplicateSuspected: sentenceOf(
    "Takror ish deb gumon qilindi",
    "Такрор иш деб гумон қилинди",
    "Заподозрен дубликат",
    "Duplicate suspected",
  ),
  DuplicateConfirmed: sentenceOf(
    "Takror ish ekani tasdiqlandi",
    "Такрор иш экани тасдиқланди",
    "Дубликат подтверждён",
    "Duplicate confirmed",
  ),
  DuplicateDismissed: sentenceOf(
    "Takror ish emas deb topildi",
    "Такрор иш эмас деб топилди",
    "Дубликат исключён",
    "Duplicate ruled out",
  ),
  DuplicateDecisionTaken: sentenceOf(
    "Takror ish bo‘yicha qaror shu ishda qabul qilinadi",
    "Такрор иш бўйича қарор шу ишда қабул қилинади",
    "Решение о дубликате принимается в этом деле",
    "Decision on the duplicate taken in this case",
  ),
  DuplicateDecisionGivenBack: sentenceOf(
    "Takror ish bo‘yicha qaror qaytarildi",
    "Такрор иш бўйича қарор қайтарилди",
    "Решение о дубликате возвращено",
    "Decision on the duplicate given back",
  ),
  CaseMerged: sentenceOf(
    "Ish boshqasiga qo‘shildi",
    "Иш бошқасига қўшилди",
    "Дело объединено с другим",
    "Case merged into another",
  ),
  CaseUnmerged: sentenceOf(
    "Ish qayta ajratildi",
    "Иш қайта ажратилди",
    "Объединение дела отменено",
    "Case separated again",
  ),
  CaseSuspended: sentenceOf("Ish to‘xtatib turildi", "Иш тўхтатиб турилди", "Дело приостановлено", "Case suspended"),
  CaseResumed: sentenceOf("Ish davom ettirildi", "Иш давом эттирилди", "Дело возобновлено", "Case resumed"),
  CandidateWithdrew: sentenceOf("Nomzod voz kechdi", "Номзод воз кечди", "Кандидат отказался", "Candidate withdrew"),
  JourneyPlaced: sentenceOf(
    "Nomzod ishga joylashtirildi",
    "Номзод ишга жойлаштирилди",
    "Кандидат трудоустроен",
    "Candidate placed in work",
  ),
  CaseClosed: sentenceOf("Ish yopildi", "Иш ёпилди", "Дело закрыто", "Case closed"),
  CaseReopened: sentenceOf("Ish qayta ochildi", "Иш қайта очилди", "Дело открыто вновь", "Case reopened"),
  JourneyOpened: sentenceOf("Yo‘l boshlandi", "Йўл бошланди", "Путь начат", "Journey opened"),
  JourneyEnded: sentenceOf("Yo‘l tugadi", "Йўл тугади", "Путь завершён", "Journey ended"),
} satisfies EventWords<typeof registrationContracts | typeof personContracts | typeof duplicatePairContracts>;
