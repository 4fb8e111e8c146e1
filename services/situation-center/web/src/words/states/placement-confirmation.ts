import type { PlacementStatus } from "@safar/contracts";
import { sentenceOf } from "@safar/contracts/languages.ts";
import type { StateWords } from "../kinds.ts";

export const placementConfirmationStates = {
  unopened: sentenceOf("Hali ochilmagan", "Ҳали очилмаган", "Ещё не открыто", "Not opened yet"),
  opened: sentenceOf("Ochilgan", "Очилган", "Открыто", "Opened"),
  reported: sentenceOf("Xabar berilgan", "Хабар берилган", "Сообщено", "Reported"),
  confirmed: sentenceOf("Tasdiqlangan", "Тасдиқланган", "Подтверждено", "Confirmed"),
  active: sentenceOf("Ishlamoqda", "Ишламоқда", "Работает", "At work"),
  disputed: sentenceOf("Nizoli", "Низоли", "Оспорено", "Disputed"),
  completed: sentenceOf("Yakunlangan", "Якунланган", "Завершено", "Completed"),
  annulled: sentenceOf("Bekor qilingan", "Бекор қилинган", "Аннулировано", "Annulled"),
} satisfies StateWords<PlacementStatus>;
