import { ALREADY_DONE, CASE_NOT_ACTIVE, problemText, type RefusalText } from "@safar/service-kit";
import type { TrainingRefusal } from "../domain/case/decide.ts";
import type { CourseRefusal } from "../domain/course/decide.ts";

const seats = {
  "course-not-found": problemText(
    404,
    ["Bunday kurs yo‘q", "Бундай курс йўқ", "Такого курса нет", "There is no such course"],
    [
      "Kurs raqamini kurslar ro‘yxatidan tekshiring.",
      "Курс рақамини курслар рўйхатидан текширинг.",
      "Проверьте номер курса по списку курсов.",
      "Check the course's id in the list of courses.",
    ],
  ),
  "course-full": problemText(
    409,
    ["Kursda joy qolmagan", "Курсда жой қолмаган", "В курсе не осталось мест", "The course is full"],
    [
      "Barcha {capacity} o‘rin band. Boshqa kursni tanlang yoki o‘rin bo‘shashini kuting.",
      "Барча {capacity} ўрин банд. Бошқа курсни танланг ёки ўрин бўшашини кутинг.",
      "Все места ({capacity}) заняты. Выберите другой курс или дождитесь свободного места.",
      "All {capacity} seats are taken. Choose another course, or wait until a seat is given back.",
    ],
  ),
  "course-not-open": problemText(
    409,
    ["Kursga yozilish yopilgan", "Курсга ёзилиш ёпилган", "Запись на курс закрыта", "The course takes nobody any more"],
    [
      "Kurs tugagan yoki bekor qilingan. Boshqa kursni tanlang.",
      "Курс тугаган ёки бекор қилинган. Бошқа курсни танланг.",
      "Курс окончен или отменён. Выберите другой курс.",
      "It is over or was cancelled. Choose another course.",
    ],
  ),
  "course-completed": problemText(
    409,
    ["Kurs allaqachon tugagan", "Курс аллақачон тугаган", "Курс уже окончен", "The course is already over"],
    [
      "Tugagan kursni bekor qilib bo‘lmaydi. Xato bo‘lsa, har bir ishtirokchining yozuvini alohida tuzating.",
      "Тугаган курсни бекор қилиб бўлмайди. Хато бўлса, ҳар бир иштирокчининг ёзувини алоҳида тузатинг.",
      "Оконченный курс нельзя отменить. Если это ошибка, исправьте запись каждого участника отдельно.",
      "A course that is over cannot be cancelled. If it is a mistake, correct each participant's record.",
    ],
  ),
  "course-cancelled": problemText(
    409,
    ["Kurs bekor qilingan", "Курс бекор қилинган", "Курс отменён", "The course was cancelled"],
    [
      "Bekor qilingan kurs boshlanmaydi va tugamaydi. Yangi kurs e’lon qiling.",
      "Бекор қилинган курс бошланмайди ва тугамайди. Янги курс эълон қилинг.",
      "Отменённый курс нельзя начать или окончить. Объявите новый курс.",
      "It can neither begin nor end. Offer a new course.",
    ],
  ),
} satisfies Record<Exclude<CourseRefusal["code"], "already-done">, RefusalText>;

const cases = {
  "already-done": ALREADY_DONE,
  "case-not-active": CASE_NOT_ACTIVE,
  "already-enrolled": problemText(
    409,
    [
      "Nomzod bu kursga yozilgan",
      "Номзод бу курсга ёзилган",
      "Кандидат уже записан на этот курс",
      "The candidate is already in this course",
    ],
    [
      "Mavjud yozuvdan foydalaning yoki avval uni bekor qiling.",
      "Мавжуд ёзувдан фойдаланинг ёки аввал уни бекор қилинг.",
      "Используйте имеющуюся запись или сначала отмените её.",
      "Use the enrolment there is, or cancel it first.",
    ],
  ),
  "not-enrolled": problemText(
    409,
    ["Bunday o‘qish yozuvi yo‘q", "Бундай ўқиш ёзуви йўқ", "Такой записи на курс нет", "There is no such enrolment"],
    [
      "`enrolmentId` ni nomzodning o‘qish ma’lumotlaridan oling yoki avval uni kursga yozing.",
      "`enrolmentId` ни номзоднинг ўқиш маълумотларидан олинг ёки аввал уни курсга ёзинг.",
      "Возьмите `enrolmentId` из данных об обучении кандидата или сначала запишите его на курс.",
      "Take `enrolmentId` from the candidate's training, or enrol the candidate first.",
    ],
  ),
  "enrolment-cancelled": problemText(
    409,
    [
      "Kursga yozilish bekor qilingan",
      "Курсга ёзилиш бекор қилинган",
      "Запись на курс отменена",
      "The enrolment was cancelled",
    ],
    [
      "Nomzodni yangi `Idempotency-Key` bilan qaytadan yozing.",
      "Номзодни янги `Idempotency-Key` билан қайтадан ёзинг.",
      "Запишите кандидата заново с новым `Idempotency-Key`.",
      "Enrol the candidate again, with a new `Idempotency-Key`.",
    ],
  ),
  "enrolment-completed": problemText(
    409,
    ["O‘qish yakunlangan", "Ўқиш якунланган", "Обучение завершено", "The training is complete"],
    [
      "Kurs to‘liq topshirilgan, bekor qiladigan narsa yo‘q.",
      "Курс тўлиқ топширилган, бекор қиладиган нарса йўқ.",
      "Курс сдан полностью, отменять нечего.",
      "Everything in the course was passed; there is nothing left to cancel.",
    ],
  ),
  "track-not-in-course": problemText(
    409,
    [
      "Bu yo‘nalish kursda yo‘q",
      "Бу йўналиш курсда йўқ",
      "Этого направления в курсе нет",
      "The course does not teach this track",
    ],
    [
      "Kursda «{track}» yo‘nalishi yo‘q. Kurs yo‘nalishlaridan birini ko‘rsating.",
      "Курсда «{track}» йўналиши йўқ. Курс йўналишларидан бирини кўрсатинг.",
      "В курсе нет направления «{track}». Укажите одно из направлений курса.",
      "The course has no track “{track}”. Name one of its own tracks.",
    ],
  ),
  "already-passed": problemText(
    409,
    [
      "Bu yo‘nalish topshirilgan",
      "Бу йўналиш топширилган",
      "Это направление уже сдано",
      "This track is already passed",
    ],
    [
      "«{track}» bo‘yicha imtihon topshirilgan; keyingi natija uni o‘zgartirmaydi.",
      "«{track}» бўйича имтиҳон топширилган; кейинги натижа уни ўзгартирмайди.",
      "Экзамен по «{track}» сдан; более поздний результат этого не меняет.",
      "The examination in “{track}” was passed; a later result does not change that.",
    ],
  ),
  "nothing-to-retake": problemText(
    409,
    [
      "Qayta topshiradigan narsa yo‘q",
      "Қайта топширадиган нарса йўқ",
      "Пересдавать нечего",
      "There is nothing to retake",
    ],
    [
      "«{track}» bo‘yicha muvaffaqiyatsiz imtihon yo‘q. Avval imtihon natijasini kiriting.",
      "«{track}» бўйича муваффақиятсиз имтиҳон йўқ. Аввал имтиҳон натижасини киритинг.",
      "По «{track}» нет несданного экзамена. Сначала внесите результат экзамена.",
      "No examination in “{track}” was failed. Record its result first.",
    ],
  ),
  "tracks-not-passed": problemText(
    409,
    [
      "Hamma yo‘nalish topshirilmagan",
      "Ҳамма йўналиш топширилмаган",
      "Сданы не все направления",
      "Not every track is passed",
    ],
    [
      "Guvohnoma uchun yana topshirilishi kerak: {missing}.",
      "Гувоҳнома учун яна топширилиши керак: {missing}.",
      "Для свидетельства нужно ещё сдать: {missing}.",
      "Still to pass before a certificate is issued: {missing}.",
    ],
  ),
  "validity-ends-too-early": problemText(
    422,
    [
      "Amal qilish muddati noto‘g‘ri",
      "Амал қилиш муддати нотўғри",
      "Неверный срок действия",
      "The validity ends too early",
    ],
    [
      "`validUntil` berilgan sanadan oldin bo‘lmasin.",
      "`validUntil` берилган санадан олдин бўлмасин.",
      "`validUntil` не может быть раньше даты выдачи.",
      "`validUntil` must not be before the day of issue.",
    ],
  ),
  "identity-not-proven": problemText(
    409,
    ["Shaxs tasdiqlanmagan", "Шахс тасдиқланмаган", "Личность не подтверждена", "The identity is not proven"],
    [
      "Avval ishtirokchining shaxsini hujjat yoki Face ID orqali tasdiqlang.",
      "Аввал иштирокчининг шахсини ҳужжат ёки Face ID орқали тасдиқланг.",
      "Сначала подтвердите личность участника по документу или Face ID.",
      "First prove the participant's identity by document or Face ID.",
    ],
  ),
  "destination-missing": problemText(
    422,
    ["Mamlakat ko‘rsatilmagan", "Мамлакат кўрсатилмаган", "Не указана страна", "The destination is missing"],
    [
      "`destination` ni yoki ko‘niktirish kursidagi `enrolmentId` ni bering.",
      "`destination` ни ёки кўниктириш курсидаги `enrolmentId` ни беринг.",
      "Укажите `destination` или `enrolmentId` курса предвыездной подготовки.",
      "Give `destination`, or the `enrolmentId` of an orientation course.",
    ],
  ),
} satisfies Record<Exclude<TrainingRefusal["code"], "course-not-found">, RefusalText>;

/** Every refusal of both deciders, told in four languages. */
export const refusals = { ...seats, ...cases } satisfies Record<
  CourseRefusal["code"] | TrainingRefusal["code"],
  RefusalText
>;
