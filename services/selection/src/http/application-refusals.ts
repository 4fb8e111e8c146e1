import { CASE_NOT_ACTIVE, CONSENT_NOT_IN_FORCE, problemText, type RefusalText } from "@safar/service-kit";
import type { ApplicationRefusal } from "../domain/application/decide.ts";

/** Refusals of an application, but `already-done`, which every aggregate has. */
export const applicationRefusals = {
  "case-not-active": CASE_NOT_ACTIVE,
  "vacancy-filled": problemText(
    409,
    ["Vakansiya to‘lgan", "Вакансия тўлган", "Вакансия заполнена", "The vacancy is filled"],
    [
      "Barcha o‘rinlar band. Nomzodga boshqa vakansiya taklif qiling.",
      "Барча ўринлар банд. Номзодга бошқа вакансия таклиф қилинг.",
      "Все места заняты. Предложите кандидату другую вакансию.",
      "Every position is taken. Offer the candidate another vacancy.",
    ],
  ),
  "application-not-submitted": problemText(
    404,
    ["Bunday ariza yo‘q", "Бундай ариза йўқ", "Такой заявки нет", "There is no such application"],
    [
      "Raqamni tekshiring yoki avval vakansiyaga ariza bering.",
      "Рақамни текширинг ёки аввал вакансияга ариза беринг.",
      "Проверьте номер или сначала подайте заявку на вакансию.",
      "Check the id, or apply for the vacancy first.",
    ],
  ),
  "application-rejected-before": problemText(
    409,
    [
      "Bu vakansiya bo‘yicha ariza rad etilgan",
      "Бу вакансия бўйича ариза рад этилган",
      "Заявка на эту вакансию отклонена",
      "The application for this vacancy was rejected",
    ],
    [
      "Rad etish sabablarini arizada ko‘ring; boshqa vakansiyaga ariza bering.",
      "Рад этиш сабабларини аризада кўринг; бошқа вакансияга ариза беринг.",
      "Причины отказа указаны в заявке; подайте заявку на другую вакансию.",
      "The application says why. Apply for another vacancy.",
    ],
  ),
  "application-over": problemText(
    409,
    ["Ariza yakunlangan", "Ариза якунланган", "Рассмотрение заявки окончено", "The application is over"],
    [
      "Ariza qaytarib olingan, rad etilgan yoki taklif rad qilingan. Kerak bo‘lsa, yangi ariza bering.",
      "Ариза қайтариб олинган, рад этилган ёки таклиф рад қилинган. Керак бўлса, янги ариза беринг.",
      "Заявка отозвана, отклонена, или кандидат отказался. При необходимости подайте новую.",
      "It was withdrawn or rejected, or the offer was declined. Apply anew where that makes sense.",
    ],
  ),
  "not-shortlisted": problemText(
    409,
    [
      "Nomzod hali saralanmagan",
      "Номзод ҳали сараланмаган",
      "Кандидат ещё не отобран",
      "The applicant is not on the shortlist yet",
    ],
    [
      "Avval sabablarini ko‘rsatib, nomzodni saralangan ro‘yxatga kiriting.",
      "Аввал сабабларини кўрсатиб, номзодни сараланган рўйхатга киритинг.",
      "Сначала внесите кандидата в короткий список, указав причины.",
      "Put the applicant on the shortlist first, with reasons.",
    ],
  ),
  "offer-pending": problemText(
    409,
    ["Taklif javobini kutmoqda", "Таклиф жавобини кутмоқда", "Предложение ждёт ответа", "An offer awaits its answer"],
    [
      "Nomzod taklifni qabul yoki rad qilishini kuting.",
      "Номзод таклифни қабул ёки рад қилишини кутинг.",
      "Дождитесь, пока кандидат примет или отклонит предложение.",
      "Wait until the candidate accepts or declines it.",
    ],
  ),
  "offer-accepted": problemText(
    409,
    ["Taklif qabul qilingan", "Таклиф қабул қилинган", "Предложение уже принято", "The offer has been accepted"],
    [
      "Qabul qilingan taklifni tanlov o‘zgartira olmaydi. Nomzod arizani qaytarib olishi mumkin.",
      "Қабул қилинган таклифни танлов ўзгартира олмайди. Номзод аризани қайтариб олиши мумкин.",
      "Отбор не меняет принятое предложение. Кандидат может отозвать заявку.",
      "The selection cannot change an accepted offer. The candidate may withdraw the application.",
    ],
  ),
  "criteria-version-differs": problemText(
    409,
    [
      "Baholash boshqa talablar bo‘yicha qilingan",
      "Баҳолаш бошқа талаблар бўйича қилинган",
      "Оценка сделана по другим требованиям",
      "The assessment used other criteria",
    ],
    [
      "Bu vakansiyada hamma {needed}-talablar bo‘yicha baholanadi. Shu talablar bilan qayta baholang.",
      "Бу вакансияда ҳамма {needed}-талаблар бўйича баҳоланади. Шу талаблар билан қайта баҳоланг.",
      "В этой вакансии всех оценивают по версии требований {needed}. Оцените заново по ней.",
      "All applicants of this vacancy are measured by criteria version {needed}. Assess again by it.",
    ],
  ),
  "conflict-of-interest": problemText(
    409,
    [
      "Manfaatlar to‘qnashuvi e’lon qilingan",
      "Манфаатлар тўқнашуви эълон қилинган",
      "Заявлен конфликт интересов",
      "A conflict of interest was declared",
    ],
    [
      "Siz bu arizani baholamaysiz va u bo‘yicha qaror qilmaysiz. Hamkasbingizga topshiring.",
      "Сиз бу аризани баҳоламайсиз ва у бўйича қарор қилмайсиз. Ҳамкасбингизга топширинг.",
      "Вы не оцениваете эту заявку и не решаете по ней. Передайте коллеге.",
      "You neither score nor decide on this application. Hand it to a colleague.",
    ],
  ),
  "scorer-may-not-decide": problemText(
    409,
    [
      "Baholagan kishi qaror qilmaydi",
      "Баҳолаган киши қарор қилмайди",
      "Кто оценивал, тот не решает",
      "Who scored does not decide",
    ],
    [
      "Bu arizani siz baholagansiz. Qarorni boshqa xodim qabul qilsin.",
      "Бу аризани сиз баҳолагансиз. Қарорни бошқа ходим қабул қилсин.",
      "Вы оценивали эту заявку. Решение должен принять другой сотрудник.",
      "You scored this application. Let somebody else decide.",
    ],
  ),
  "reasons-missing": problemText(
    400,
    ["Sabablar ko‘rsatilmagan", "Сабаблар кўрсатилмаган", "Причины не указаны", "No reasons are given"],
    [
      "Qarorning kamida bitta sababini yozing.",
      "Қарорнинг камида битта сабабини ёзинг.",
      "Укажите хотя бы одну причину решения.",
      "Give at least one reason for the decision.",
    ],
  ),
  "assessment-unknown": problemText(
    409,
    ["Bunday baholash yo‘q", "Бундай баҳолаш йўқ", "Такой оценки нет", "There is no such assessment"],
    [
      "`basedOn` faqat shu arizaning baholashlarini nomlasin. Ularni arizada ko‘ring.",
      "`basedOn` фақат шу аризанинг баҳолашларини номласин. Уларни аризада кўринг.",
      "В `basedOn` указывайте только оценки этой заявки. Они видны в заявке.",
      "`basedOn` names assessments of this application only. The application lists them.",
    ],
  ),
  "interview-unknown": problemText(
    409,
    [
      "Bunday suhbat belgilanmagan",
      "Бундай суҳбат белгиланмаган",
      "Такое собеседование не назначено",
      "No such interview was arranged",
    ],
    [
      "Suhbat raqamini arizada tekshiring yoki `interviewId` ni bo‘sh qoldiring.",
      "Суҳбат рақамини аризада текширинг ёки `interviewId` ни бўш қолдиринг.",
      "Проверьте номер собеседования в заявке или не указывайте `interviewId`.",
      "Check its id in the application, or leave `interviewId` out.",
    ],
  ),
  "offer-below-vacancy": problemText(
    409,
    [
      "Taklif vakansiya shartlaridan yomon",
      "Таклиф вакансия шартларидан ёмон",
      "Предложение хуже условий вакансии",
      "The offer is below what the vacancy promises",
    ],
    [
      "Kasb va valyuta bir xil, maosh esa va’da qilinganidan kam bo‘lmasin.",
      "Касб ва валюта бир хил, маош эса ваъда қилинганидан кам бўлмасин.",
      "Профессия и валюта должны совпадать, а зарплата быть не ниже обещанной.",
      "Keep the occupation and the currency, and offer at least the wage that was promised.",
    ],
  ),
  "no-open-offer": problemText(
    409,
    ["Ochiq taklif yo‘q", "Очиқ таклиф йўқ", "Открытого предложения нет", "No offer is open"],
    [
      "Javob beradigan taklif yo‘q. Ariza tarixini ko‘ring.",
      "Жавоб берадиган таклиф йўқ. Ариза тарихини кўринг.",
      "Отвечать не на что. Посмотрите историю заявки.",
      "There is no offer to answer. Look at the application's history.",
    ],
  ),
  "already-departed": problemText(
    409,
    ["Nomzod allaqachon jo‘nagan", "Номзод аллақачон жўнаган", "Кандидат уже выехал", "The candidate has left already"],
    [
      "Jo‘nagandan so‘ng ariza qaytarib olinmaydi. Ishdan ketishni joylashtirishni tasdiqlash bo‘limida yozing.",
      "Жўнагандан сўнг ариза қайтариб олинмайди. Ишдан кетишни жойлаштиришни тасдиқлаш бўлимида ёзинг.",
      "После выезда заявку не отзывают. Уход с работы записывают в подтверждении трудоустройства.",
      "After the departure there is no application to take back. Record the end of the job in placement confirmation.",
    ],
  ),
  "interest-not-declared": problemText(
    409,
    [
      "Nomzod bu vakansiyaga qiziqish bildirmagan",
      "Номзод бу вакансияга қизиқиш билдирмаган",
      "Кандидат не выразил интереса к вакансии",
      "The candidate has declared no interest in this vacancy",
    ],
    [
      "Rezyume faqat nomzod qiziqish bildirgan vakansiyaning ish beruvchisiga ko‘rsatiladi. Nomzoddan so‘rang.",
      "Резюме фақат номзод қизиқиш билдирган вакансиянинг иш берувчисига кўрсатилади. Номзоддан сўранг.",
      "Резюме видит только работодатель вакансии, к которой кандидат выразил интерес. Попросите кандидата.",
      "A CV is shown only to the employer of a vacancy that the candidate declared interest in. Ask for it.",
    ],
  ),
  "consent-not-in-force": CONSENT_NOT_IN_FORCE,
  "cv-not-published": problemText(
    409,
    ["Rezyume e’lon qilinmagan", "Резюме эълон қилинмаган", "Резюме не опубликовано", "No CV is published"],
    [
      "Avval rezyumeni e’lon qiling, so‘ng takrorlang.",
      "Аввал резюмени эълон қилинг, сўнг такрорланг.",
      "Сначала опубликуйте резюме, затем повторите.",
      "Publish the CV first, then repeat.",
    ],
  ),
} as const satisfies Readonly<Record<Exclude<ApplicationRefusal["code"], "already-done">, RefusalText>>;
