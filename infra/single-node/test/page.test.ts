import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium, type Browser, type Page } from "playwright-core";
import { pino } from "pino";
import t, { type Test } from "tap";
import { openLocalIssuer, readSettings, realEnvironment, startProcess } from "@safar/service-kit";
import { candidateBody, createClient } from "@safar/testing";
import { services } from "../src/services.ts";

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((path) => existsSync(path));
const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
/** A loaded machine paints slowly; a page that never comes is found all the same. */
const PATIENCE_MS = 60_000;

/** By the name of each other language: a state and an event as it has them. */
const SHOWN = [
  ["O‘zbekcha", "Topshirilgan", "Nomzod ro‘yxatga olindi"],
  ["Ўзбекча", "Топширилган", "Номзод рўйхатга олинди"],
  ["Русский", "Подано", "Кандидат зарегистрирован"],
] as const;

const openBrowser = async (t: Pick<Test, "teardown">): Promise<Browser> => {
  const browser = await chromium.launch({ executablePath: CHROMIUM ?? "", args: QUIET });
  t.teardown(() => browser.close());
  return browser;
};

/** What axe finds against WCAG 2 A and AA, as the rules' names and the first place of each. */
const violationsOn = async (page: Page): Promise<string[]> => {
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
  const found: { violations: { id: string; nodes: { html: string }[] }[] } = await page.evaluate(
    "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] })",
  );
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`);
};

const start = async (t: Pick<Test, "teardown" | "testdir">, demo = false) => {
  const folder = t.testdir();
  const { settings } = readSettings({ SAFAR_DATA: folder, SAFAR_PORT: "0", SAFAR_LOG_LEVEL: "silent" });
  const environment = realEnvironment();
  const node = await startProcess({
    services,
    settings,
    environment,
    log: pino({ level: "silent" }),
    demo,
    onFatal: (error) => {
      throw error;
    },
  });
  t.teardown(() => node.stop());
  const issuer = await openLocalIssuer(folder, environment);
  const registrar = await issuer.signAccess({ subject: "registrar-1726", role: "registrar", unit: "1726" });
  return { ...node, issuer, client: createClient(node.address, environment, registrar) };
};

t.test(
  "an operator signs in once by a link, watches a case come in and opens its history",
  {
    skip: CHROMIUM === undefined && "no Chromium on this machine: infra/prerequisites.sh installs it",
    timeout: 180_000,
  },
  async (t) => {
    const { address, issuer, client } = await start(t);
    const link = `${address}/sign-in?token=${await issuer.signLink({ subject: "operator", role: "operator" })}`;
    const browser = await openBrowser(t);
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, locale: "en-GB" });
    page.setDefaultTimeout(PATIENCE_MS);
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error" && !message.text().includes("favicon")) complaints.push(message.text());
    });
    await page.goto(link, { waitUntil: "domcontentloaded" });
    await page.getByText("Live", { exact: true }).waitFor();
    const registered = await client.post("/registration/cases", candidateBody(1));
    await page.getByRole("button", { name: String(registered.body.caseNumber) }).click();
    await page.getByRole("heading", { name: /Candidate registered/ }).waitFor();
    const text = await page.locator("body").innerText();
    t.match(text, /hidden/, "what is personal is named and not shown to an operator");
    t.notMatch(text, new RegExp(String(candidateBody(1)["pinfl"])));

    t.same(await violationsOn(page), [], "nothing that WCAG 2.2 AA forbids");
    await page.getByRole("button", { name: "Русский" }).click();
    await page.getByText("Ситуационный центр").waitFor();
    const { caseNumber } = registered.body;
    for (const [language, state, event] of SHOWN) {
      await page.getByRole("button", { name: language, exact: true }).click();
      await page
        .getByRole("row", { name: String(caseNumber) })
        .getByText(state, { exact: true })
        .waitFor();
      await page.getByRole("heading", { name: event }).waitFor();
      t.notMatch(await page.locator("main").innerText(), /[[\]{}]|CandidateRegistered|candidate registered/, language);
      t.same(await violationsOn(page), [], `nothing that WCAG 2.2 AA forbids, ${language}`);
    }

    const again = await browser.newPage();
    const second = await again.goto(link, { waitUntil: "domcontentloaded" });
    t.equal(second?.status(), 401, "the link works once");
    t.same(
      complaints.filter((line) => !/401|404/.test(line)),
      [],
    );
  },
);

t.test(
  "a stream that falls silent is not called live, and a history that could not be had comes once it can",
  {
    skip: CHROMIUM === undefined && "no Chromium on this machine: infra/prerequisites.sh installs it",
    timeout: 180_000,
  },
  async (t) => {
    const { address, issuer, client } = await start(t);
    const link = `${address}/sign-in?token=${await issuer.signLink({ subject: "operator", role: "operator" })}`;
    const { body } = await client.post("/registration/cases", candidateBody(2));
    const page = await (await openBrowser(t)).newPage({ viewport: { width: 1400, height: 900 }, locale: "en-GB" });
    page.setDefaultTimeout(PATIENCE_MS);
    let isSilent = false;
    await page.routeWebSocket("**/live", (socket) => {
      const server = socket.connectToServer();
      server.onMessage((message) => {
        if (!isSilent) socket.send(message);
      });
    });
    await page.clock.install();
    await page.goto(link, { waitUntil: "domcontentloaded" });
    await page.getByText("Live", { exact: true }).waitFor();
    await page.clock.fastForward(20_000);
    t.ok(await page.getByText("Live", { exact: true }).isVisible(), "between two heartbeats it is live");
    isSilent = true;
    await page.clock.fastForward(30_000);
    await page.getByText("Connection lost, reconnecting…").waitFor();
    isSilent = false;
    await page.clock.fastForward(30_000);
    await page.getByText("Live", { exact: true }).waitFor();

    await page.route("**/history", (route) =>
      route.fulfill({ status: 503, json: { title: "The log is not available", detail: "Repeat with the same key." } }),
    );
    await page.getByRole("button", { name: String(body.caseNumber) }).click();
    await page.getByText("The log is not available. Trying again…").waitFor();
    await page.route("**/history", (route) => route.abort());
    await page.clock.fastForward(6_000);
    await page.getByRole("alert").getByText("Connection lost, reconnecting…").waitFor();
    await page.unrouteAll();
    await page.clock.fastForward(6_000);
    await page.getByRole("heading", { name: /Candidate registered/ }).waitFor();
    t.equal(await page.getByRole("alert").count(), 0);
  },
);

t.test(
  "in the demo one chooses an invented person; elsewhere that page says how to get a link",
  {
    skip: CHROMIUM === undefined && "no Chromium on this machine: infra/prerequisites.sh installs it",
    timeout: 180_000,
  },
  async (t) => {
    const demo = await start(t, true);
    const browser = await openBrowser(t);
    const page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(`${demo.address}/sign-in`, { waitUntil: "domcontentloaded" });
    await page.locator('button[data-subject="auditor"]').click();
    await page.locator("table").waitFor();
    t.match(await page.locator("header").innerText(), /auditor/);
    const refused = await fetch(`${demo.address}/sign-in/demo`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: '{"subject":"nobody"}',
    });
    t.equal(refused.status, 404);
  },
);
