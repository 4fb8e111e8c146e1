import { CASE_NOT_ACTIVE, problemText, type RefusalText } from "@safar/service-kit";
import type { EmbassyRefusal } from "../domain/dossier/embassy.ts";
import type { JourneyRefusal } from "../domain/dossier/journey.ts";
import type { RoundRefusal } from "../domain/dossier/round.ts";

type Code = Exclude<(RoundRefusal | EmbassyRefusal | JourneyRefusal)["code"], "already-done">;

/** Refusals of a round of the dossier and of what the embassy does. */
export const visaRefusals = {
  "dossier-not-opened": problemText(
    409,
    ["Viza ishi ochilmagan", "Виза иши очилмаган", "Визовое дело не открыто", "No dossier is open"],
    [
      "Ish nomzod taklifni qabul qilganda ochiladi. Qabul qilinganini tekshiring va birozdan so‘ng takrorlang.",
      "Иш номзод таклифни қабул қилганда очилади. Қабул қилинганини текширинг ва бироздан сўнг такрорланг.",
      "Оно открывается, когда кандидат принимает предложение. Проверьте это и повторите чуть позже.",
      "It opens when the candidate accepts an offer. Check that this is recorded, and repeat in a moment.",
    ],
  ),
  "dossier-withdrawn": problemText(
    409,
    ["Viza ishi qaytarib olingan", "Виза иши қайтариб олинган", "Визовое дело отозвано", "The dossier is withdrawn"],
    [
      "Ish to‘xtatilgan bo‘lsa, sababini bartaraf eting; taklif bekor bo‘lgan bo‘lsa, yangi taklif kerak.",
      "Иш тўхтатилган бўлса, сабабини бартараф этинг; таклиф бекор бўлган бўлса, янги таклиф керак.",
      "Если дело приостановлено, устраните причину; если предложение отпало, нужно новое.",
      "Where the case is held, lift what holds it; where the offer is gone, a new one is needed.",
    ],
  ),
  "case-not-active": CASE_NOT_ACTIVE,
  "visa-not-needed": problemText(
    409,
    ["Viza kerak emas", "Виза керак эмас", "Виза не нужна", "No visa is needed"],
    [
      "Bu yo‘nalishda ish vizasi talab qilinmaydi; hujjatlar to‘liq bo‘lsa, bosqich tugaydi.",
      "Бу йўналишда иш визаси талаб қилинмайди; ҳужжатлар тўлиқ бўлса, босқич тугайди.",
      "Для этого направления рабочая виза не нужна; этап завершится с полным комплектом документов.",
      "This corridor asks for no work visa; the stage ends once the dossier is complete.",
    ],
  ),
  "visa-already-granted": problemText(
    409,
    ["Viza berilgan", "Виза берилган", "Виза уже выдана", "The visa is granted already"],
    [
      "Yozuvni tekshiring: bu viza ishi bo‘yicha ijobiy javob bor.",
      "Ёзувни текширинг: бу виза иши бўйича ижобий жавоб бор.",
      "Проверьте запись: по этому делу уже есть положительный ответ.",
      "Check the record: the embassy has granted it in this round.",
    ],
  ),
  "visa-refused": problemText(
    409,
    ["Viza rad etilgan", "Виза рад этилган", "В визе отказано", "The visa was refused"],
    [
      "Apellyatsiya bo‘lsa, avval uni yozing; aks holda yangi taklif bilan yangi ish ochiladi.",
      "Апелляция бўлса, аввал уни ёзинг; акс ҳолда янги таклиф билан янги иш очилади.",
      "Если была апелляция, сначала запишите её; иначе новое дело откроется с новым предложением.",
      "Record the appeal first, where there is one; otherwise a new offer opens a new round.",
    ],
  ),
  "visa-not-refused": problemText(
    409,
    ["Viza rad etilmagan", "Виза рад этилмаган", "Отказа в визе нет", "The visa was not refused"],
    [
      "Apellyatsiya faqat rad javobidan keyin yoziladi. Avval rad javobini yozing.",
      "Апелляция фақат рад жавобидан кейин ёзилади. Аввал рад жавобини ёзинг.",
      "Апелляция записывается только после отказа. Сначала запишите отказ.",
      "An appeal is about a refusal. Record the refusal first.",
    ],
  ),
  "appeal-already-decided": problemText(
    409,
    [
      "Apellyatsiya ko‘rib chiqilgan",
      "Апелляция кўриб чиқилган",
      "Апелляция уже рассмотрена",
      "The appeal is decided already",
    ],
    [
      "Avvalgi qarorni tarixdan ko‘ring.",
      "Аввалги қарорни тарихдан кўринг.",
      "Посмотрите прежнее решение в истории.",
      "The history shows the decision that stands.",
    ],
  ),
  "appeal-too-late": problemText(
    409,
    ["Apellyatsiya muddati o‘tgan", "Апелляция муддати ўтган", "Срок апелляции истёк", "It is too late for an appeal"],
    [
      "Oxirgi kun {appealUntil} edi. Oldinroq topshirilgan bo‘lsa, `effectiveAt` da o‘sha vaqtni bering.",
      "Охирги кун {appealUntil} эди. Олдинроқ топширилган бўлса, `effectiveAt` да ўша вақтни беринг.",
      "Последний день был {appealUntil}. Если подали раньше, укажите то время в `effectiveAt`.",
      "The last day was {appealUntil}. If it was filed before, give that time in `effectiveAt`.",
    ],
  ),
  "no-requirement-set": problemText(
    409,
    [
      "Bu sana uchun talablar to‘plami yo‘q",
      "Бу сана учун талаблар тўплами йўқ",
      "Нет набора требований на эту дату",
      "No requirement set is in force on that date",
    ],
    [
      "Sana: {on}. Yo‘nalish talablarini ma’lumotnomaga kiriting va hodisani qayta ishlating.",
      "Сана: {on}. Йўналиш талабларини маълумотномага киритинг ва ҳодисани қайта ишлатинг.",
      "Дата: {on}. Внесите требования направления в справочник и обработайте событие снова.",
      "The date is {on}. Add the corridor's requirements to the reference data, then replay the event.",
    ],
  ),
  "visa-stage-completed": problemText(
    409,
    ["Viza bosqichi yakunlangan", "Виза босқичи якунланган", "Визовый этап завершён", "The visa stage is completed"],
    [
      "Bu sabab yakunlangan bosqichni qaytarmaydi.",
      "Бу сабаб якунланган босқични қайтармайди.",
      "Эта причина не отменяет завершённый этап.",
      "This cause takes nothing back from a stage that is completed.",
    ],
  ),
  "not-held": problemText(
    409,
    ["Viza ishi to‘xtatilmagan", "Виза иши тўхтатилмаган", "Визовое дело не приостановлено", "The dossier is not held"],
    [
      "Davom ettiradigan narsa yo‘q.",
      "Давом эттирадиган нарса йўқ.",
      "Возобновлять нечего.",
      "There is nothing to take up again.",
    ],
  ),
} satisfies Record<Code, RefusalText>;
