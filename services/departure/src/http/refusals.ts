import { ALREADY_DONE, CASE_NOT_ACTIVE, problemText, type RefusalText } from "@safar/service-kit";
import type { DepartureRefusal } from "../domain/case/decide.ts";
import type { TravelGroupRefusal } from "../domain/travel-group/decide.ts";

/** Every refusal of both deciders, told in four languages. */
export const refusals = {
  "already-done": ALREADY_DONE,
  "case-not-active": CASE_NOT_ACTIVE,
  "clearance-not-granted": problemText(
    409,
    [
      "Jo‘nashga ruxsat berilmagan",
      "Жўнашга рухсат берилмаган",
      "Разрешение на выезд не выдано",
      "There is no clearance",
    ],
    [
      "Avval ruxsat so‘rang: javobda qaysi talablar yetishmayotgani aytiladi.",
      "Аввал рухсат сўранг: жавобда қайси талаблар етишмаётгани айтилади.",
      "Сначала запросите разрешение: в ответе будет сказано, чего не хватает.",
      "Ask for clearance first: the answer says what is missing.",
    ],
  ),
  "has-already-left": problemText(
    409,
    [
      "Nomzod allaqachon jo‘nab ketgan",
      "Номзод аллақачон жўнаб кетган",
      "Кандидат уже выехал",
      "The candidate has already left",
    ],
    [
      "Chegaradan chiqish yoki yetib kelish qayd etilgan. Yangi jo‘nash uchun yangi viza bosqichi kerak.",
      "Чегарадан чиқиш ёки етиб келиш қайд этилган. Янги жўнаш учун янги виза босқичи керак.",
      "Выезд или прибытие уже отмечены. Для нового выезда нужен новый визовый этап.",
      "An exit or an arrival is on record. A further departure needs a visa stage of its own.",
    ],
  ),
  "ticket-already-booked": problemText(
    409,
    ["Chipta allaqachon bor", "Чипта аллақачон бор", "Билет уже забронирован", "There is a ticket already"],
    [
      "Avval oldingi chiptaning reysi bekor bo‘lganini yoki o‘tkazib yuborilganini qayd eting.",
      "Аввал олдинги чиптанинг рейси бекор бўлганини ёки ўтказиб юборилганини қайд этинг.",
      "Сначала отметьте, что рейс прежнего билета отменён или пропущен.",
      "First record that the flight of the present ticket was cancelled or missed.",
    ],
  ),
  "ticket-cancelled": problemText(
    409,
    ["Reys bekor qilingan", "Рейс бекор қилинган", "Рейс отменён", "The flight was cancelled"],
    [
      "Bu chipta reysi bilan birga bekor bo‘ldi. Boshqa reysga yangi `Idempotency-Key` bilan buyurtma bering.",
      "Бу чипта рейси билан бирга бекор бўлди. Бошқа рейсга янги `Idempotency-Key` билан буюртма беринг.",
      "Этот билет отменён вместе с рейсом. Забронируйте другой рейс с новым `Idempotency-Key`.",
      "This ticket went with its flight. Book another flight, with a new `Idempotency-Key`.",
    ],
  ),
  "travel-group-not-found": problemText(
    404,
    ["Bunday guruh yo‘q", "Бундай гуруҳ йўқ", "Такой группы нет", "There is no such travel group"],
    [
      "Guruh raqamini guruhlar ro‘yxatidan tekshiring.",
      "Гуруҳ рақамини гуруҳлар рўйхатидан текширинг.",
      "Проверьте номер группы по списку групп.",
      "Check the group's id in the list of travel groups.",
    ],
  ),
  "travel-group-full": problemText(
    409,
    ["Guruhda joy qolmagan", "Гуруҳда жой қолмаган", "В группе не осталось мест", "The travel group is full"],
    [
      "Barcha {places} o‘rin band. Boshqa guruhni tanlang yoki alohida chipta oling.",
      "Барча {places} ўрин банд. Бошқа гуруҳни танланг ёки алоҳида чипта олинг.",
      "Все места ({places}) заняты. Выберите другую группу или возьмите отдельный билет.",
      "All {places} places are taken. Choose another group, or book a ticket alone.",
    ],
  ),
  "travel-group-cancelled": problemText(
    409,
    [
      "Guruh reysi bekor qilingan",
      "Гуруҳ рейси бекор қилинган",
      "Рейс группы отменён",
      "The group's flight was cancelled",
    ],
    [
      "Boshqa guruhni tanlang yoki alohida chipta oling.",
      "Бошқа гуруҳни танланг ёки алоҳида чипта олинг.",
      "Выберите другую группу или возьмите отдельный билет.",
      "Choose another group, or book a ticket alone.",
    ],
  ),
} satisfies Record<DepartureRefusal["code"] | TravelGroupRefusal["code"], RefusalText>;
