import { ROLES, roleSchema, SCOPES, type Role } from "@safar/contracts";
import {
  openLocalIssuer,
  readSettings,
  realEnvironment,
  requireDataFolder,
  type Identity,
  type Settings,
} from "@safar/service-kit";
import { NotDone, runCommand, say, WrongUsage } from "@safar/service-kit/command-line";

const usage = `npm run -s token -- --role ROLE [--unit UNIT] [--subject ID] [--case CASE] [--link]

Prints a token of the local issuer of SAFAR_DATA, or with --link an address that signs in once.
  --role     ${ROLES.join(", ")}
  --unit     branch (SOATO code), agency licence or employer id
  --subject  who; default: role and unit joined by a dash
  --case     the one case of a candidate`;

/** Without it the role reaches nothing at all. */
const requireScope = (role: Role, { unit, case: caseId }: { readonly unit?: string; readonly case?: string }): void => {
  const { scope } = SCOPES[role];
  if (scope === "ownCase" && caseId === undefined)
    throw new WrongUsage(`--role ${role} needs --case: a ${role} reaches the one case that the token names`);
  const isOfUnit = scope === "ownUnit" || scope === "ownCandidates" || scope === "ownVacancies";
  if (isOfUnit && unit === undefined)
    throw new WrongUsage(`--role ${role} needs --unit: a ${role} reaches only what is of the token's unit`);
};

/** Where a link leads. @throws NotDone where only the running system knows its port */
const baseOf = ({ SAFAR_PUBLIC_URL: publicUrl, SAFAR_HOST: host, SAFAR_PORT: port }: Settings): string => {
  if (publicUrl !== undefined) return publicUrl.replace(/\/$/, "");
  if (port !== 0) return `http://${host}:${port}`;
  throw new NotDone(
    "SAFAR_PORT is 0: the system took a free port that only its ready line names. Set SAFAR_PORT to that one, or SAFAR_PUBLIC_URL to the address.",
  );
};

await runCommand({
  usage,
  options: {
    role: { type: "string" },
    unit: { type: "string" },
    subject: { type: "string" },
    case: { type: "string" },
    link: { type: "boolean" },
  },
  async run({ values }) {
    const { settings } = readSettings(process.env);
    if (settings.OIDC_ISSUER !== undefined)
      throw new NotDone(`Tokens come from ${settings.OIDC_ISSUER}: ask that issuer, or unset OIDC_ISSUER.`);
    const role = roleSchema.safeParse(values.role).data;
    if (role === undefined) throw new WrongUsage(`--role must be one of ${ROLES.join(", ")}`);
    requireScope(role, values);
    requireDataFolder(settings.SAFAR_DATA);
    const identity: Identity = {
      subject: values.subject ?? [role, values.unit].filter(Boolean).join("-"),
      role,
      ...(values.unit === undefined ? {} : { unit: values.unit }),
      ...(values.case === undefined ? {} : { caseId: values.case }),
    };
    const issuer = await openLocalIssuer(settings.SAFAR_DATA, realEnvironment());
    if (values.link !== true) return void say(await issuer.signAccess(identity));
    say(`${baseOf(settings)}/sign-in?token=${await issuer.signLink(identity)}`);
  },
});
