import type { benefitContracts, policyContracts, subsidyYearContracts } from "@safar/contracts";
import { sentenceOf } from "@safar/contracts/languages.ts";
import type { EventWords } from "../kinds.ts";

export const insuranceCompensationEvents = {
  PolicyQuoted: sentenceOf(
    "Sug‘urta narxi so‘raldi",
    "Суғурта нархи сўралди",
    "Запрошен расчёт полиса",
    "Policy quoted",
  ),
  PolicyIssued: sentenceOf("Sug‘urta polisi berildi", "Суғурта полиси берилди", "Полис выдан", "Policy issued"),
  PolicyActivated: sentenceOf(
    "Sug‘urta polisi kuchga kirdi",
    "Суғурта полиси кучга кирди",
    "Полис вступил в силу",
    "Policy activated",
  ),
  PremiumSubsidyGranted: sentenceOf(
    "Sug‘urta badaliga subsidiya berildi",
    "Суғурта бадалига субсидия берилди",
    "Предоставлена субсидия на взнос",
    "Premium subsidy granted",
  ),
  PremiumSubsidyReserved: sentenceOf(
    "Yillik subsidiyadan summa band qilindi",
    "Йиллик субсидиядан сумма банд қилинди",
    "Сумма годовой субсидии зарезервирована",
    "Part of the year’s subsidy reserved",
  ),
  PremiumSubsidyReleased: sentenceOf(
    "Yillik subsidiyadan band qilingan summa bo‘shatildi",
    "Йиллик субсидиядан банд қилинган сумма бўшатилди",
    "Резерв годовой субсидии снят",
    "Part of the year’s subsidy released",
  ),
  PolicyCancelled: sentenceOf(
    "Sug‘urta polisi bekor qilindi",
    "Суғурта полиси бекор қилинди",
    "Полис аннулирован",
    "Policy cancelled",
  ),
  ExpenseProved: sentenceOf("Xarajat isbotlandi", "Харажат исботланди", "Расход подтверждён", "Expense proved"),
  EligibilityOpened: sentenceOf(
    "Kompensatsiya huquqi ochildi",
    "Компенсация ҳуқуқи очилди",
    "Открыто право на компенсацию",
    "Eligibility opened",
  ),
  CompensationApplied: sentenceOf(
    "Kompensatsiyaga ariza berildi",
    "Компенсацияга ариза берилди",
    "Подана заявка на компенсацию",
    "Compensation applied for",
  ),
  CompensationChecked: sentenceOf(
    "Kompensatsiya shartlari tekshirildi",
    "Компенсация шартлари текширилди",
    "Условия компенсации проверены",
    "Compensation checked",
  ),
  CompensationApproved: sentenceOf(
    "Kompensatsiya ma’qullandi",
    "Компенсация маъқулланди",
    "Компенсация одобрена",
    "Compensation approved",
  ),
  CompensationRejected: sentenceOf(
    "Kompensatsiya rad etildi",
    "Компенсация рад этилди",
    "В компенсации отказано",
    "Compensation rejected",
  ),
  PaymentOrdered: sentenceOf("To‘lov buyurildi", "Тўлов буюрилди", "Платёж назначен", "Payment ordered"),
  PaymentSettled: sentenceOf("To‘lov o‘tkazildi", "Тўлов ўтказилди", "Платёж исполнен", "Payment settled"),
  PaymentReturned: sentenceOf("To‘lov qaytib keldi", "Тўлов қайтиб келди", "Платёж возвращён", "Payment returned"),
} satisfies EventWords<typeof policyContracts | typeof benefitContracts | typeof subsidyYearContracts>;
