import { PREMIUM_SUBSIDY } from "@safar/contracts";
import type { Money } from "@safar/kernel";
import { command, ProblemError, type CommandPlan } from "@safar/service-kit";
import { onPolicy, policy, subsidyYear, subsidyYearIdOf } from "../aggregates.ts";
import type { PolicyState } from "../domain/policy/state.ts";
import { leftFor, type SubsidyYearState } from "../domain/subsidy-year/state.ts";
import { subsidyBody } from "./bodies.ts";

const { maxPerYear, socialLists } = PREMIUM_SUBSIDY;

const requireSocialList = (socialList: string): void => {
  if (socialLists.includes(socialList)) return;
  const params = { values: socialLists.join(", ") };
  throw new ProblemError("invalid-request", { errors: [{ pointer: "/socialList", code: "not-one-of", params }] });
};

/** What can be granted of what was asked for; as it was asked where nothing can, for the deciders to say why. */
const grantable = (asked: Money, premium: Money | undefined, left: number): Money => {
  if (left <= 0 || premium?.currency !== asked.currency || maxPerYear.currency !== asked.currency) return asked;
  return { ...asked, minor: Math.min(asked.minor, premium.minor, left) };
};

/** The year is the one in which it is granted; the sum is the person's, whatever the journey and the policy. */
export const grantPremiumSubsidy = command({
  name: "GrantPremiumSubsidy",
  path: "/policies/:id/subsidies",
  summary: "Subsidise the premium of somebody on a social list, up to the sum that the law grants a person in a year",
  body: subsidyBody,
  stream: ({ params }) => ({ aggregate: policy, id: params.id }),
  async to({ params: { id: policyId }, body, edge }): Promise<CommandPlan> {
    requireSocialList(body.socialList);
    const { state, header } = await edge.load<PolicyState>(policy, policyId);
    const { caseId, personId } = header;
    const asked = { type: "GrantPremiumSubsidy", ...body, most: maxPerYear } as const;
    // Whose policy is not known is no policy: refused where it would be granted.
    if (caseId === undefined || personId === undefined) return onPolicy(policyId, asked);
    const year = Number(edge.today.slice(0, 4));
    const id = subsidyYearIdOf(personId, year);
    const used = await edge.load<SubsidyYearState>(subsidyYear, id);
    const amount = grantable(body.amount, state.premium, leftFor(used.state, policyId, maxPerYear));
    return {
      ...onPolicy(policyId, { ...asked, amount }),
      reserve: {
        aggregate: subsidyYear,
        id,
        command: { type: "ReserveSubsidy", caseId, policyId, year, amount, most: maxPerYear },
        release: { type: "ReleaseSubsidy", policyId },
        header: { personId },
      },
    };
  },
});
