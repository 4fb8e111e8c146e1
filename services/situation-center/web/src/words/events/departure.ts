import type { departureContracts, travelGroupContracts } from "@safar/contracts";
import { sentenceOf } from "@safar/contracts/languages.ts";
import type { EventWords } from "../kinds.ts";

export const departureEvents = {
  ClearanceOpened: sentenceOf(
    "Jo‘nash ruxsatini tekshirish boshlandi",
    "Жўнаш рухсатини текшириш бошланди",
    "Открыта проверка готовности к выезду",
    "Departure clearance opened",
  ),
  RequirementMet: sentenceOf(
    "Jo‘nash talabi bajarildi",
    "Жўнаш талаби бажарилди",
    "Требование к выезду выполнено",
    "Departure requirement met",
  ),
  CoverMarkedInForce: sentenceOf(
    "Sug‘urta kuchga kirdi",
    "Суғурта кучга кирди",
    "Страховка действует",
    "Insurance cover in force",
  ),
  CoverEnded: sentenceOf(
    "Sug‘urta muddati tugadi",
    "Суғурта муддати тугади",
    "Действие страховки прекращено",
    "Insurance cover ended",
  ),
  ClearanceGranted: sentenceOf(
    "Jo‘nashga ruxsat berildi",
    "Жўнашга рухсат берилди",
    "Выезд разрешён",
    "Departure cleared",
  ),
  ClearanceRefused: sentenceOf(
    "Jo‘nashga ruxsat berilmadi",
    "Жўнашга рухсат берилмади",
    "В выезде отказано",
    "Departure clearance refused",
  ),
  ClearanceRevoked: sentenceOf(
    "Jo‘nash ruxsati bekor qilindi",
    "Жўнаш рухсати бекор қилинди",
    "Разрешение на выезд отозвано",
    "Departure clearance revoked",
  ),
  TicketBooked: sentenceOf("Chipta olindi", "Чипта олинди", "Билет забронирован", "Ticket booked"),
  TicketCancelled: sentenceOf("Chipta qaytarildi", "Чипта қайтарилди", "Билет сдан", "Ticket cancelled"),
  BorderExitConfirmed: sentenceOf(
    "Chegaradan chiqish tasdiqlandi",
    "Чегарадан чиқиш тасдиқланди",
    "Выезд через границу подтверждён",
    "Border exit confirmed",
  ),
  ArrivalConfirmed: sentenceOf(
    "Yetib borish tasdiqlandi",
    "Етиб бориш тасдиқланди",
    "Прибытие подтверждено",
    "Arrival confirmed",
  ),
  EmployerPickupConfirmed: sentenceOf(
    "Ish beruvchi kutib oldi",
    "Иш берувчи кутиб олди",
    "Работодатель встретил",
    "Picked up by the employer",
  ),
  FlightMissed: sentenceOf("Reysga kechikdi", "Рейсга кечикди", "Опоздание на рейс", "Flight missed"),
  FlightCancelled: sentenceOf("Reys bekor qilindi", "Рейс бекор қилинди", "Рейс отменён", "Flight cancelled"),
  OffloadedAtBorder: sentenceOf(
    "Chegaradan qaytarildi",
    "Чегарадан қайтарилди",
    "Снят с рейса на границе",
    "Turned back at the border",
  ),
  TravelGroupFormed: sentenceOf(
    "Safar guruhi tuzildi",
    "Сафар гуруҳи тузилди",
    "Сформирована группа выезда",
    "Travel group formed",
  ),
  GroupPlaceReserved: sentenceOf(
    "Guruhda joy band qilindi",
    "Гуруҳда жой банд қилинди",
    "Место в группе зарезервировано",
    "Place in a group reserved",
  ),
  GroupPlaceReleased: sentenceOf(
    "Guruhdagi joy bo‘shatildi",
    "Гуруҳдаги жой бўшатилди",
    "Место в группе освобождено",
    "Place in a group released",
  ),
  GroupFlightCancelled: sentenceOf(
    "Guruh reysi bekor qilindi",
    "Гуруҳ рейси бекор қилинди",
    "Рейс группы отменён",
    "Group flight cancelled",
  ),
} satisfies EventWords<typeof departureContracts | typeof travelGroupContracts>;
