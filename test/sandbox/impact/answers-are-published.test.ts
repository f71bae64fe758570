import { expect, test } from "vitest";
import { acme, conversionForm } from "./acme.ts";
import { errorReasons } from "./crediting/error-reason.ts";
import { nextId } from "./next-id.ts";
import { publishedOpenApi, readPublished } from "./published-openapi.ts";
import type { PublishedSchema } from "./published-openapi.ts";
import { queueSubmission } from "./submissions/queue-submission.ts";
import { actionItemView, actionView } from "./views/action-view.ts";
import { addClick } from "./create-state.ts";
import { campaignView } from "./views/campaign-view.ts";
import { clickView } from "./views/click-view.ts";
import { companyView } from "./views/company-view.ts";
import { contractView } from "./views/contract-view.ts";
import { partnerView } from "./views/partner-view.ts";
import { promoCodeView } from "./views/promo-code-view.ts";
import { submissionView } from "./views/submission-view.ts";
import { actionsOf } from "./who-was-paid.ts";

/** Every key an answer has, and every value of a closed list, that the published schema lacks. */
function unpublished(source: string, schemaName: string, answer: unknown): string[] {
  const { schemas, resolve } = readPublished(source);
  const walk = (value: unknown, given: PublishedSchema, at: string): string[] => {
    const schema = resolve(given);
    if (Array.isArray(value))
      return value.flatMap((entry) => walk(entry, schema.items ?? {}, `${at}[]`));
    if (typeof value === "string")
      return schema.enum?.includes(value) === false ? [`${at}=${value}`] : [];
    if (typeof value !== "object" || value === null || value instanceof Date) return [];
    return Object.entries(value).flatMap(([key, entry]) => {
      const property = schema.properties?.[key];
      return property === undefined ? [`${at}.${key}`] : walk(entry, property, `${at}.${key}`);
    });
  };
  return walk(answer, schemas[schemaName] ?? {}, schemaName);
}

function answers(): Record<string, [source: string, schemaName: string, answer: unknown]> {
  const { state, account } = acme();
  const now = state.clock.now();
  const form = conversionForm({ MediaId: "10000" });
  const submission = queueSubmission(state, account, "Conversion", form);
  const [action] = actionsOf(state);
  const [item] = action?.items ?? [];
  const [[program], [partner], [contract]] = [
    account.programs,
    account.partners,
    account.contracts,
  ];
  if (!action || !item || !program || !partner || !contract) throw new Error("acme is incomplete");
  const ids = {
    id: nextId(state),
    programId: "1000",
    partnerId: "10000",
    dealId: "",
    dealName: "",
  };
  const click = addClick(account, { ...ids, id: "Click-1", at: now });
  const dates = { createdAt: now, startsAt: now, endsAt: null };
  const code = { ...ids, ...dates, code: "ANNA10", type: "LI", creditPolicy: "ALWAYS" } as const;
  return {
    "company information": ["account", "CompanyInformation", companyView(account)],
    program: ["programs", "Program", campaignView(account, program)],
    contract: ["contracts", "Contract", contractView(account, contract, now)],
    partner: ["partners", "Partner", partnerView(account, partner, [contract])],
    click: ["clicks", "Click", clickView(account, click)],
    "promo code": ["promocodes", "PromoCode", promoCodeView(account, code, now)],
    submission: ["submissions", "ApiSubmission", submissionView(account, submission, now)],
    action: ["actions", "Action", actionView(account, action, now)],
    "action item": ["actions", "ActionItem", actionItemView(account, action, item)],
  };
}

if (!publishedOpenApi.present) {
  test("the published OpenAPI files are not beside this repository, so answers were not compared", () => {
    console.warn(`No comparison of answers: ${publishedOpenApi.folder} is absent.`);
  });
}

for (const [name, expected] of Object.entries(publishedOpenApi.present ? answers() : {})) {
  test(`a ${name} has no key and no listed value that is not published`, () => {
    expect(unpublished(...expected)).toEqual([]);
  });
}

if (publishedOpenApi.present) {
  test("every reason for an error is published, but the one from the help centre", () => {
    const { schemas } = readPublished("submissions");
    const published = schemas.FtpErrorDetail?.properties?.Reason?.enum ?? [];
    expect(errorReasons.filter((reason) => !published.includes(reason))).toEqual([
      "CONV_MALFORMED",
    ]);
  });
}
