import { once } from "node:events";
import { connect, constants, createServer, type IncomingHttpHeaders, type ServerHttp2Stream } from "node:http2";
import type { AddressInfo } from "node:net";
import type { Test } from "tap";

/** Stands before a server and passes its calls on. Unlike a proxy of bytes it tells them apart, by their gRPC name. */
export interface Front {
  readonly url: string;
  /** Refuses the next call of that name as a node does that leads no more. The one to ask is the front again. */
  deposeFor(name: string): void;
  /** Lets no answer to calls of that name through until it is told to; then what was held comes first. */
  holdAnswers(name: string): { held(): number; letThrough(): void };
  /** Ends the first call of that name that is under way, which says UNAVAILABLE, as where a connection is lost. */
  endFirst(name: string): void;
  /** What came with each call of that name. */
  headersOf(name: string): readonly IncomingHttpHeaders[];
}

interface Call {
  readonly name: string;
  readonly headers: IncomingHttpHeaders;
  readonly near: ServerHttp2Stream;
}

type InOrder = (answer: () => void) => void;

const ANSWER = { ":status": 200, "content-type": "application/grpc+proto" };
/** Status of gRPC. */
const NOT_FOUND = "5";

const listen = async (
  t: Test,
): Promise<{ readonly server: ReturnType<typeof createServer>; readonly port: number }> => {
  const server = createServer().on("session", (session) => t.teardown(() => session.destroy()));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.teardown(() => server.close());
  return { server, port: (server.address() as AddressInfo).port };
};

const connectTo = (t: Test, host: string): ((call: Call, inOrder: InOrder) => void) => {
  const session = connect(`http://${host}`).on("error", () => undefined);
  t.teardown(() => session.destroy());
  return ({ near, headers }, inOrder) => {
    const far = session.request(headers);
    let trailers: IncomingHttpHeaders = {};
    far.on("response", ({ ":status": _, ...answer }) =>
      inOrder(() => near.closed || near.respond({ ...answer, ...ANSWER }, { waitForTrailers: true })),
    );
    far.on("data", (bytes: Buffer) => inOrder(() => near.writable && near.write(bytes)));
    far.on("trailers", (given) => (trailers = given));
    far.on("end", () => inOrder(() => near.end()));
    near.on("wantTrailers", () => near.sendTrailers(trailers));
    near.on("close", () => far.close()).pipe(far);
    for (const side of [near, far]) side.on("error", () => undefined);
  };
};

/** @param url of one node without TLS, `esdb://host:port?…`. */
export const startFront = async (t: Test, url: string): Promise<Front> => {
  const [, host = "", options = ""] = /^esdb:\/\/([^?]+)(.*)$/.exec(url) ?? [];
  const pass = connectTo(t, host);
  const { server, port } = await listen(t);
  const calls: Call[] = [];
  const deposed = new Set<string>();
  const held = new Map<string, (() => void)[]>();
  const leader = { "leader-endpoint-host": "127.0.0.1", "leader-endpoint-port": String(port) };
  server.on("stream", (near, headers) => {
    const call = { near, headers, name: headers[":path"]?.split("/").at(-1) ?? "" };
    if (deposed.delete(call.name))
      return near.respond(
        { ...ANSWER, "grpc-status": NOT_FOUND, exception: "not-leader", ...leader },
        { endStream: true },
      );
    calls.push(call);
    pass(call, (answer) => held.get(call.name)?.push(answer) ?? answer());
  });
  return {
    url: `esdb://127.0.0.1:${port}${options}`,
    deposeFor: (name) => deposed.add(name),
    holdAnswers(name) {
      const answers: (() => void)[] = [];
      held.set(name, answers);
      const letThrough = (): void => {
        held.delete(name);
        for (const answer of answers) answer();
      };
      return { held: () => answers.length, letThrough };
    },
    endFirst(name) {
      const first = calls.find((call) => call.name === name && !call.near.closed);
      first?.near.close(constants.NGHTTP2_REFUSED_STREAM);
    },
    headersOf: (name) => calls.filter((call) => call.name === name).map(({ headers }) => headers),
  };
};
