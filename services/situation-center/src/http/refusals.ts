import { problemText, type RefusalText } from "@safar/service-kit";

/** What a watcher is refused in the live stream (interface.md, `refused`); the connection stays. */
export const refusals = {
  "too-many-subscriptions": problemText(
    409,
    ["Obunalar juda ko‘p", "Обуналар жуда кўп", "Слишком много подписок", "Too many subscriptions"],
    [
      "Bitta ulanishda ko‘pi bilan {limit} ta obuna. Birini bekor qiling yoki yangi ulanish oching.",
      "Битта уланишда кўпи билан {limit} та обуна. Бирини бекор қилинг ёки янги уланиш очинг.",
      "На одно соединение не больше {limit} подписок. Отмените одну или откройте новое соединение.",
      "One connection has at most {limit} subscriptions. End one of them, or open another connection.",
    ],
  ),
  "subscription-unknown": problemText(
    404,
    ["Bunday obuna yo‘q", "Бундай обуна йўқ", "Такой подписки нет", "There is no such subscription"],
    [
      "Avval shu `id` bilan `subscribe` yuboring.",
      "Аввал шу `id` билан `subscribe` юборинг.",
      "Сначала отправьте `subscribe` с этим `id`.",
      "Send `subscribe` with this `id` first.",
    ],
  ),
} satisfies Readonly<Record<string, RefusalText>>;
