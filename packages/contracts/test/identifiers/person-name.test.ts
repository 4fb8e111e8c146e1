import { deepEqual } from "node:assert/strict";
import fc from "fast-check";
import t from "tap";
import { foldFullName, foldNameWords, isNameScriptMixed } from "../../src/index.ts";

/** The same name as it reaches us: Uzbek Latin, Uzbek Cyrillic, Russian Cyrillic, older passports. */
const sameNames: readonly (readonly string[])[] = [
  ["O‘g‘li", "O'G'LI", "oʻgʻli", "Oʼg`li", "Ўғли", "ЎҒЛИ", "угли", "оглы", "UGLI"],
  ["qizi", "QIZI", "қизи", "кизи", "KIZI"],
  ["G‘aniyev", "G`ANIYEV", "Ғаниев", "Ганиев", "GHANIEV"],
  ["To'xtayev", "TOXTAYEV", "Тўхтаев", "Тухтаев", "TUKHTAYEV"],
  ["Jo‘rayev", "Жўраев", "Джураев", "DJURAEV", "ZHURAEV", "DZHURAEV"],
  ["Shahnoza", "Шаҳноза", "Шахноза", "SHAKHNOZA"],
  ["Choriyeva", "Чориева", "CHORIEVA"],
  ["Ra’no", "Раъно", "RANO"],
  ["Is'hoq", "Исҳоқ", "Исхок"],
  ["Yoqubov", "Ёқубов", "ЁҚУБОВ", "е\u0308кубов"],
  ["Egamberdiyeva", "Эгамбердиева", "YEGAMBERDIYEVA"],
  ["Yevgeniya", "Евгения", "Evgeniya"],
  ["Soy", "Сой"],
  ["Tsoy", "Цой"],
];

t.test("a name has one key however it is written", async (t) => {
  for (const spellings of sameNames) {
    const [key] = spellings.map((name) => foldNameWords(name).join(" "));
    for (const name of spellings) t.equal(foldNameWords(name).join(" "), key, `${name} is ${spellings[0]}`);
  }
});

t.test("names that nobody writes alike have keys of their own", async (t) => {
  const names = ["Karimov", "Karimova", "Rahimov", "Ergashev", "Eshmurodov", "Toshmatov", "Ташматов", "Olim", "Aziz"];
  t.equal(new Set(names.map((name) => foldNameWords(name).join(" "))).size, names.length);
});

t.test("a word with one letter from the wrong keyboard is folded as the word that was meant", async (t) => {
  t.same(foldNameWords("К\u0430rimov"), foldNameWords("Karimov"), "К and а are Cyrillic");
  t.same(foldNameWords("\u041Dakimov"), foldNameWords("Hakimov"), "Н is Cyrillic");
});

t.test("words are split at spaces, hyphens and dots, and what has no letters is no word", async (t) => {
  t.same(foldNameWords("  Aziz-Olim  Ali\u00a0‘ o‘g‘li."), ["aziz", "olim", "ali", "ogli"]);
  t.same(foldNameWords(" ' - "), []);
});

t.test("what cannot be seen does not divide a word", async (t) => {
  t.same(foldNameWords("Er\u00adga\u200bshev\ufeff"), foldNameWords("Ergashev"));
});

/** Letters of all the alphabets, apostrophes and spaces: names as hostile as a list can make them. */
const anyName = fc.string({
  unit: fc.constantFrom(...Array.from("abcdeghijkoqsuvwxyzABDEHKXYZ абвгдеёжзийкўқғҳшчцъьэюяЎҚҒҲ'‘ʻ`-.İßş")),
  maxLength: 20,
});

t.test("folding a folded name changes nothing", async () => {
  fc.assert(
    fc.property(anyName, (name) => {
      const words = foldNameWords(name);
      deepEqual(foldNameWords(words.join(" ")), words);
    }),
  );
});

t.test("case and apostrophes never change a key", async () => {
  const latinName = fc.string({ unit: fc.constantFrom(...Array.from("abcdefghijklmnopqrstuvxyz ")), maxLength: 20 });
  const apostrophe = fc.constantFrom("'", "`", "‘", "’", "ʻ", "ʼ", "´");
  fc.assert(
    fc.property(latinName, apostrophe, fc.nat(20), (name, mark, at) => {
      const marked = name.slice(0, at) + mark + name.slice(at);
      deepEqual(foldNameWords(marked.toUpperCase()), foldNameWords(name));
    }),
  );
});

t.test("a full name's key knows its parts", async (t) => {
  const key = foldFullName({ surname: "G‘aniyev", givenName: "Po‘lat", patronymic: "Anvar o‘g‘li" });
  t.equal(foldFullName({ surname: "ҒАНИЕВ", givenName: "Пўлат", patronymic: "Анвар ўғли" }), key);
  t.equal(
    foldFullName({ surname: "Ghaniev", givenName: "Pulat", patronymic: "Anvarugli" }),
    key,
    "however it is split",
  );
  t.not(foldFullName({ surname: "G‘aniyev", givenName: "Po‘lat" }), key, "no patronymic is not any patronymic");
  t.not(
    foldFullName({ surname: "Aziz", givenName: "Olim" }),
    foldFullName({ surname: "Olim", givenName: "Aziz" }),
    "surname and given name do not change places",
  );
});

t.test("Latin and Cyrillic in one person's name are noticed, within a word or between words", async (t) => {
  t.notOk(isNameScriptMixed({ surname: "G‘aniyev", givenName: "Po‘lat" }));
  t.notOk(isNameScriptMixed({ surname: "Ғаниев", givenName: "Пўлат", patronymic: "Анвар ўғли" }));
  t.ok(isNameScriptMixed({ surname: "К\u0430rimov", givenName: "Anvar" }));
  t.ok(isNameScriptMixed({ surname: "Karimov", givenName: "Анвар" }));
  t.ok(isNameScriptMixed({ surname: "Karimov", givenName: "Anvar", patronymic: "Олим ўғли" }));
});
