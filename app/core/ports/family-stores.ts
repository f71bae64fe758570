import type { CodeSelection } from "../codes/code-selection.ts";
import type { CodeFamily, FamilyDraft } from "../codes/families/code-family.ts";
import type { Shape } from "../codes/families/family-shape.ts";
import type { DiscountCode, PartnerId, ShopDomain } from "../ids.ts";
import type { CodesOf } from "./code-stores.ts";

/** A code that a family would match, though it is not its partner's. */
export interface OthersCode {
  shape: Shape;
  code: DiscountCode;
  /** Null for a code that nobody has. */
  partner: { partnerId: PartnerId; name: string } | null;
}

/** A batch's families by how far they have come. */
export interface FamilyCounts {
  all: number;
  registered: number;
  failed: number;
}

export interface FamilyStore {
  /**
   * Until the transaction ends, who plans or ends families and those who add codes take turns, in all
   * shops of the program: so no code comes in that a family which was not there yet would match.
   */
  hold(shop: ShopDomain, purpose: "planning" | "adding"): Promise<void>;
  /** The families that match one of these codes; of those that match none there is no entry. */
  findFor(shop: ShopDomain, codes: readonly DiscountCode[]): Promise<Map<DiscountCode, CodeFamily>>;
  /**
   * Of these codes those that a family of another shop of the program matches, with the partner it is
   * registered to: to be compared, and not to be told.
   */
  findElsewhere(
    shop: ShopDomain,
    codes: readonly DiscountCode[],
  ): Promise<Map<DiscountCode, PartnerId>>;
  /**
   * Of these shapes those that clash with families of another shop, and as families with its codes
   * too; nothing else of it.
   */
  findClashesElsewhere(
    shop: ShopDomain,
    drafts: readonly FamilyDraft[],
    as: { asFamilies: boolean },
  ): Promise<Set<Shape>>;
  list(shop: ShopDomain): Promise<Pick<CodeFamily, "partner" | "shape" | "state">[]>;
  /** Some of the codes that these would match and that are or become another's, but those that are retired. */
  findOthersCodes(shop: ShopDomain, drafts: readonly FamilyDraft[]): Promise<OthersCode[]>;
  /**
   * How many of the shop's codes, live or about to be, are of each of these shapes, but those that
   * are leaving; of a shape that none is of there is no entry.
   */
  countFitting(
    shop: ShopDomain,
    shapes: readonly Shape[],
    leaving?: CodeSelection,
  ): Promise<Map<Shape, number>>;
  /** Families that are there already stay as they are. Gives the ids of those that are not registered. */
  plan(shop: ShopDomain, drafts: readonly FamilyDraft[], now: Date): Promise<string[]>;
  find(shop: ShopDomain, familyId: string): Promise<CodeFamily | null>;
  /** How many codes it has beside these that are live, are to be made or still to be ended. */
  countLeft(shop: ShopDomain, familyId: string, leaving: readonly string[]): Promise<number>;
  /**
   * From now on no code joins it; those that Shopify never took are let go. Every call counts as a
   * try; the family that is given does not count this one yet. Null where it waits for its registration.
   */
  beginEnd(shop: ShopDomain, familyId: string): Promise<CodeFamily | null>;
  /** Whether another shop of the program has codes or a family that its registration stands for. */
  isKeptElsewhere(
    shop: ShopDomain,
    family: Pick<CodeFamily, "shape" | "partner" | "promoCodeId">,
  ): Promise<boolean>;
  /** It has ended, or another shop keeps its registration: its pattern is free. */
  forget(shop: ShopDomain, familyId: string): Promise<void>;
  /**
   * Takes an unregistered family for registering; null if it is registered or somebody else has it.
   * The try counts from now on; the family that is given does not count it yet.
   */
  claim(
    shop: ShopDomain,
    familyId: string,
    lease: { now: Date; until: Date },
  ): Promise<CodeFamily | null>;
  /**
   * Ends the lease too. Writes nothing, and says so, where somebody else has taken it since or it is
   * registered. An end, good or bad, is that of the family's live codes.
   */
  saveState(
    shop: ShopDomain,
    family: Pick<
      CodeFamily,
      "id" | "state" | "promoCodeId" | "problem" | "attempts" | "leaseUntil"
    >,
    now: Date,
  ): Promise<boolean>;
  /**
   * Codes that have gone live are as their families are: registered, failed, or still waiting with
   * them. Gives the ids of those that are of no family.
   */
  follow(shop: ShopDomain, codeIds: readonly string[], now: Date): Promise<string[]>;
  /**
   * Failed families of these codes are planned again, and count as tried once, so that impact.com is
   * asked before it is told again; gives their ids.
   */
  planFailed(shop: ShopDomain, of: CodesOf): Promise<string[]>;
  listUnregistered(shop: ShopDomain): Promise<string[]>;
  /** Registered families count as planned again, and are looked up before they are registered. */
  forgetRegistrations(shop: ShopDomain): Promise<void>;
  countForBatch(shop: ShopDomain, batchId: string): Promise<FamilyCounts>;
}
