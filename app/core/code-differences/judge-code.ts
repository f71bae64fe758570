import { hasEnded } from "../codes/why-ended.ts";
import { seconds } from "../seconds.ts";
import type {
  CodeKind,
  CodeStory,
  FoundDifference,
  ImpactSide,
  OurSide,
} from "./code-difference.ts";

export interface RunView {
  now: Date;
  /** impact.com's registrations were read to their end. */
  isImpactRead: boolean;
  /** Another shop reports to the same program: what is not ours there may well be its. */
  isProgramShared: boolean;
}

/**
 * What of a code's three stories differs; null where they agree, where something is under way, or
 * where more than this code is meant and its discount or partner says so. One code, one difference:
 * the one that has to be repaired first.
 */
export function judgeCode(story: CodeStory, run: RunView): FoundDifference | null {
  const { ours } = story;
  if (story.isChanging) return null;
  const kind = ours ? kindOfOurs(story, ours, run) : kindOfTheirs(story, run);
  return kind && describe(kind, story, run.now);
}

function kindOfTheirs(
  { ours, inShopify, atImpact, matchedBy }: CodeStory,
  run: RunView,
): CodeKind | null {
  if (inShopify) return "only-in-shopify";
  const isKnownThere = isStanding(atImpact) && !atImpact.isPattern;
  if (!ours && isKnownThere && (matchedBy?.isOurs || (matchedBy && !run.isProgramShared))) {
    return "two-partners-there";
  }
  // What was ours is no other shop's, whoever reports to the program.
  const isOurs = ours !== null || !run.isProgramShared;
  return run.isImpactRead && isKnownThere && isOurs ? "only-at-impact" : null;
}

function kindOfOurs(story: CodeStory, ours: OurSide, run: RunView): CodeKind | null {
  switch (ours.shopifyState) {
    case "retired":
      return kindOfTheirs(story, run);
    // Under way, and on the Problems page; a customer may use it all the same.
    case "planned":
      return story.inShopify && ours.isGivenUp ? "works-though-failed" : null;
    case "failed":
      return story.inShopify ? "works-though-failed" : null;
    case "live":
      if (opensAnother(story, ours)) return "in-other-discount";
      if (ours.discount.isDeleted) return null;
      if (!story.inShopify && !ours.discount.isCut) return "missing-in-shopify";
      if (story.inShopify && worksPastEnd(ours, run.now)) return "past-its-end";
      return run.isImpactRead ? kindAtImpact(story, ours, run.now) : null;
  }
}

/** Somebody has moved it to another discount, with another end, and maybe other terms. */
function opensAnother({ inShopify }: CodeStory, { discount }: OurSide): boolean {
  return inShopify !== null && inShopify.discountId !== discount.discountId;
}

/** Of a code that is live in Shopify. */
function kindAtImpact(
  { atImpact, matchedBy, twin, isWidened }: CodeStory,
  ours: OurSide,
  now: Date,
): CodeKind | null {
  const { partner, discount } = ours;
  const runs = !hasEnded(discount.endsAt, now) && !discount.isDeactivated;
  // What ended on both sides is right; without a contract impact.com takes no registration.
  const shouldStand = runs && partner?.hasContract;
  if (ours.familyId !== null && (!isStanding(atImpact) || atImpact.isPattern)) {
    return shouldStand ? kindInFamily(atImpact, ours, now) : null;
  }
  if (partner === null && isStanding(atImpact)) return "other-partner-there";
  if (ours.impactState === "planned") {
    return shouldStand && waitsLong(ours, now) ? "not-registered" : null;
  }
  if (isStanding(atImpact)) {
    if (atImpact.partnerId !== partner?.partnerId) return "other-partner-there";
    if (matchedBy) return "two-partners-there";
    if (twin) return "registered-twice";
    if (endsDiffer(atImpact, discount, now)) return "ends-differ";
    if (!shouldStand || ours.impactState === "failed") return null;
    if (ours.impactState === "expired") return "not-registered";
    if (isOtherwise(atImpact, ours, now)) return "registered-otherwise";
    return isWidened ? "family-widens" : null;
  }
  if (!shouldStand || ours.impactState === "failed") return null;
  return atImpact ? "ends-differ" : "missing-at-impact";
}

/** How a family stands there is one difference for all its codes: a code may only have missed it. */
function kindInFamily(atImpact: ImpactSide | null, ours: OurSide, now: Date): CodeKind | null {
  if (!isStanding(atImpact) || atImpact.partnerId !== ours.partner?.partnerId) return null;
  const isBehind =
    ours.impactState === "expired" || (ours.impactState === "planned" && waitsLong(ours, now));
  return isBehind ? "not-registered" : null;
}

/** Long enough for what is under way to have been done, or tried again. */
const LONG_MS = 86_400_000;

/** At its own end a code is retired: nobody has done so for a day, and customers go on using it. */
function worksPastEnd({ pastEnd, discount }: OurSide, now: Date): boolean {
  if (discount.isDeactivated || pastEnd === null) return false;
  return pastEnd.getTime() <= now.getTime() - LONG_MS;
}

function waitsLong({ liveAt }: OurSide, now: Date): boolean {
  return liveAt !== null && liveAt.getTime() <= now.getTime() - LONG_MS;
}

/**
 * A later end at impact.com harms nobody as long as the code still works in Shopify. An expression can't
 * be made to end later for one of its codes: that is looked at once it has ended.
 */
function endsDiffer(there: ImpactSide, here: OurSide["discount"], now: Date): boolean {
  if (here.isDeactivated) return false;
  // One that was made for the orders of an ended code ends by itself, within the day.
  if (hasEnded(here.endsAt, now))
    return !there.endsAt || there.endsAt.getTime() > now.getTime() + LONG_MS;
  if (there.isPattern) return false;
  return (
    there.endsAt !== null && (here.endsAt === null || seconds(there.endsAt) < seconds(here.endsAt))
  );
}

function isOtherwise(there: ImpactSide, ours: OurSide, now: Date): boolean {
  return (
    !there.isPattern && (otherPolicy(there, ours) !== null || lateStart(there, ours, now) !== null)
  );
}

/** What it is, where it is not as it should be. */
function otherPolicy({ creditPolicy }: ImpactSide, { reach }: OurSide): string | null {
  return creditPolicy !== null && creditPolicy !== (reach ?? "ALWAYS") ? creditPolicy : null;
}

/** A start that is past can't be mended: no registration can be made to have begun earlier. */
function lateStart({ startsAt }: ImpactSide, ours: OurSide, now: Date): Date | null {
  const isLate = startsAt && startsAt > now && seconds(startsAt) > seconds(ours.startsAt);
  return isLate ? startsAt : null;
}

function isStanding(atImpact: ImpactSide | null): atImpact is ImpactSide {
  return atImpact !== null && !atImpact.isEnded;
}

function describe(kind: CodeKind, story: CodeStory, now: Date): FoundDifference {
  const { code, ours, inShopify, atImpact } = story;
  const found: FoundDifference = {
    kind,
    subject: code,
    codeId: ours?.codeId ?? null,
    discountId: inShopify?.discountId ?? ours?.discount.discountId ?? null,
    ourPartnerId: ours?.partner?.partnerId ?? null,
    theirPartnerId: atImpact?.partnerId ?? null,
    promoCodeId: isStanding(atImpact) ? atImpact.promoCodeId : null,
    familyId: ours?.familyId ?? null,
    isShared: atImpact?.isPattern ?? false,
    endsHere: ours?.discount.endsAt ?? null,
    endsThere: atImpact?.endsAt ?? null,
    ...{ creditPolicy: null, startsThere: null },
    codes: 1,
    familyCodes: ours?.familyId ? 1 : 0,
    familyEndings: 0,
  };
  if (kind === "two-partners-there") return { ...found, ...namePair(story) };
  if (kind === "in-other-discount") return { ...found, endsHere: inShopify?.endsAt ?? null };
  if (kind === "registered-otherwise") return { ...found, ...nameTerms(story, now) };
  if (kind !== "registered-twice" || !story.twin) return found;
  // The one that we don't know of is theirs.
  const { promoCodeId, partnerId: theirPartnerId } = story.twin;
  return { ...found, promoCodeId, theirPartnerId };
}

function nameTerms({ ours, atImpact }: CodeStory, now: Date): Partial<FoundDifference> {
  if (!ours || !atImpact) return {};
  const startsThere = lateStart(atImpact, ours, now);
  return { creditPolicy: otherPolicy(atImpact, ours), startsThere };
}

/** Of the two registrations the other one is theirs: the expression where the code is ours. */
function namePair({ ours, matchedBy }: CodeStory): Partial<FoundDifference> {
  if (!matchedBy) return {};
  const { partnerId, promoCodeId, isOurs } = matchedBy;
  return ours
    ? { theirPartnerId: partnerId, promoCodeId }
    : { ourPartnerId: isOurs ? partnerId : null };
}
