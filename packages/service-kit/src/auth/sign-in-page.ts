import { sentenceOf, type Language } from "@safar/contracts";
import type { Identity } from "./local-issuer.ts";

const TITLE = sentenceOf("Safar — kirish", "Сафар — кириш", "Safar — вход", "Safar — sign in");
const DEMO = sentenceOf(
  "Namoyish: kim sifatida kirasiz?",
  "Намойиш: ким сифатида кирасиз?",
  "Демонстрация: кем войти?",
  "Demo: sign in as whom?",
);
const HOW = sentenceOf(
  "Bir martalik havolani tizim egasidan oling:",
  "Бир марталик ҳаволани тизим эгасидан олинг:",
  "Попросите одноразовую ссылку у владельца системы:",
  "Ask the system's owner for a single-use link:",
);

const REFUSED = sentenceOf(
  "Bu havola ishlatilgan yoki muddati o‘tgan: u bir marta va 15 daqiqa davomida ochiladi.",
  "Бу ҳавола ишлатилган ёки муддати ўтган: у бир марта ва 15 дақиқа давомида очилади.",
  "Эта ссылка уже использована или устарела: она открывается один раз и в течение 15 минут.",
  "This link was used already or has run out: it opens once, within 15 minutes.",
);

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:4rem auto;padding:0 1.5rem;color:#16212e;background:#f6f8fa}
h1{font-size:1.6rem}ul{list-style:none;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(13rem,1fr));gap:.6rem}
button{width:100%;padding:.8rem 1rem;font:inherit;text-align:left;border:1px solid #b8c4d0;border-radius:.5rem;background:#fff;cursor:pointer}
button:hover,button:focus-visible{border-color:#0b6e4f;outline:2px solid #0b6e4f}small{display:block;color:#51606f}
code{display:block;padding:1rem;background:#fff;border:1px solid #d5dde5;border-radius:.5rem;overflow-x:auto}`;

const SCRIPT = `document.addEventListener("click",async(e)=>{const b=e.target.closest("button[data-subject]");if(!b)return;
const r=await fetch("/sign-in/demo",{method:"POST",headers:{"content-type":"application/json"},body:JSON.stringify({subject:b.dataset.subject})});
if(r.ok)location.href="/";else b.textContent=(await r.json()).title;});`;

/** How to sign in, after a link that did not work too; in the demo, one invented person per role. */
export const signInPage = (language: Language, people: readonly Identity[], isRefused = false): string => {
  const refused = isRefused ? `<p role="alert"><strong>${REFUSED[language]}</strong></p>` : "";
  const buttons = people
    .map(
      ({ subject, role, unit }) =>
        `<li><button data-subject="${subject}">${role}<small>${unit ?? "&nbsp;"}</small></button></li>`,
    )
    .join("");
  const body =
    people.length > 0
      ? `<p>${DEMO[language]}</p><ul>${buttons}</ul><script>${SCRIPT}</script>`
      : `<p>${HOW[language]}</p><code>npm run -s token -- --role operator --link</code>`;
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${TITLE[language]}</title><style>${STYLE}</style><main><h1>${TITLE[language]}</h1>${refused}${body}</main></html>`;
};
