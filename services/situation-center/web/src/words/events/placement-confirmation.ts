import type { placementContracts } from "@safar/contracts";
import { sentenceOf } from "@safar/contracts/languages.ts";
import type { EventWords } from "../kinds.ts";

export const placementConfirmationEvents = {
  PlacementOpened: sentenceOf(
    "Joylashuvni kuzatish boshlandi",
    "Жойлашувни кузатиш бошланди",
    "Открыто подтверждение трудоустройства",
    "Placement opened",
  ),
  ReferenceContractNoted: sentenceOf(
    "Asosiy shartnoma hisobga olindi",
    "Асосий шартнома ҳисобга олинди",
    "Учтён исходный договор",
    "Reference contract noted",
  ),
  ArrivalNoted: sentenceOf(
    "Yetib borgani hisobga olindi",
    "Етиб боргани ҳисобга олинди",
    "Прибытие учтено",
    "Arrival noted",
  ),
  PlacementReportedByCandidate: sentenceOf(
    "Nomzod ish haqida xabar berdi",
    "Номзод иш ҳақида хабар берди",
    "Кандидат сообщил о работе",
    "Placement reported by the candidate",
  ),
  PlacementReportedByAgency: sentenceOf(
    "Agentlik ish haqida xabar berdi",
    "Агентлик иш ҳақида хабар берди",
    "Агентство сообщило о работе",
    "Placement reported by the agency",
  ),
  EmployerConfirmed: sentenceOf(
    "Ish beruvchi tasdiqladi",
    "Иш берувчи тасдиқлади",
    "Работодатель подтвердил",
    "Confirmed by the employer",
  ),
  ContractUploaded: sentenceOf("Shartnoma yuklandi", "Шартнома юкланди", "Договор загружен", "Contract uploaded"),
  ContractMismatchDetected: sentenceOf(
    "Shartnomada farq topildi",
    "Шартномада фарқ топилди",
    "Найдено расхождение в договоре",
    "Contract mismatch detected",
  ),
  PlacementConfirmed: sentenceOf(
    "Ishga joylashuv tasdiqlandi",
    "Ишга жойлашув тасдиқланди",
    "Трудоустройство подтверждено",
    "Placement confirmed",
  ),
  CheckInsScheduled: sentenceOf(
    "Aloqa kunlari belgilandi",
    "Алоқа кунлари белгиланди",
    "Назначены контрольные связи",
    "Check-ins scheduled",
  ),
  CheckInReceived: sentenceOf(
    "Nomzoddan xabar olindi",
    "Номзоддан хабар олинди",
    "Получена контрольная связь",
    "Check-in received",
  ),
  PlacementDisputed: sentenceOf(
    "Joylashuv bo‘yicha nizo ochildi",
    "Жойлашув бўйича низо очилди",
    "Трудоустройство оспорено",
    "Placement disputed",
  ),
  DisputeResolved: sentenceOf("Nizo hal qilindi", "Низо ҳал қилинди", "Спор разрешён", "Dispute resolved"),
  PlacementCompleted: sentenceOf(
    "Xorijdagi ish yakunlandi",
    "Хориждаги иш якунланди",
    "Работа за рубежом завершена",
    "Placement completed",
  ),
  PlacementAnnulled: sentenceOf(
    "Joylashuv bekor qilindi",
    "Жойлашув бекор қилинди",
    "Трудоустройство аннулировано",
    "Placement annulled",
  ),
} satisfies EventWords<typeof placementContracts>;
