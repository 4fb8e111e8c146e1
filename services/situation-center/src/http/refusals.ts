import type { RefusalText } from "@safar/service-kit";

/** What a watcher is refused in the live stream (interface.md, `refused`); the connection stays. */
export const refusals = {
  "too-many-subscriptions": {
    status: 409,
    title: {
      "uz-Latn": "Obunalar juda ko‘p",
      "uz-Cyrl": "Обуналар жуда кўп",
      ru: "Слишком много подписок",
      en: "Too many subscriptions",
    },
    detail: {
      "uz-Latn": "Bitta ulanishda ko‘pi bilan {limit} ta obuna. Birini bekor qiling yoki yangi ulanish oching.",
      "uz-Cyrl": "Битта уланишда кўпи билан {limit} та обуна. Бирини бекор қилинг ёки янги уланиш очинг.",
      ru: "На одно соединение не больше {limit} подписок. Отмените одну или откройте новое соединение.",
      en: "One connection has at most {limit} subscriptions. End one of them, or open another connection.",
    },
  },
  "subscription-unknown": {
    status: 404,
    title: {
      "uz-Latn": "Bunday obuna yo‘q",
      "uz-Cyrl": "Бундай обуна йўқ",
      ru: "Такой подписки нет",
      en: "There is no such subscription",
    },
    detail: {
      "uz-Latn": "Avval shu `id` bilan `subscribe` yuboring.",
      "uz-Cyrl": "Аввал шу `id` билан `subscribe` юборинг.",
      ru: "Сначала отправьте `subscribe` с этим `id`.",
      en: "Send `subscribe` with this `id` first.",
    },
  },
} satisfies Readonly<Record<string, RefusalText>>;
