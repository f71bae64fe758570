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
  return kind && describe(kind, story);
}

function kindOfTheirs({ inShopify, atImpact }: CodeStory, run: RunView): CodeKind | null {
  if (inShopify) return "only-in-shopify";
  const isKnownThere = isStanding(atImpact) && !atImpact.isPattern;
  return run.isImpactRead && isKnownThere && !run.isProgramShared ? "only-at-impact" : null;
}

function kindOfOurs(story: CodeStory, ours: OurSide, run: RunView): CodeKind | null {
  switch (ours.shopifyState) {
    case "retired":
      return kindOfTheirs(story, run);
    // Under way, and on the Problems page.
    case "planned":
    case "failed":
      return null;
    case "live":
      if (ours.discount.isDeleted) return null;
      if (!story.inShopify) return "missing-in-shopify";
      return run.isImpactRead ? kindAtImpact(story.atImpact, ours, run.now) : null;
  }
}

/** Of a code that is live in Shopify. */
function kindAtImpact(atImpact: ImpactSide | null, ours: OurSide, now: Date): CodeKind | null {
  const { partner, discount } = ours;
  const runs = !hasEnded(discount.endsAt, now) && !discount.isDeactivated;
  // What ended on both sides is right; without a contract impact.com takes no registration.
  const shouldStand = runs && partner?.hasContract;
  if (ours.impactState === "planned") {
    return shouldStand && waitsLong(ours, now) ? "not-registered" : null;
  }
  if (isStanding(atImpact)) {
    if (atImpact.partnerId !== partner?.partnerId) return "other-partner-there";
    if (endsDiffer(atImpact, discount, now)) return "ends-differ";
    return shouldStand && ours.impactState === "expired" ? "not-registered" : null;
  }
  if (!shouldStand || ours.impactState === "failed") return null;
  return atImpact ? "ends-differ" : "missing-at-impact";
}

/** Long enough for what is under way to have been done, or tried again. */
const LONG_MS = 86_400_000;

function waitsLong({ liveAt }: OurSide, now: Date): boolean {
  return liveAt !== null && liveAt.getTime() <= now.getTime() - LONG_MS;
}

/** A later end at impact.com harms nobody as long as the code still works in Shopify. */
function endsDiffer(there: ImpactSide, here: OurSide["discount"], now: Date): boolean {
  if (here.isDeactivated) return false;
  if (hasEnded(here.endsAt, now)) return true;
  return (
    there.endsAt !== null && (here.endsAt === null || seconds(there.endsAt) < seconds(here.endsAt))
  );
}

function isStanding(atImpact: ImpactSide | null): atImpact is ImpactSide {
  return atImpact !== null && !atImpact.isEnded;
}

function hasEnded(endsAt: Date | null, now: Date): boolean {
  return endsAt !== null && endsAt <= now;
}

/** impact.com is told whole seconds. */
function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1_000);
}

function describe(kind: CodeKind, { code, ours, inShopify, atImpact }: CodeStory): FoundDifference {
  const endsHere = ours?.discount.endsAt ?? null;
  return {
    kind,
    subject: code,
    codeId: ours?.codeId ?? null,
    discountId: inShopify?.discountId ?? ours?.discount.discountId ?? null,
    ourPartnerId: ours?.partner?.partnerId ?? null,
    theirPartnerId: atImpact?.partnerId ?? null,
    promoCodeId: isStanding(atImpact) ? atImpact.promoCodeId : null,
    endsHere,
    endsThere: atImpact?.endsAt ?? null,
    codes: 1,
  };
}
