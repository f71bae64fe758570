import { oldestReportable } from "../conversions/reporting-limit.ts";
import type { DiscountCode, PartnerId, ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { Stores } from "../ports/store.ts";
import { failure, success, type Problem, type Result } from "../result.ts";
import { lookUpAtImpact, whyRegistered } from "../uploads/look-up-at-impact.ts";
import { isOfFamily, joinFamilies } from "./families/join-families.ts";
import type { Code, DiscountTerms } from "./discount.ts";
import { startOf } from "./preview-assignment.ts";
import { queueLate } from "./queue-late.ts";
import { whyNotOurs } from "./why-not-ours.ts";

interface Wish {
  shop: ShopDomain;
  code: DiscountCode;
  partnerId: PartnerId;
  /** Null means all that can still be reported. */
  since: Date | null;
}

type AssignProblem = Problem<"cannot-assign">;

/** How a code comes in that is not ours yet. */
interface Adoption {
  shopifyId: string;
  terms: DiscountTerms;
}

/**
 * Gives a code to a partner from some past day on: one that was made in Shopify becomes ours first.
 * Its registration and its past orders follow by themselves. Done again it changes nothing.
 */
export async function assignCode(
  ports: Ports,
  wish: Wish,
): Promise<Result<{ codeId: string }, AssignProblem>> {
  const { store, clock } = ports;
  const now = clock.now();
  const from = startOf(wish.since, oldestReportable(now));
  const ours = await store.codes.findByCode(wish.shop, wish.code);
  const found = ours ? success(null) : await readAdoption(ports, wish, from);
  if (!found.ok) return found;
  const why = (await partnerProblem(ports, wish, ours)) ?? (await impactProblem(ports, wish, ours));
  if (why) return failure(problem(why));

  return store.inTransaction(async (tx) => {
    await tx.families.hold(wish.shop, "adding");
    // One that the partner's own family matches is registered by itself all the same: its past
    // orders may be older than the family's registration is.
    const [other] = (await joinFamilies(tx, wish.shop, [wish])).others;
    if (other) return failure(problem(isOfFamily(wish.code, other.family)));
    if (found.value) await tx.discounts.adopt(wish.shop, { ...found.value, code: wish.code }, now);
    return assign(tx, wish, { from, now });
  });
}

async function assign(
  tx: Stores,
  { shop, code, partnerId }: Wish,
  { from, now }: { from: Date; now: Date },
): Promise<Result<{ codeId: string }, AssignProblem>> {
  const mine = await tx.codes.findByCode(shop, code);
  if (!mine) throw new Error(`code ${code} was not adopted`);
  await tx.codes.assign(shop, mine.id, { partnerId, startsAt: from });
  const assigned = await tx.codes.find(shop, mine.id);
  // Somebody else may have been faster.
  const owner = assigned?.partner;
  if (owner?.partnerId !== partnerId) return failure(problem(belongsTo(code, owner?.name)));
  await tx.codeDifferences.removeOfCodes(shop, [code]);
  if (mine.impactState !== "registered") {
    await tx.queue.send("register-code", { shop, codeId: mine.id });
  }
  await queueLate(tx.queue, { shop, codeId: mine.id }, now);
  return success({ codeId: mine.id });
}

async function readAdoption(
  { shopify }: Ports,
  { shop, code }: Wish,
  from: Date,
): Promise<Result<Adoption, AssignProblem>> {
  const read = await shopify.readDiscountTerms(shop, code);
  if (!read.ok) return failure(problem(`Shopify could not be asked. ${read.problem.message}`));
  if (!read.value) {
    return failure(
      problem(`Shopify has no discount with the code ${code} any more, so it can't be assigned.`),
    );
  }
  const { discountId: shopifyId, terms } = read.value;
  // Its orders show that it ran then, whatever start it has been given since.
  const startsAt = terms.startsAt > from ? from : terms.startsAt;
  return success({ shopifyId, terms: { ...terms, startsAt } });
}

async function partnerProblem(
  { store }: Ports,
  { shop, code, partnerId }: Wish,
  ours: Code | null,
): Promise<string | null> {
  const partner = await store.partners.find(shop, partnerId);
  if (!partner) return "impact.com knows no such partner. Sync partners again.";
  if (!partner.hasContract) {
    return `${partner.name} has no live contract with this program, so impact.com would pay nothing. Offer one at impact.com, then sync partners.`;
  }
  if (ours?.shopifyState === "failed") {
    return `${code} could not be made in Shopify. Mend that on the Problems page first.`;
  }
  if (ours?.shopifyState === "retired") {
    return `${code} was retired, and stays as history. Make the partner another code.`;
  }
  const isFree = !ours?.partner || ours.partner.partnerId === partnerId;
  return isFree ? null : belongsTo(code, ours.partner?.name);
}

function belongsTo(code: DiscountCode, name = "another partner"): string {
  return `${code} belongs to ${name} already. A code has one partner at a time.`;
}

/** A registration of somebody else's would send the past orders' money to them. */
async function impactProblem(
  { store, impact, clock }: Ports,
  { shop, code, partnerId }: Wish,
  ours: Code | null,
): Promise<string | null> {
  const connection = await store.connections.find(shop);
  if (!connection?.program || ours?.impactState === "registered") return null;
  const { programId } = connection.program;
  const query = { programId, code, now: clock.now(), priority: "asked" as const };
  const found = await impact.findPromoCode(connection.credentials, query);
  if (!found.ok) return `${code} could not be checked at impact.com. ${found.problem.message}`;
  const reason = found.value && whyNotOurs(found.value, { code, partnerId, during: null });
  if (reason) return `${reason}. Expire it there first.`;
  // Families are told of by themselves, and another shop's not by name.
  const [other] = (await joinFamilies(store, shop, [{ code, partnerId }])).others;
  if (other) return isOfFamily(code, other.family);
  const { findStanding } = await lookUpAtImpact({ store, impact, clock }, shop);
  const expressions = findStanding(code).filter(({ isPattern }) => isPattern);
  return whyRegistered(expressions, { code, partnerId });
}

function problem(message: string): AssignProblem {
  return { kind: "cannot-assign", retry: "never", message };
}
