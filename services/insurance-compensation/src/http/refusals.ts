import { ALREADY_DONE, problemText, type RefusalText } from "@safar/service-kit";
import type { BenefitRefusal } from "../domain/benefit/decide.ts";
import type { SubsidyYearRefusal } from "../domain/subsidy-year/decide.ts";
import type { PolicyRefusal } from "../domain/policy/decide.ts";

const amountNotPositive = problemText(
  400,
  ["Summa musbat bo‘lsin", "Сумма мусбат бўлсин", "Сумма должна быть больше нуля", "The amount must be above zero"],
  [
    "Summani butun tiyinda kiriting.",
    "Суммани бутун тийинда киритинг.",
    "Укажите сумму в целых тийинах.",
    "Enter the sum in whole tiyin.",
  ],
);

const ofPolicies = {
  "policy-not-quoted": problemText(
    404,
    ["Bunday sug‘urta polisi yo‘q", "Бундай суғурта полиси йўқ", "Такого полиса нет", "There is no such policy"],
    [
      "Polis viza bosqichi tugagach taklif qilinadi. Ish polislari ro‘yxatini ko‘ring.",
      "Полис виза босқичи тугагач таклиф қилинади. Иш полислари рўйхатини кўринг.",
      "Полис предлагается после визового этапа. Посмотрите полисы дела.",
      "A policy is quoted once the visa stage is complete. Look at the case's policies.",
    ],
  ),
  "policy-not-issued": problemText(
    409,
    ["Polis rasmiylashtirilmagan", "Полис расмийлаштирилмаган", "Полис не оформлен", "The policy is not issued"],
    [
      "Avval polisni raqami va mukofoti bilan rasmiylashtiring.",
      "Аввал полисни рақами ва мукофоти билан расмийлаштиринг.",
      "Сначала оформите полис с номером и премией.",
      "Issue it first, with its number and premium.",
    ],
  ),
  "policy-cancelled": problemText(
    409,
    ["Polis bekor qilingan", "Полис бекор қилинган", "Полис отменён", "The policy is cancelled"],
    [
      "Bekor qilingan polis bilan ishlab bo‘lmaydi; yangi yo‘l uchun yangi polis taklif qilinadi.",
      "Бекор қилинган полис билан ишлаб бўлмайди; янги йўл учун янги полис таклиф қилинади.",
      "С отменённым полисом работать нельзя; для нового выезда предложат новый.",
      "Nothing can be done with it; a further departure gets a policy of its own.",
    ],
  ),
  "subsidy-used-up": problemText(
    409,
    [
      "Yillik subsidiya tugagan",
      "Йиллик субсидия тугаган",
      "Субсидия этого года исчерпана",
      "The year's subsidy is used up",
    ],
    [
      "Qonun bir shaxsga {year}-yil uchun beradigan summadan so‘ralganicha qolmagan. Shaxsning boshqa polislarini ko‘ring yoki keyingi yilni kuting.",
      "Қонун бир шахсга {year}-йил учун берадиган суммадан сўралганича қолмаган. Шахснинг бошқа полисларини кўринг ёки кейинги йилни кутинг.",
      "Из суммы, которую закон даёт одному лицу на {year} год, осталось меньше, чем запрошено. Посмотрите другие полисы этого лица или дождитесь следующего года.",
      "Of the sum that the law grants a person for {year} less is left than was asked for. Look at the person's other policies, or wait for the next year.",
    ],
  ),
  "cover-dates-reversed": problemText(
    400,
    ["Muddat teskari", "Муддат тескари", "Даты перепутаны", "The dates are reversed"],
    [
      "`validUntil` `validFrom` dan keyin bo‘lsin.",
      "`validUntil` `validFrom` дан кейин бўлсин.",
      "`validUntil` должен быть позже `validFrom`.",
      "`validUntil` must be after `validFrom`.",
    ],
  ),
  "subsidy-currency": problemText(
    400,
    ["Valyuta boshqa", "Валюта бошқа", "Другая валюта", "Another currency"],
    [
      "Subsidiya va mukofot {currency} da bo‘lsin.",
      "Субсидия ва мукофот {currency} да бўлсин.",
      "Субсидия и премия должны быть в {currency}.",
      "Subsidy and premium must be in {currency}.",
    ],
  ),
  "amount-not-positive": amountNotPositive,
} as const satisfies Readonly<
  Record<Exclude<(PolicyRefusal | SubsidyYearRefusal)["code"], "already-done">, RefusalText>
>;

const ofBenefits = {
  "already-done": ALREADY_DONE,
  "not-eligible": problemText(
    409,
    ["Hali huquq yo‘q", "Ҳали ҳуқуқ йўқ", "Права на компенсацию ещё нет", "Not eligible yet"],
    [
      "Kompensatsiya ishga joylashgani tasdiqlangach beriladi. Avval joylashuvni tasdiqlang.",
      "Компенсация ишга жойлашгани тасдиқлангач берилади. Аввал жойлашувни тасдиқланг.",
      "Компенсация возможна после подтверждения трудоустройства. Сначала подтвердите его.",
      "Compensation opens once the placement is confirmed. Have it confirmed first.",
    ],
  ),
  "not-applied": problemText(
    404,
    ["Ariza yo‘q", "Ариза йўқ", "Заявления нет", "Nothing was applied for"],
    [
      "Avval kompensatsiyaga ariza bering.",
      "Аввал компенсацияга ариза беринг.",
      "Сначала подайте заявление на компенсацию.",
      "Apply for the compensation first.",
    ],
  ),
  "already-applied": problemText(
    409,
    ["Ariza berilgan", "Ариза берилган", "Заявление уже подано", "It was applied for already"],
    [
      "Bir yo‘lda har bir turga bitta to‘lov. Mavjud arizani kuzating.",
      "Бир йўлда ҳар бир турга битта тўлов. Мавжуд аризани кузатинг.",
      "Одна выплата каждого вида за выезд. Следите за поданным заявлением.",
      "One payment a kind and journey. Follow the application that exists.",
    ],
  ),
  "not-checked": problemText(
    409,
    ["Qoidalar tekshirilmagan", "Қоидалар текширилмаган", "Правила не проверены", "The rules were not checked"],
    [
      "Avval tekshiruvni yozing, so‘ng qaror qiling.",
      "Аввал текширувни ёзинг, сўнг қарор қилинг.",
      "Сначала запишите проверку, затем решайте.",
      "Record the check first, then decide.",
    ],
  ),
  "rule-failed": problemText(
    409,
    [
      "Qoidalardan biri bajarilmagan",
      "Қоидалардан бири бажарилмаган",
      "Не выполнено одно из правил",
      "A rule is not met",
    ],
    [
      "Bajarilmagan: {rules}. Rad eting yoki yetishmaganini to‘ldirib qayta ariza oling.",
      "Бажарилмаган: {rules}. Рад этинг ёки етишмаганини тўлдириб қайта ариза олинг.",
      "Не выполнено: {rules}. Откажите или примите новое заявление с недостающим.",
      "Not met: {rules}. Reject it, or take a new application with what is missing.",
    ],
  ),
  "already-decided": problemText(
    409,
    ["Qaror qilingan", "Қарор қилинган", "Решение принято", "It was decided already"],
    [
      "Qaror ish tarixida. Rad etilgan bo‘lsa, yangi ariza berish mumkin.",
      "Қарор иш тарихида. Рад этилган бўлса, янги ариза бериш мумкин.",
      "Решение в истории дела. После отказа можно подать новое заявление.",
      "The decision stands in the history. After a rejection one may apply again.",
    ],
  ),
  "not-approved": problemText(
    409,
    ["Tasdiqlanmagan", "Тасдиқланмаган", "Не одобрено", "It is not approved"],
    [
      "Avval kompensatsiyani tasdiqlang.",
      "Аввал компенсацияни тасдиқланг.",
      "Сначала одобрите компенсацию.",
      "Approve the compensation first.",
    ],
  ),
  "payment-under-way": problemText(
    409,
    ["To‘lov yo‘lda", "Тўлов йўлда", "Платёж в пути", "A payment is under way"],
    [
      "Bank javobini kuting: to‘landi yoki qaytdi.",
      "Банк жавобини кутинг: тўланди ёки қайтди.",
      "Дождитесь ответа банка: оплачено или возвращено.",
      "Wait for the bank: settled or returned.",
    ],
  ),
  "already-paid": problemText(
    409,
    ["To‘langan", "Тўланган", "Уже выплачено", "It was paid already"],
    [
      "Bir yo‘lda har bir turga bitta to‘lov qilinadi.",
      "Бир йўлда ҳар бир турга битта тўлов қилинади.",
      "За выезд выплачивается один раз по каждому виду.",
      "Each kind is paid once a journey.",
    ],
  ),
  "payment-unknown": problemText(
    404,
    ["Bunday to‘lov yo‘q", "Бундай тўлов йўқ", "Такого платежа нет", "There is no such payment"],
    [
      "`paymentId` ni to‘lov topshirig‘idan oling.",
      "`paymentId` ни тўлов топшириғидан олинг.",
      "Возьмите `paymentId` из поручения.",
      "Take `paymentId` from the payment order.",
    ],
  ),
  "amount-not-positive": amountNotPositive,
  "compensation-currency": problemText(
    400,
    ["Valyuta boshqa", "Валюта бошқа", "Другая валюта", "Another currency"],
    [
      "Summani {currency} da kiriting.",
      "Суммани {currency} да киритинг.",
      "Укажите сумму в {currency}.",
      "Enter the sum in {currency}.",
    ],
  ),
} as const satisfies Readonly<Record<BenefitRefusal["code"], RefusalText>>;

/** Every refusal of the service's deciders, told so that an officer knows what to do. */
export const refusals = { ...ofPolicies, ...ofBenefits } as const;
