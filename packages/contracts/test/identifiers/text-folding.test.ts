import t from "tap";
import { foldText, scriptOf } from "../../src/index.ts";

t.test("script, case, apostrophes, marks and punctuation are folded away", async (t) => {
  t.equal(foldText("  RRG   GmbH. "), foldText("rrg gmbh"));
  t.equal(foldText("Sunrise Care K.K."), "sunrise care k k");
  t.equal(foldText("“Yulduz” MChJ"), foldText("«Юлдуз» МЧЖ"));
  t.equal(foldText("Çalışkan Şirket"), "chalishkan shirket");
  t.equal(foldText("Müller"), "muller");
  t.equal(foldText("株式会社"), "株式会社");
});

t.test("unlike the key of a person's name, it keeps apart what are different letters", async (t) => {
  t.not(foldText("Qalam"), foldText("Kalam"));
  t.not(foldText("Umma"), foldText("Omma"));
});

t.test("the script of a text is that of its letters", async (t) => {
  t.equal(scriptOf("G‘aniyev"), "latin");
  t.equal(scriptOf("Ғаниев"), "cyrillic");
  t.equal(scriptOf("К\u0430rimov"), "mixed");
  t.equal(scriptOf("12-34 ‘"), "other");
});
