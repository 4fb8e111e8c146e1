import type { Role } from "@safar/contracts";
import type { Environment } from "@safar/kernel";
import { openLocalIssuer, requireDataFolder, type Settings } from "@safar/service-kit";
import { NotDone } from "@safar/service-kit/command-line";

interface Persona {
  readonly role: Role;
  readonly unit?: string;
  readonly subject?: string;
}

/** Tokens of the local issuer of `SAFAR_DATA`, one a persona. @throws NotDone where an outside issuer is set */
export const localTokens = async (settings: Settings, environment: Environment) => {
  if (settings.OIDC_ISSUER !== undefined)
    throw new NotDone(`Tokens come from ${settings.OIDC_ISSUER}: set SAFAR_TOKEN to one of its tokens.`);
  requireDataFolder(settings.SAFAR_DATA);
  const issuer = await openLocalIssuer(settings.SAFAR_DATA, environment);
  const known = new Map<string, Promise<string>>();
  return {
    of({ role, unit, subject = [role, unit].filter(Boolean).join("-") }: Persona): Promise<string> {
      const token = known.get(subject) ?? issuer.signAccess({ subject, role, ...(unit === undefined ? {} : { unit }) });
      known.set(subject, token);
      return token;
    },
  };
};
