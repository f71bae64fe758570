import type { Done } from "../batches/pace.ts";
import type { Change, ChangePlan, ChangeStage } from "../changes/change.ts";
import type { CodeSelection } from "../codes/code-selection.ts";
import type { Code } from "../codes/discount.ts";
import type { DiscountCode, PartnerId, ShopDomain } from "../ids.ts";

/** A batch's changes by how far they have come. */
export interface ChangeCounts {
  open: Record<ChangeStage, number>;
  done: number;
  failed: number;
  dropped: number;
  /** When the first of those that wait is due. */
  dueAt: Date | null;
  /** Of the open ones those put off for their older orders, and when the next of them is looked at. */
  putOff: { codes: number; orders: number; nextAt: Date | null };
}

/** Orders with a code that are held, wait, or have no outcome yet. */
export interface OlderOrders {
  all: number;
  /** Of them those that were placed before the moment asked for. */
  old: number;
}

/** A selection's codes by what there is to be changed about them. */
export interface SelectionCounts {
  all: number;
  live: number;
  /** At impact.com. */
  registered: number;
  /** Live, and nobody's. */
  unassigned: number;
  /** Live, and their partners have no contract any more. */
  lapsed: number;
  /** Live, of partners with a contract, and of discounts that have ended or are deactivated. */
  ended: number;
  /** Live, and that partner's already. */
  alreadyTheirs: number;
  /** Registrations that end if all of these codes go: they stand for no other code. */
  endings: number;
  /** Of those, families' registrations: these codes are the last of their families. */
  familyEndings: number;
  /** Live and registered, by one that goes on: it stands for codes that stay, here or in another shop. */
  goingOn: number;
  /** Live, not that partner's, and not to be given away alone: of a family, or sharing one. */
  bound: number;
  /** Live and registered, not that partner's, and to be given away. */
  free: number;
  /** Live, a partner's, and by a registration of its own that credits nobody without a click. */
  needingClick: number;
}

/** Whether impact.com takes codes again whose registration has ended, as far as a batch knows. */
export interface Trial {
  isPassed: boolean;
  /** One is between its old registration and its new one. */
  isUnderWay: boolean;
  refused: { code: DiscountCode; problem: string } | null;
}

/** Changes of codes that exist, one for each code of a batch. At most one of a code is open. */
export interface ChangeStore {
  /** Not new where that form was sent before. */
  create(
    shop: ShopDomain,
    batch: { draftKey: string; plan: ChangePlan },
    now: Date,
  ): Promise<{ batchId: string; isNew: boolean }>;
  savePlan(shop: ShopDomain, batchId: string, plan: ChangePlan): Promise<void>;
  /**
   * Takes codes in; one that another batch is changing has failed from the start. Codes that are to be
   * retired are taken from batches that have not begun with them, whose ids it gives.
   */
  add(
    shop: ShopDomain,
    batchId: string,
    codeIds: readonly string[],
    stage: ChangeStage,
  ): Promise<string[]>;
  countSelection(
    shop: ShopDomain,
    selection: CodeSelection,
    to: {
      partnerId: PartnerId | null;
      /** Only codes that a rotation draws new ones for lose their registrations. */
      isRotation: boolean;
      now: Date;
    },
  ): Promise<SelectionCounts>;
  /**
   * The selected codes that a rotation draws new ones for, by partner and by what their discounts are
   * worth; the discount is one of those.
   */
  countToRotate(
    shop: ShopDomain,
    selection: CodeSelection,
    now: Date,
  ): Promise<{ partnerId: PartnerId; discountId: string; codes: number }[]>;
  /** Other codes that the same registration at impact.com stands for; an expired one counts no more. */
  countSharing(shop: ShopDomain, code: Pick<Code, "id" | "impactPromoCodeId">): Promise<number>;
  /** Whether another shop of the same impact.com account uses that registration, and nothing else of it. */
  isSharedElsewhere(shop: ShopDomain, promoCodeId: string): Promise<boolean>;
  /**
   * Open ones of these stages by their codes' text; of those that wait or are put off, the ones that
   * are due by then. Null: all.
   */
  list(
    shop: ShopDomain,
    batchId: string,
    page: { stages: readonly ChangeStage[]; limit: number; now: Date | null },
  ): Promise<Change[]>;
  /** Of these codes those that orders placed since `from` are still to be reported with. */
  countOlderOrders(
    shop: ShopDomain,
    codeIds: readonly string[],
    placed: { from: Date; oldBefore: Date },
  ): Promise<Map<string, OlderOrders>>;
  /** Leaves changes where they are until they are looked at again. */
  putOff(
    shop: ShopDomain,
    batchId: string,
    changes: readonly { codeId: string; orders: number; nextAt: Date }[],
    now: Date,
  ): Promise<void>;
  count(shop: ShopDomain, batchId: string): Promise<ChangeCounts>;
  findTrial(shop: ShopDomain, batchId: string): Promise<Trial>;
  /** Batches that have given up, and were to make new codes for this one's. */
  listStopped(shop: ShopDomain, batchId: string): Promise<string[]>;
  /** How many were done at each moment since then, the last one first. */
  listDoneSince(shop: ShopDomain, batchId: string, since: Date): Promise<Done[]>;
  listFailed(
    shop: ShopDomain,
    batchId: string,
    page: { after: DiscountCode | null; limit: number },
  ): Promise<Change[]>;
  /**
   * Moves changes on and holds their codes, so that nobody registers them meanwhile; with
   * `unregisters` they count as planned at impact.com, so that their orders wait. Gives the ids of
   * those that nobody is registering at this moment.
   */
  begin(
    shop: ShopDomain,
    batchId: string,
    codeIds: readonly string[],
    to: { stage: ChangeStage; unregisters?: boolean },
    now: Date,
  ): Promise<string[]>;
  move(
    shop: ShopDomain,
    batchId: string,
    codeIds: readonly string[],
    to: { stage: ChangeStage; removalId?: string; dueAt?: Date },
  ): Promise<void>;
  /** Names the new codes, which the shop has by now. */
  saveNewCodes(
    shop: ShopDomain,
    batchId: string,
    drawn: readonly { codeId: string; code: DiscountCode }[],
  ): Promise<void>;
  /** Gone from Shopify: the codes are nobody's from now on, and their registrations are to be ended. */
  retire(shop: ShopDomain, batchId: string, codeIds: readonly string[], now: Date): Promise<void>;
  /** Ended at impact.com, where it was registered until `until`; null: it never was. The change is done. */
  expire(
    shop: ShopDomain,
    batchId: string,
    codeId: string,
    until: Date | null,
    now: Date,
  ): Promise<void>;
  /**
   * From `at` on the code is another partner's, and is to be registered anew; earlier orders are
   * covered where it was registered.
   */
  handOver(
    shop: ShopDomain,
    batchId: string,
    codeId: string,
    to: { partnerId: PartnerId; at: Date; wasRegistered: boolean },
  ): Promise<void>;
  /** Its registration has ended, and the next one is to credit its partner every order, or as it did. */
  registerAnew(
    shop: ShopDomain,
    batchId: string,
    codeId: string,
    as: { keepsReach: boolean },
  ): Promise<void>;
  /** Ends changes and lets go of their codes. */
  settle(
    shop: ShopDomain,
    batchId: string,
    ends: readonly { codeId: string; problem: string | null; stage?: ChangeStage }[],
    now: Date,
  ): Promise<void>;
  /**
   * Failed and dropped ones are open again where they were, but those another batch is at work on.
   * Gives the ids of codes that impact.com refused their new partner, and of new codes that it refused,
   * which are planned again.
   */
  reopen(shop: ShopDomain, batchId: string): Promise<string[]>;
  /** Drops what is not begun: what can be left as it is. */
  drop(shop: ShopDomain, batchId: string, now: Date): Promise<void>;
}
