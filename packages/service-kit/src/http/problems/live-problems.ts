import { problemText, type ProblemText } from "./problem-text.ts";

/** What the door of the live stream does not take. */
export const LIVE_PROBLEMS = {
  "sub-protocol-missing": problemText(
    400,
    [
      "Websocket protokoli ko‘rsatilmagan",
      "Websocket протоколи кўрсатилмаган",
      "Не указан подпротокол",
      "The sub-protocol is missing",
    ],
    [
      "`Sec-WebSocket-Protocol: safar.v1` bilan ulaning.",
      "`Sec-WebSocket-Protocol: safar.v1` билан уланинг.",
      "Подключайтесь с `Sec-WebSocket-Protocol: safar.v1`.",
      "Connect with `Sec-WebSocket-Protocol: safar.v1`.",
    ],
  ),
  "upgrade-needed": problemText(
    426,
    ["Bu websocket manzili", "Бу websocket манзили", "Это адрес websocket", "This is a websocket"],
    [
      "Brauzer sahifasini `/` da oching; dasturlar websocket bilan ulanadi.",
      "Браузер саҳифасини `/` да очинг; дастурлар websocket билан уланади.",
      "Страница находится на `/`; программы подключаются по websocket.",
      "Open the page at `/`; programs connect by websocket.",
    ],
  ),
  "position-unknown": problemText(
    404,
    [
      "Jurnalda bunday o‘rin yo‘q",
      "Журналда бундай ўрин йўқ",
      "В журнале нет такой позиции",
      "The log has no such position",
    ],
    [
      "`after` bermasdan obuna bo‘ling yoki oqim aytgan `position` dan davom eting.",
      "`after` бермасдан обуна бўлинг ёки оқим айтган `position` дан давом этинг.",
      "Подпишитесь без `after` или продолжите с `position`, которую сообщил поток.",
      "Subscribe without `after`, or go on from a `position` that the stream has told.",
    ],
  ),
} satisfies Readonly<Record<string, ProblemText>>;
