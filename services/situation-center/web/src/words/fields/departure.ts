import type { departureContracts, travelGroupContracts } from "@safar/contracts";
import { sentenceOf } from "@safar/contracts/languages.ts";
import type { FieldWords } from "../kinds.ts";

export const departureFields = {
  by: sentenceOf("Nima bilan bajarildi", "Нима билан бажарилди", "Чем подтверждено", "Met by"),
  from: sentenceOf("Qayerdan", "Қаердан", "Откуда", "From"),
  to: sentenceOf("Qayerga", "Қаерга", "Куда", "To"),
  stoppedAs: sentenceOf("Keyingi holat", "Кейинги ҳолат", "Дальнейшее состояние", "Stopped as"),
  ticketId: sentenceOf("Chipta", "Чипта", "Билет", "Ticket"),
  flight: sentenceOf("Reys", "Рейс", "Рейс", "Flight"),
  departsAt: sentenceOf("Jo‘nash vaqti", "Жўнаш вақти", "Время отправления", "Departs at"),
  groupId: sentenceOf("Safar guruhi", "Сафар гуруҳи", "Группа выезда", "Travel group"),
  bookingReference: sentenceOf("Bron raqami", "Брон рақами", "Номер брони", "Booking reference"),
  borderPoint: sentenceOf("Chegara posti", "Чегара пости", "Пункт пропуска", "Border point"),
  pickedUpAt: sentenceOf("Kutib olingan vaqti", "Кутиб олинган вақти", "Время встречи", "Picked up at"),
  missedAt: sentenceOf("Kechikkan vaqti", "Кечиккан вақти", "Время опоздания", "Missed at"),
  offloadedAt: sentenceOf("Qaytarilgan vaqti", "Қайтарилган вақти", "Время снятия с рейса", "Turned back at"),
} satisfies FieldWords<typeof departureContracts | typeof travelGroupContracts>;
