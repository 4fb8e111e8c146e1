import { ROLES, roleSchema } from "@safar/contracts";
import { openLocalIssuer, readSettings, realEnvironment, type Identity } from "@safar/service-kit";
import { NotDone, runCommand, say, WrongUsage } from "@safar/service-kit/command-line";

const usage = `npm run -s token -- --role ROLE [--unit UNIT] [--subject ID] [--case CASE] [--link]

Prints a token of the local issuer of SAFAR_DATA, or with --link an address that signs in once.
  --role     ${ROLES.join(", ")}
  --unit     branch (SOATO code), agency licence or employer id
  --subject  who; default: role and unit joined by a dash
  --case     the one case of a candidate`;

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
    const identity: Identity = {
      subject: values.subject ?? [role, values.unit].filter(Boolean).join("-"),
      role,
      ...(values.unit === undefined ? {} : { unit: values.unit }),
      ...(values.case === undefined ? {} : { caseId: values.case }),
    };
    const issuer = await openLocalIssuer(settings.SAFAR_DATA, realEnvironment());
    if (values.link !== true) return void say(await issuer.signAccess(identity));
    const base = settings.SAFAR_PUBLIC_URL ?? `http://${settings.SAFAR_HOST}:${settings.SAFAR_PORT}`;
    say(`${base.replace(/\/$/, "")}/sign-in?token=${await issuer.signLink(identity)}`);
  },
});
