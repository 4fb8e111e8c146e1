import { connect } from "node:net";
import t from "tap";
import { startSmallNode } from "./support/small-node.ts";
import { smallService } from "./support/small-service.ts";

/** Whatever comes in at the doors that should not, and what is told to whom sent it. */

const { node, store, caseId, tokens, uuid } = await startSmallNode(t);
const suspensions = `/registration/cases/${caseId}/suspensions`;
const LANGUAGES = ["uz-Latn", "uz-Cyrl", "ru", "en"] as const;

type Headers = Readonly<Record<string, string | undefined>>;

/** A command as it should be; what is given takes the place of its part, `undefined` leaves a header out. */
const send = async (
  given: { readonly path?: string; readonly method?: string; readonly body?: string; readonly headers?: Headers } = {},
) => {
  const headers: Headers = {
    authorization: `Bearer ${tokens.registrar}`,
    "content-type": "application/json",
    "idempotency-key": uuid(),
    ...given.headers,
  };
  const method = given.method ?? "POST";
  const response = await fetch(`${node.address}${given.path ?? suspensions}`, {
    method,
    headers: Object.entries(headers).filter((header): header is [string, string] => header[1] !== undefined),
    ...(method === "POST" ? { body: given.body ?? JSON.stringify({ reason: "document-check" }) } : {}),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get("content-type") ?? "");
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined };
};

const LONG = JSON.stringify({ reason: "a".repeat(300_000) });
const BAD: readonly (readonly [
  what: string,
  status: number,
  code: string,
  given: NonNullable<Parameters<typeof send>[0]>,
])[] = [
  ["JSON that breaks off", 400, "malformed-body", { body: '{"reason":' }],
  ["no body at all", 400, "malformed-body", { body: "" }],
  ["a field that does not exist", 400, "invalid-request", { body: '{"reason":"illness","__proto":1}' }],
  ["a field of another type", 400, "invalid-request", { body: '{"reason":7}' }],
  ["a body that is no object", 400, "invalid-request", { body: "[]" }],
  ["a missing field", 400, "invalid-request", { body: "{}" }],
  ["a body that is too large", 413, "body-too-large", { body: LONG }],
  ["XML", 415, "unsupported-media-type", { body: "<a/>", headers: { "content-type": "application/xml" } }],
  ["plain text", 415, "unsupported-media-type", { headers: { "content-type": "text/plain" } }],
  ["half a character", 400, "malformed-body", { body: '{"reason":"\\ud800"}' }],
  ["a form", 415, "unsupported-media-type", { headers: { "content-type": "application/x-www-form-urlencoded" } }],
  ["no key", 400, "idempotency-key-missing", { headers: { "idempotency-key": undefined } }],
  ["a key with a space", 400, "idempotency-key-missing", { headers: { "idempotency-key": "a b" } }],
  ["a key that is a book", 400, "idempotency-key-missing", { headers: { "idempotency-key": "k".repeat(201) } }],
  ["a revision without quotes", 400, "if-match-malformed", { headers: { "if-match": "7" } }],
  ["another revision", 412, "precondition-failed", { headers: { "if-match": '"99"' } }],
  ["no token", 401, "unauthenticated", { headers: { authorization: undefined } }],
  ["a token that is none", 401, "unauthenticated", { headers: { authorization: "Bearer x.y.z" } }],
  ["another scheme", 401, "unauthenticated", { headers: { authorization: "Basic dXNlcjpwYXNz" } }],
  ["a token of yesterday", 401, "unauthenticated", { headers: { authorization: `Bearer ${tokens.expired}` } }],
  ["a token of another issuer", 401, "unauthenticated", { headers: { authorization: `Bearer ${tokens.foreign}` } }],
  ["a sign-in link for a token", 401, "unauthenticated", { headers: { authorization: `Bearer ${tokens.link}` } }],
  ["a role that may not", 403, "role-not-allowed", { headers: { authorization: `Bearer ${tokens.admin}` } }],
  ["a path that leads nowhere", 404, "not-found", { path: "/registration/nothing" }],
  ["a path that climbs", 404, "not-found", { path: "/registration/..%2f..%2fetc/passwd" }],
  ["an address that cannot be decoded", 404, "not-found", { path: "/registration/%zz" }],
  ["an address that is a book", 404, "not-found", { path: `/registration/cases/${"a".repeat(500)}/suspensions` }],
  ["an id that is none", 400, "invalid-request", { path: "/registration/cases/7/suspensions" }],
  ["a case that is not there", 404, "not-found", { path: `/registration/cases/${uuid()}/suspensions` }],
  ["what was done already", 409, "already-done", { body: '{"reason":"first"}' }],
];

for (const [what, status, code, given] of BAD)
  t.test(`${what} is told as ${status} ${code}, and leaves nothing in the log`, async (t) => {
    const before = await store.head();
    const answer = await send(given);
    t.equal(answer.status, status);
    t.match(answer.headers.get("content-type"), /^application\/problem\+json/);
    t.match(answer.body, {
      type: `/problems/${code}`,
      code,
      status,
      title: /./,
      detail: /./,
      traceId: /^[0-9a-f-]{36}$/,
    });
    t.notMatch(answer.body.detail, /[{}]/, "every gap of the sentence is filled");
    t.equal(await store.head(), before);
    t.equal(answer.headers.get("www-authenticate"), status === 401 ? "Bearer" : null);
  });

t.test("every problem is told in the language that was asked for", async (t) => {
  for (const [what, , code, given] of BAD) {
    const titles = new Set<string>();
    for (const language of LANGUAGES) {
      const answer = await send({
        ...given,
        headers: { ...given.headers, "accept-language": `xx, ${language};q=0.8` },
      });
      t.equal(answer.headers.get("content-language"), language);
      titles.add(answer.body.title);
    }
    t.equal(titles.size, LANGUAGES.length, `${what}: ${code}`);
  }
});

t.test("where no language fits it is English, and plain Uzbek is Latin", async (t) => {
  for (const [asked, given] of [
    [undefined, "en"],
    ["fr, de;q=0.9", "en"],
    ["uz", "uz-Latn"],
    ["ru-RU, en;q=0.5", "ru"],
    ["uz-UZ", "uz-Latn"],
    ["uz-Cyrl-UZ", "uz-Cyrl"],
    ["en;q=0.1, uz-Cyrl;q=0.9", "uz-Cyrl"],
  ] as const) {
    const { headers } = await send({ body: "{}", headers: { "accept-language": asked } });
    t.equal(headers.get("content-language"), given, asked ?? "none asked for");
  }
});

t.test("every broken field is named with what is wrong, never with what was written", async (t) => {
  const { body } = await send({ body: '{"reason":"NOT a code 31504901230013","more":1}' });
  t.same(
    body.errors.map(({ pointer, code }: { pointer: string; code: string }) => [pointer, code]),
    [
      ["/reason", "wrong-format"],
      ["", "unknown-key"],
    ],
  );
  t.notMatch(JSON.stringify(body), /31504901230013/);
});

t.test("what stands within a problem's sentence is of the reader's language too", async (t) => {
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const told: readonly (readonly [language: string, given: NonNullable<Parameters<typeof send>[0]>, detail: RegExp])[] =
    [
      ["ru", { body: '{"reason":' }, /: это не JSON или он записан с ошибкой\.$/],
      ["uz-Latn", { body: "" }, /: tana bo‘sh\.$/],
      ["uz-Cyrl", { headers: { authorization: undefined } }, /: токен юборилмади\.$/],
      ["ru", { headers: bearer("x.y.z") }, /: токен не читается\.$/],
      ["ru", { headers: bearer(tokens.expired) }, /: срок токена истёк\.$/],
      ["uz-Latn", { headers: bearer(tokens.foreign) }, /: tokenni bu tizim ishonadigan beruvchi imzolamagan\.$/],
      ["ru", { headers: bearer(tokens.link) }, /: `purpose` в токене отсутствует или не подходит\.$/],
      ["uz-Cyrl", { headers: bearer(tokens.admin) }, /Керакли рол: .*рўйхатга олувчи.*Сизники: администратор\.$/],
      ["ru", { headers: bearer(tokens.stranger) }, /Роль регистратор .*\(дела своего подразделения\)/],
    ];
  for (const [language, given, detail] of told) {
    const { body } = await send({ ...given, headers: { ...given.headers, "accept-language": language } });
    t.match(body.detail, detail, `${body.code} in ${language}`);
  }
});

t.test("what is wrong with a body never says what stands in it", async (t) => {
  const { body } = await send({ body: '{"reason":"31504901230013" x}' });
  t.equal(body.code, "malformed-body");
  t.notMatch(JSON.stringify(body), /31504901230013/);
});

t.test("the role is asked before the body is looked at", async (t) => {
  const { body } = await send({ body: LONG, headers: { authorization: `Bearer ${tokens.admin}` } });
  t.equal(body.code, "role-not-allowed");
});

t.test("the page's cookie serves from its own origin only; elsewhere it is no use", async (t) => {
  const cookie = { authorization: undefined, cookie: `safar_session=${tokens.registrar}` };
  const before = await store.head();
  for (const origin of ["https://elsewhere.example", "null", undefined]) {
    const foreign = await send({ headers: { ...cookie, origin } });
    t.same([foreign.status, foreign.body.code], [403, "foreign-origin"], String(origin));
  }
  t.equal(await store.head(), before);
  const reading = { path: `/registration/cases/${caseId}`, method: "GET" };
  t.equal((await send({ ...reading, headers: cookie })).status, 200, "a link may be followed");
  const stale = { authorization: undefined, cookie: `safar_session=${tokens.expired}` };
  t.equal((await send({ ...reading, headers: stale })).status, 401);
  t.equal((await send({ path: "/health/live", method: "GET", headers: stale })).status, 200);
  t.equal((await send({ headers: { ...cookie, origin: node.address } })).status, 200);
});

t.test("metrics are for the own machine and for admins", async (t) => {
  const metrics = (remoteAddress: string, token?: string, through: Readonly<Record<string, string>> = {}) =>
    node.server.inject({
      method: "GET",
      url: "/metrics",
      remoteAddress,
      headers: { ...through, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    });
  await send();
  const own = await metrics("127.0.0.1");
  t.equal(own.statusCode, 200);
  t.match(own.body, /safar_commands_total\{[^}]*outcome="recorded"/);
  for (const header of ["x-forwarded-for", "forwarded", "via"]) {
    const through = { [header]: "127.0.0.1" };
    t.equal((await metrics("127.0.0.1", undefined, through)).statusCode, 403, "a proxy on this machine");
    t.equal((await metrics("127.0.0.1", tokens.admin, through)).statusCode, 200);
  }
  t.equal((await metrics("203.0.113.7")).statusCode, 403);
  t.equal((await metrics("203.0.113.7", tokens.registrar)).statusCode, 403);
  t.equal((await metrics("203.0.113.7", tokens.admin)).statusCode, 200);
});

t.test("the reference is OpenAPI 3.1 and names every command with its body and key", async (t) => {
  const { status, body } = await send({ path: "/openapi.json", method: "GET", headers: { authorization: undefined } });
  t.equal(status, 200);
  t.match(body.openapi, /^3\.1\./);
  for (const { name, path } of smallService.commands) {
    const operation = body.paths[`/registration${path.replace(/:(\w+)/g, "{$1}")}`]?.post;
    t.equal(operation?.operationId, `registration.${name}`);
    t.ok(operation.requestBody, "its body");
    t.ok(
      operation.parameters.some((parameter: { name: string }) => parameter.name === "idempotency-key"),
      "its key",
    );
  }
});

t.test("a problem's type leads to a page that explains it in all four languages", async (t) => {
  const page = await send({ path: "/problems/body-too-large", method: "GET", headers: { "accept-language": "ru" } });
  t.equal(page.status, 200);
  t.match(page.headers.get("content-type"), /^text\/html/);
  for (const language of LANGUAGES) t.match(page.text, `<section lang="${language}">`);
  t.match(page.text, /<html lang="ru">/);
  const own = await send({ path: "/problems/already-done", method: "GET" });
  t.notMatch(own.text, "<b>done</b>", "what a sentence says is no markup");
  t.match(own.text, "&lt;b&gt;done&lt;/b&gt;");
  t.equal((await send({ path: "/problems/no-such-problem", method: "GET" })).status, 404);
});

t.test("no answer with what somebody may see is kept by a cache on the way", async (t) => {
  const reading = await send({ path: `/registration/cases/${caseId}`, method: "GET" });
  t.equal(reading.status, 200);
  t.equal(reading.headers.get("cache-control"), "no-store");
  t.equal(reading.headers.get("x-content-type-options"), "nosniff");
});

/** Bytes as they are, to a server that need not understand them; the whole answer. */
const sendBytes = (bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(node.address);
    let answer = "";
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.on("data", (data) => (answer += data.toString()));
    socket.on("close", () => {
      resolve(answer);
    });
    socket.on("error", reject);
  });

t.test("what is no request at all is told as a problem too", async (t) => {
  for (const [code, status, bytes] of [
    ["request-unreadable", 400, "FOO / HTTP/1.1\r\nHost: x\r\n\r\n"],
    ["headers-too-large", 431, `GET / HTTP/1.1\r\nHost: x\r\nX: ${"a".repeat(100_000)}\r\n\r\n`],
  ] as const) {
    const answer = await sendBytes(bytes);
    t.match(answer, `HTTP/1.1 ${status} `);
    t.match(answer, "application/problem+json");
    t.match(answer, `"code":"${code}"`);
  }
});

t.test("a websocket is opened where one is served, and nowhere else", async (t) => {
  const upgrade = (path: string): string =>
    `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`;
  for (const path of ["/health/live", "/openapi.json", "/nothing"])
    t.match(await sendBytes(upgrade(path)), "HTTP/1.1 404 ", path);
});
