import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import staticFiles from "@fastify/static";
import type { FastifyInstance } from "fastify";

const PAGE = fileURLToPath(new URL("../../web/dist/", import.meta.url));

/** What a page of ours may load and be framed by: itself alone. */
const CONTENT_SECURITY_POLICY =
  "default-src 'self'; connect-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

/** The operators' page at `/`, built beforehand by `npm ci`; absent where it was not built. */
export const pageDoor = async (server: FastifyInstance): Promise<void> => {
  if (!existsSync(PAGE)) return;
  await server.register(staticFiles, {
    root: PAGE,
    prefix: "/",
    wildcard: false,
    index: "index.html",
    setHeaders(reply) {
      void reply.header("content-security-policy", CONTENT_SECURITY_POLICY);
      void reply.header("x-content-type-options", "nosniff");
      void reply.header("referrer-policy", "no-referrer");
    },
  });
};
