import type { Code } from "../codes/discount.ts";
import { ELSEWHERE } from "../codes/families/join-families.ts";
import type { CodeFamily } from "../codes/families/code-family.ts";
import { otherSpelling } from "../codes/registered-as.ts";
import { oldestReportable } from "../conversions/reporting-limit.ts";
import { sendUnsent } from "../codes/send-unsent.ts";
import type { DiscountCode, ShopDomain } from "../ids.ts";
import { failure, success, type Problem, type Result } from "../result.ts";
import type { CodeDifference } from "./code-difference.ts";
import { registerAgain, type Repaired, type RepairPorts } from "./repair-difference.ts";

/**
 * Ends the registration that differs. Where the code still works in Shopify it is then registered
 * anew, to our partner and until the discount ends.
 */
export async function endTheirs(
  ports: RepairPorts,
  shop: ShopDomain,
  difference: CodeDifference,
): Promise<Result<Repaired, Problem>> {
  const { store, shopify, impact, clock } = ports;
  const { kind, promoCodeId, codeId, endsHere } = difference;
  const ours = codeId && (await store.codes.find(shop, codeId));
  const isAlone = !difference.isShared && !(ours && ours.familyId && kind === "ends-differ");
  if (!isAlone) return failure(standsForOthers(difference.subject));
  const connection = await store.connections.find(shop);
  if (!connection?.program) return failure(notConnected());
  if (codeId === null) {
    const code = difference.subject as DiscountCode;
    const there = await shopify.findDiscountByCode(shop, code);
    if (!there.ok) return there;
    if (there.value) return failure(livesInShopify(code, there.value.title));
  }
  if (promoCodeId && (await store.changes.isSharedElsewhere(shop, promoCodeId))) {
    return failure(isAnotherShops(difference.subject));
  }
  const hasEnded = endsHere !== null && endsHere <= clock.now();
  const isAnew = isMadeAnew(difference, hasEnded);
  const isOurs =
    ours && ours.impactState === "registered" && ours.impactPromoCodeId === promoCodeId;
  const waits = isOurs && !isAnew ? await whyStillNeeded(ports, ours) : null;
  if (waits) return failure(waits);
  const ended = promoCodeId && (await impact.endPromoCode(connection.credentials, promoCodeId));
  if (ended && !ended.ok) return ended;
  if (isAnew) {
    return success((tx, now) => registerAgain(tx, shop, difference, now));
  }
  return success(async (tx) => {
    // Its other registration goes on.
    if (codeId !== null && kind !== "registered-twice") {
      await tx.codeRepairs.noteExpired(shop, codeId);
    }
  });
}

/** Orders that its registration is to earn: impact.com may look for it when it is told of them. */
async function whyStillNeeded(
  { store, clock }: RepairPorts,
  { shop, id, code }: Code,
): Promise<Problem | null> {
  const now = clock.now();
  const placed = { from: oldestReportable(now), oldBefore: now };
  const orders = (await store.changes.countOlderOrders(shop, [id], placed)).get(id)?.all ?? 0;
  if (orders === 0) return null;
  const left = orders === 1 ? "1 order" : `${orders.toLocaleString("en")} orders`;
  const need =
    orders === 1 ? "is still to be reported, and needs" : "are still to be reported, and need";
  const message = `${left} with ${code} ${need} that registration. Try again when that is done; Orders says what they wait for.`;
  return { kind: "orders-first", retry: "later", message };
}

function isMadeAnew({ kind }: CodeDifference, hasEnded: boolean): boolean {
  if (kind === "ends-differ") return !hasEnded;
  return kind === "other-partner-there" || kind === "registered-otherwise";
}

/**
 * The code belongs to the partner whom impact.com names, from now on. The first one's orders that
 * wait for it go out, or end with the reason: nothing else will come to let them go.
 */
export async function followTheirs(
  { store, impact, clock }: RepairPorts,
  shop: ShopDomain,
  { codeId, subject, theirPartnerId: partnerId, promoCodeId }: CodeDifference,
): Promise<Result<Repaired, Problem>> {
  if (codeId === null || partnerId === null || promoCodeId === null) return failure(unknown());
  const partner = await store.partners.find(shop, partnerId);
  if (!partner) return failure(unknown());
  if (!partner.hasContract) return failure(noContract(partner.name));
  // A family that is planned after this is compared with their registration, which stands.
  const code = subject as DiscountCode;
  const family = (await store.families.findFor(shop, [code])).get(code);
  if (family && family.partner.partnerId !== partnerId) return failure(isMatched(code, family));
  const elsewhere = (await store.families.findElsewhere(shop, [code])).get(code);
  if (elsewhere && elsewhere !== partnerId) return failure(isMatchedElsewhere(code));
  const connection = await store.connections.find(shop);
  if (!connection?.program) return failure(notConnected());
  const query = { now: clock.now(), priority: "read" as const };
  const read = await impact.readPromoCode(connection.credentials, promoCodeId, query);
  if (!read.ok) return read;
  const { startsAt = null, code: spelling = code } = read.value ?? {};
  const theirs = { partnerId, promoCodeId, registeredAs: otherSpelling(spelling, code), startsAt };
  return success(async (tx, now) => {
    await tx.codeRepairs.followImpact(shop, codeId, theirs, now);
    const unsent = await tx.conversions.listUnsentForCode(shop, code);
    await sendUnsent(tx, shop, unsent, now);
  });
}

export function notConnected(): Problem {
  const message = "Connect impact.com and choose a program first.";
  return { kind: "not-connected", retry: "never", message };
}

function livesInShopify(code: DiscountCode, title: string): Problem {
  const message = `${code} is a code of “${title}” in Shopify by now, so customers use it. Assign it to a partner under Codes instead.`;
  return { kind: "lives-in-shopify", retry: "never", message };
}

function standsForOthers(subject: string): Problem {
  const message = `${subject} shares its registration at impact.com with other codes, which would end with it. Check again to see what can be done instead.`;
  return { kind: "shared-registration", retry: "never", message };
}

/** Nothing may be told of the other shop but that it is there. */
export function isAnotherShops(subject: string): Problem {
  const message = `The registration of ${subject} at impact.com can't be ended: another shop of the same impact.com account uses it too.`;
  return { kind: "shared-registration", retry: "never", message };
}

function isMatched(code: DiscountCode, { partner, shape }: CodeFamily): Problem {
  const message = `${code} is one of the codes ${shape} that impact.com credits to ${partner.name}. End that registration instead.`;
  return { kind: "of-a-family", retry: "never", message };
}

function isMatchedElsewhere(code: DiscountCode): Problem {
  const message = `${code} ${ELSEWHERE}. End that registration instead.`;
  return { kind: "of-a-family", retry: "never", message };
}

function unknown(): Problem {
  const message = "This app doesn't know that partner. Sync partners, then try again.";
  return { kind: "unknown-partner", retry: "never", message };
}

function noContract(name: string): Problem {
  const message = `${name} has no live contract with this program, so impact.com would pay nothing. End that registration instead.`;
  return { kind: "no-contract", retry: "never", message };
}
