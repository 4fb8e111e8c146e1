import { join } from "node:path";
import type { Environment } from "@safar/kernel";
import type { VerifyToken } from "../http/authenticate.ts";
import type { Caller } from "../service/caller.ts";
import type { Settings } from "../settings.ts";
import { openLocalIssuer, type Identity, type LocalIssuer } from "./local-issuer.ts";
import { verifyOfIssuer } from "./openid-connect.ts";
import { unauthenticated } from "./token-faults.ts";
import { openUsedLinks } from "./used-links.ts";

/** Who is believed: the local issuer of the data folder, or one outside issuer. Never both. */
export interface Tokens {
  readonly verify: VerifyToken;
  /** Absent where an outside issuer is set. */
  readonly local?: {
    readonly issuer: LocalIssuer;
    /** Opens a sign-in link, once. @throws ProblemError unauthenticated */
    redeem(link: string): Promise<{ readonly identity: Identity; readonly token: string }>;
  };
  close(): Promise<void>;
}

const identityOf = ({ subject, role, unit, caseId }: Caller): Identity => ({
  subject,
  role,
  ...(unit === undefined ? {} : { unit }),
  ...(caseId === undefined ? {} : { caseId }),
});

export const openTokens = async (options: {
  readonly settings: Settings;
  readonly dataFolder: string;
  readonly environment: Environment;
}): Promise<Tokens> => {
  const { settings, dataFolder, environment } = options;
  if (settings.OIDC_ISSUER !== undefined)
    return { verify: verifyOfIssuer(settings, environment), close: () => Promise.resolve() };
  const issuer = await openLocalIssuer(dataFolder, environment);
  const usedLinks = openUsedLinks(join(dataFolder, "sign-in.sqlite"));
  return {
    verify: (token) => issuer.authenticate(token),
    local: {
      issuer,
      async redeem(link) {
        const { caller, linkId, expiresAt } = await issuer.redeemLink(link);
        if (!usedLinks.use(linkId, expiresAt, environment.clock.now())) throw unauthenticated("link-used");
        const identity = identityOf(caller);
        return { identity, token: await issuer.signAccess(identity) };
      },
    },
    close: () => {
      usedLinks.close();
      return Promise.resolve();
    },
  };
};
