import { ALREADY_DONE, problemText, type RefusalText } from "@safar/service-kit";
import type { PlacementRefusal } from "../domain/decide.ts";

/** Every refusal of placement's decider. */
export const refusals = {
  "already-done": ALREADY_DONE,
  "not-on-own-behalf": problemText(
    422,
    [
      "Boshqa nomidan xabar berib bo‘lmaydi",
      "Бошқа номидан хабар бериб бўлмайди",
      "Нельзя сообщать от чужого имени",
      "You may not report on behalf of another",
    ],
    [
      "`onBehalfOf` maydonini olib tashlang: nomzod va agentlik faqat o‘z nomidan xabar beradi.",
      "`onBehalfOf` майдонини олиб ташланг: номзод ва агентлик фақат ўз номидан хабар беради.",
      "Уберите поле `onBehalfOf`: кандидат и агентство сообщают только от своего имени.",
      "Leave `onBehalfOf` out: candidates and agencies speak for themselves.",
    ],
  ),
  "placement-not-opened": problemText(
    409,
    [
      "Ishga joylashish hali boshlanmagan",
      "Ишга жойлашиш ҳали бошланмаган",
      "Трудоустройство ещё не началось",
      "The placement has not opened yet",
    ],
    [
      "U chegaradan chiqish qayd etilganda ochiladi. Avval chiqishni yozing; xabarlar hozir ham qabul qilinadi.",
      "У чегарадан чиқиш қайд этилганда очилади. Аввал чиқишни ёзинг; хабарлар ҳозир ҳам қабул қилинади.",
      "Оно открывается с выездом через границу. Сначала запишите выезд; сообщения принимаются и сейчас.",
      "It opens with the exit at the border. Record the exit first; reports are taken meanwhile.",
    ],
  ),
  "placement-ended": problemText(
    409,
    [
      "Ishga joylashish yakunlangan",
      "Ишга жойлашиш якунланган",
      "Трудоустройство завершено",
      "The placement has ended",
    ],
    [
      "Yangi ish uchun yangi bosqich ochiladi. Tarixdan sababini ko‘ring.",
      "Янги иш учун янги босқич очилади. Тарихдан сабабини кўринг.",
      "Для новой работы откроется новый этап. Причину смотрите в истории.",
      "A new job opens a new round. The history says why this one ended.",
    ],
  ),
  "placement-not-confirmed": problemText(
    409,
    [
      "Ishga joylashish tasdiqlanmagan",
      "Ишга жойлашиш тасдиқланмаган",
      "Трудоустройство не подтверждено",
      "The placement is not confirmed",
    ],
    [
      "Nomzod yoki agentlik xabari va ish beruvchining shartnoma bilan tasdig‘i kerak.",
      "Номзод ёки агентлик хабари ва иш берувчининг шартнома билан тасдиғи керак.",
      "Нужны сообщение кандидата или агентства и подтверждение работодателя с договором.",
      "It needs a report of candidate or agency, and the employer's confirmation with the contract.",
    ],
  ),
  "dispute-open": problemText(
    409,
    ["Nizo hal qilinmagan", "Низо ҳал қилинмаган", "Спор не разрешён", "A dispute is open"],
    [
      "Avval nizoni hal qiling va qarorni yozing.",
      "Аввал низони ҳал қилинг ва қарорни ёзинг.",
      "Сначала разрешите спор и запишите решение.",
      "Resolve the dispute first, and record the decision.",
    ],
  ),
  "nothing-to-resolve": problemText(
    409,
    ["Hal qilinadigan nizo yo‘q", "Ҳал қилинадиган низо йўқ", "Разрешать нечего", "There is nothing to resolve"],
    [
      "Ochiq nizo ham, farqli shartnoma ham yo‘q. Ish raqamini tekshiring.",
      "Очиқ низо ҳам, фарқли шартнома ҳам йўқ. Иш рақамини текширинг.",
      "Нет ни открытого спора, ни отличающегося договора. Проверьте номер дела.",
      "Neither a dispute nor a differing contract is open. Check the case.",
    ],
  ),
} satisfies Record<PlacementRefusal["code"], RefusalText>;
