import { isActive, sameCode } from "../crediting/match-promo-code.ts";
import { page } from "../http/page.ts";
import { notFound, ok, refusal } from "../http/reply.ts";
import { nextId } from "../next-id.ts";
import type { PromoCode } from "../state.ts";
import { promoCodeView } from "../views/promo-code-view.ts";
import { checkPromoCode } from "./check-promo-code.ts";
import type { Context, Handler } from "./context.ts";

export const listPromoCodes: Handler = ({ state, account, query, now, path }) => {
  const holds = (name: string, test: (wanted: string) => boolean) => {
    const wanted = query.get(name);
    return wanted === null || test(wanted);
  };
  const rows = account.promoCodes.filter(
    (code) =>
      holds("CampaignId", (id) => code.programId === id) &&
      holds("Code", (wanted) => sameCode(code.code, wanted, state.rules.codeCase)) &&
      holds("StartDate", (date) => code.startsAt >= new Date(date)) &&
      holds("EndDate", (date) => code.endsAt !== null && code.endsAt <= new Date(date)) &&
      holds("State", (wanted) => isActive(code, now) === (wanted === "ACTIVE")),
  );
  return page(rows, { path, query, key: "PromoCodes" }, (code) =>
    promoCodeView(account, code, now),
  );
};

export const createPromoCode: Handler = (context) => {
  const { state, account, now, path } = context;
  const code = readPromoCode(context);
  const errors = checkPromoCode(account, code, now, state.rules);
  if (errors.length > 0) return refusal(400, "Validation Failed", errors);
  const id = nextId(state);
  account.promoCodes.push({ ...code, id });
  return ok({ Status: "OK", Uri: `${path}/${id}` });
};

export const getPromoCodeById: Handler = ({ account, params, now }) => {
  const code = account.promoCodes.find(({ id }) => id === params.PromoCodeId);
  return code === undefined ? notFound("Promo code") : ok(promoCodeView(account, code, now));
};

/** Expires the code; one that is expired already stays as it is. */
export const expirePromoCode: Handler = ({ account, params, now, path }) => {
  const code = account.promoCodes.find(({ id }) => id === params.PromoCodeId);
  if (code === undefined) return notFound("Promo code");
  if (code.endsAt === null || code.endsAt > now) code.endsAt = secondOf(now);
  return ok({ Status: "OK", Uri: path });
};

function readPromoCode({ form, now }: Context): PromoCode {
  const text = (name: string) => form.get(name) ?? "";
  const policy = text("CreditPolicy");
  return {
    id: "",
    code: text("Code"),
    type: text("Type") === "RE" ? "RE" : "LI",
    creditPolicy: policy === "INVOLVED" || policy === "WINNER" ? policy : "ALWAYS",
    programId: text("CampaignId"),
    partnerId: text("AssignedPartnerId"),
    dealId: text("DealId"),
    dealName: text("DealName"),
    createdAt: now,
    // Without a StartDate a code is active "from the minute of creation".
    startsAt: form.has("StartDate") ? new Date(text("StartDate")) : minuteOf(now),
    endsAt: form.has("EndDate") ? new Date(text("EndDate")) : null,
  };
}

/** impact.com's dates have whole seconds. */
function secondOf(date: Date): Date {
  return new Date(date.getTime() - (date.getTime() % 1_000));
}

function minuteOf(date: Date): Date {
  return new Date(date.getTime() - (date.getTime() % 60_000));
}
