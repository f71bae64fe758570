import type { Code, DiscountTerms } from "../codes/discount.ts";
import { registrationTerms, later, type RegistrationTerms } from "../codes/registration-terms.ts";
import { hasEnded } from "../codes/why-ended.ts";
import type { DiscountCode, ShopDomain } from "../ids.ts";
import type { PromoCode } from "../ports/impact.ts";
import { failure, success, type Problem, type Result } from "../result.ts";
import { seconds } from "../seconds.ts";
import type { CodeDifference } from "./code-difference.ts";
import { changed } from "./look-again.ts";
import { registerAgain, type Repaired, type RepairPorts } from "./repair-difference.ts";

/**
 * The code is of the discount that it opens in Shopify from now on, which is managed here where it was
 * not. A registration that ends before that discount does is ended, and made anew until then.
 */
export async function followDiscount(
  ports: RepairPorts,
  shop: ShopDomain,
  difference: CodeDifference,
): Promise<Result<Repaired, Problem>> {
  const { codeId, subject } = difference;
  const ours = codeId && (await ports.store.codes.find(shop, codeId));
  const opened = await ports.shopify.readDiscountTerms(shop, subject as DiscountCode);
  if (!opened.ok) return opened;
  if (!ours || !opened.value) return failure(changed());
  const { discountId: shopifyId, terms } = opened.value;
  const isAnew = await endShort(ports, ours, terms);
  if (!isAnew.ok) return isAnew;
  return success(async (tx, now) => {
    await tx.codeRepairs.moveToDiscount(shop, ours.id, { shopifyId, terms }, now);
    if (isAnew.value) await registerAgain(tx, shop, difference, now);
  });
}

/** Whether the code is to be registered anew; where a registration of its own stands in the way, that is ended. */
async function endShort(
  { store, impact, clock }: RepairPorts,
  ours: Code,
  terms: DiscountTerms,
): Promise<Result<boolean, Problem>> {
  const { shop, partner, familyId, impactState, impactPromoCodeId: promoCodeId } = ours;
  const wanted = registrationTerms(ours, terms);
  const now = clock.now();
  // A family's registration has no end, and what has ended needs none.
  if (!partner || familyId !== null || hasEnded(wanted.endsAt, now)) return success(false);
  if (impactState !== "registered" || promoCodeId === null) return success(true);
  const connection = await store.connections.find(shop);
  if (!connection?.program) return success(false);
  const read = await impact.readPromoCode(connection.credentials, promoCodeId, {
    now,
    priority: "read",
  });
  if (!read.ok) return read;
  const there = read.value;
  if (!there || there.isEnded) return success(true);
  // Another partner's is a difference of its own, and so is what would end for other codes too.
  const isOwn =
    there.partnerId === partner.partnerId && !(await isShared(store, ours, promoCodeId));
  if (!isOwn || !isShort(there, wanted, now)) return success(false);
  const ended = await impact.endPromoCode(connection.credentials, promoCodeId);
  return ended.ok ? success(true) : ended;
}

async function isShared(
  { changes }: RepairPorts["store"],
  ours: Code,
  promoCodeId: string,
): Promise<boolean> {
  const { shop } = ours;
  if ((await changes.countSharing(shop, ours)) > 0) return true;
  return changes.isSharedElsewhere(shop, promoCodeId);
}

/** It ends before the code does, or is to begin after customers can use it. */
function isShort(
  { startsAt, endsAt }: Pick<PromoCode, "startsAt" | "endsAt">,
  wanted: RegistrationTerms,
  now: Date,
): boolean {
  const isLate = startsAt !== null && seconds(startsAt) > seconds(later(wanted.startsAt, now));
  const isEarly =
    endsAt !== null && (wanted.endsAt === null || seconds(endsAt) < seconds(wanted.endsAt));
  return isLate || isEarly;
}
