import { isOfExpression, type CodeDifference } from "./code-difference.ts";

/** What one click can do about a difference. */
export const REPAIRS = [
  "adopt",
  "remove-from-shopify",
  "make-again",
  "end-at-impact",
  "register-again",
  "take-over",
  "keep-theirs",
  "match-end",
  "match-terms",
  "take-as-live",
  "follow-discount",
  "activate",
  "retire",
] as const;

export type Repair = (typeof REPAIRS)[number];

/** Ends a registration and has it made anew: of many, one is tried first. */
export const MADE_ANEW: readonly Repair[] = [
  "take-over",
  "match-end",
  "match-terms",
  "follow-discount",
];

/** What mends a difference, the usual way first. */
export function repairsFor({
  kind,
  codeId,
  isSayable,
  isShared,
  ourPartnerId,
  promoCodeId,
}: Pick<
  CodeDifference,
  "kind" | "codeId" | "isSayable" | "isShared" | "ourPartnerId" | "promoCodeId"
>): Repair[] {
  switch (kind) {
    case "only-in-shopify":
      // One that was retired here is history: it is not taken in again.
      return codeId === null ? ["adopt", "remove-from-shopify"] : ["remove-from-shopify"];
    case "missing-in-shopify":
      return ["make-again", "retire"];
    case "in-other-discount":
      return ["follow-discount"];
    case "works-though-failed":
      return ["take-as-live", "remove-from-shopify"];
    case "registered-otherwise":
      return ["match-terms"];
    case "only-at-impact":
    case "registered-twice":
    case "family-unused":
    case "family-twice":
    case "expression-matches":
    case "expression-widens":
    case "expression-unread":
      return ["end-at-impact"];
    case "missing-at-impact":
    case "not-registered":
    case "family-lost":
      return ["register-again"];
    case "other-partner-there":
      // Other codes would lose an expression that ended for this one; nobody's can be registered to nobody.
      return isShared || ourPartnerId === null ? ["keep-theirs"] : ["take-over", "keep-theirs"];
    case "ends-differ":
      if (!isShared) return ["match-end"];
      return promoCodeId === null ? ["register-again"] : ["retire"];
    case "two-partners-there":
      if (codeId !== null) return ["retire"];
      return ourPartnerId === null ? [] : ["end-at-impact"];
    case "discount-deactivated":
      return ["activate", "retire"];
    case "discount-deleted":
      // Made without its conditions it would give to everybody what it gave to few.
      return isSayable ? ["make-again", "retire"] : ["retire"];
    case "contract-ended":
    case "discount-ended":
    case "past-its-end":
    case "family-widens":
      return ["retire"];
  }
}

/** What a repair does on each side; null where nothing happens there. */
export interface RepairPlan {
  inShopify: string | null;
  atImpact: string | null;
  here: string | null;
}

/** What a difference is called in sentences. */
export interface Names {
  /** The code, or what stands for it. */
  subject: string;
  discount: string;
  ours: string;
  theirs: string;
  /** Whether the discount has ended in Shopify. */
  hasEnded: boolean;
}

type PlannedFor = Pick<
  CodeDifference,
  | "kind"
  | "codes"
  | "promoCodeId"
  | "isShared"
  | "familyCodes"
  | "familyEndings"
  | "discountId"
  | "ourPartnerId"
  | "endsHere"
  | "endsThere"
>;

/** What will happen on each side, in words for whoever is about to click. */
export function planRepair(repair: Repair, difference: PlannedFor, names: Names): RepairPlan {
  const { subject, discount, ours, theirs, hasEnded } = names;
  const { kind, codes } = difference;
  const nothing: RepairPlan = { inShopify: null, atImpact: null, here: null };
  switch (repair) {
    case "adopt":
      return {
        ...nothing,
        here: `${subject} becomes a code of “${discount}” that belongs to nobody yet. Assign it to a partner next, and its past orders are reported too.`,
      };
    case "remove-from-shopify":
      return {
        ...nothing,
        inShopify: `${subject} is removed from “${discount}”: customers can't use it any more.`,
      };
    case "make-again":
      return kind === "discount-deleted"
        ? {
            inShopify: `“${discount}” is made once more, with ${sayCodes(codes)}.`,
            atImpact: null,
            here: "A batch makes the codes; its page shows how far it is. Codes and partners stay as they are.",
          }
        : { ...nothing, inShopify: `${subject} is added to “${discount}” again, in a batch.` };
    case "end-at-impact":
      return {
        ...nothing,
        atImpact: `The ${kind === "registered-twice" || kind === "family-twice" ? "second registration" : "registration"} of ${subject} to ${kind === "family-unused" ? ours : theirs} ends now. What it has earned stays.`,
        here: sayFreed(kind),
      };
    case "register-again":
      if (kind === "family-lost") {
        const first = difference.promoCodeId === null ? "" : "The registration there ends, and ";
        return {
          ...nothing,
          atImpact: `${first}${subject} is registered to ${ours} again, by one request for ${sayAll(codes)}. Until then their orders wait.`,
        };
      }
      return kind === "not-registered"
        ? {
            ...nothing,
            atImpact: `${subject} is looked up, and registered to ${ours} where it is not. Its orders go out then.`,
          }
        : { ...nothing, atImpact: `${subject} is registered to ${ours}.` };
    case "take-over":
      return {
        ...nothing,
        atImpact: `The registration to ${theirs} ends now, and ${subject} is registered to ${ours}.`,
      };
    case "keep-theirs":
      return {
        ...nothing,
        here:
          difference.ourPartnerId === null
            ? `${subject} belongs to ${theirs} from now on. Orders placed before stay nobody's. To have them reported too, assign it to ${theirs} under Codes instead.`
            : `${subject} belongs to ${theirs} from now on. Orders placed before stay with ${ours}; of those that wait, impact.com would pay ${theirs} for what was placed since it has the code with them. Such orders are not sent, and are listed under Problems.`,
      };
    case "match-end":
      return hasEnded
        ? { ...nothing, atImpact: `The registration of ${subject} ends now, as in Shopify.` }
        : {
            ...nothing,
            atImpact: `impact.com can't change an end: the registration is ended, and ${subject} is registered to ${ours} anew, until “${discount}” ends in Shopify.`,
          };
    case "match-terms":
      return {
        ...nothing,
        atImpact: `impact.com can't change a registration: it is ended, and ${subject} is registered to ${ours} anew, as it should be.`,
      };
    case "take-as-live":
      return {
        ...nothing,
        atImpact: `${subject} is registered to ${ours}.`,
        here: `${subject} counts as a live code of “${discount}” from now on, and its past orders are looked for.`,
      };
    case "follow-discount":
      return planFollowing(difference, names);
    case "activate":
      return {
        ...nothing,
        inShopify: `“${discount}” runs again, until the end it had before where that is still to come: ${sayCodes(codes)} can be used.`,
      };
    case "retire":
      return {
        inShopify: `Customers can't use ${codes === 1 ? "the code" : "these codes"} any more.`,
        atImpact: `${sayEndings(difference)} What was earned stays.`,
        here: "A batch does it; the history is kept.",
      };
  }
}

function planFollowing(difference: PlannedFor, names: Names): RepairPlan {
  const { subject, discount, ours } = names;
  const isManaged = difference.discountId !== null;
  const here = isManaged
    ? `${subject} counts as a code of “${discount}” from now on, and stays with ${ours}.`
    : `That discount is managed here from now on, and ${subject} counts as one of its codes. It stays with ${ours}.`;
  return { inShopify: null, atImpact: sayFollowing(difference, names, isManaged), here };
}

function sayFollowing(
  { promoCodeId, isShared, endsHere, endsThere }: PlannedFor,
  { subject, discount, ours, hasEnded }: Names,
  isManaged: boolean,
): string {
  const that = isManaged ? `“${discount}”` : "that discount";
  if (isShared) return "Its registration stands for other codes too, and stays.";
  if (hasEnded) return `Nothing happens: customers can't use ${subject}, as ${that} has ended.`;
  const anew = `is ended, and ${subject} is registered to ${ours} anew, until ${that} ends`;
  if (promoCodeId === null || !isManaged) {
    return `Where its registration ends before ${that} does, it ${anew}.`;
  }
  const isShort = endsThere !== null && (endsHere === null || endsThere < endsHere);
  return isShort
    ? `impact.com can't change an end: the registration ${anew}.`
    : `Its registration to ${ours} stays: it runs as long as ${that} does.`;
}

function sayFreed(kind: PlannedFor["kind"]): string | null {
  if (kind === "family-unused") return "Other partners may have codes like these then.";
  if (kind === "family-twice") {
    return "The family's own registration goes on, and its codes earn as before. Whatever other codes the expression stands for earn nobody then.";
  }
  return isOfExpression({ kind }) ? "Whatever other codes it stands for earn nobody then." : null;
}

/** What ends at impact.com with codes that are retired. */
function sayEndings({ codes, isShared, familyCodes, familyEndings }: PlannedFor): string {
  const last = "ends when its last code is retired";
  if (codes === 1 && (isShared || (familyCodes === 1 && familyEndings === 0))) {
    return `Its registration stands for other codes too, and ${last}.`;
  }
  const all = codes === 1 ? "Its registration ends." : "Their registrations end.";
  if (familyCodes === 0) return all;
  const many = `${familyCodes.toLocaleString("en-US")} of them ${familyCodes === 1 ? "is a code" : "are codes"} of families`;
  const ending =
    familyEndings === 1
      ? "1 family loses its last one here"
      : `${familyEndings === 0 ? "no family loses" : `${familyEndings.toLocaleString("en-US")} families lose`} the last one here`;
  return `${all} ${many}: a family's registration ${last}, and ${ending}.`;
}

function sayAll(codes: number): string {
  return codes === 1 ? "its 1 code" : `all its ${codes.toLocaleString("en-US")} codes`;
}

function sayCodes(codes: number): string {
  return codes === 1 ? "its 1 code" : `its ${codes.toLocaleString("en-US")} codes`;
}
