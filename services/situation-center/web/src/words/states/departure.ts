import type { DepartureStatus, TravelGroupStatus } from "@safar/contracts";
import { sentenceOf } from "@safar/contracts/languages.ts";
import type { StateWords } from "../kinds.ts";

export const departureStates = {
  clearance: sentenceOf("Jo‘nash tekshirilmoqda", "Жўнаш текширилмоқда", "Проверка к выезду", "In clearance"),
  ready: sentenceOf("Jo‘nashga tayyor", "Жўнашга тайёр", "Готов к выезду", "Ready to depart"),
  ticketed: sentenceOf("Chiptasi bor", "Чиптаси бор", "Есть билет", "Ticket booked"),
  departed: sentenceOf("Jo‘nab ketgan", "Жўнаб кетган", "Выехал", "Departed"),
  arrived: sentenceOf("Yetib borgan", "Етиб борган", "Прибыл", "Arrived"),
  missed: sentenceOf("Reysga kechikkan", "Рейсга кечиккан", "Опоздал на рейс", "Flight missed"),
  offloaded: sentenceOf("Chegaradan qaytarilgan", "Чегарадан қайтарилган", "Снят с рейса", "Turned back"),
  held: sentenceOf("To‘xtatib turilgan", "Тўхтатиб турилган", "Приостановлено", "Held"),
  cancelled: sentenceOf("Bekor qilingan", "Бекор қилинган", "Отменено", "Cancelled"),
  formed: sentenceOf("Guruh tuzilgan", "Гуруҳ тузилган", "Группа сформирована", "Group formed"),
} satisfies StateWords<DepartureStatus | TravelGroupStatus>;
