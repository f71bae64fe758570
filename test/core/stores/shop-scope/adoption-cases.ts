import type { Adoption } from "#app/core/adopting/adoption.ts";
import { PLAIN_DETAILS, type DiscountTerms } from "#app/core/codes/discount.ts";
import type { DiscountCode, PartnerId, ShopDomain } from "#app/core/ids.ts";
import type { Stores } from "#app/core/ports/store.ts";
import type { LeftAdoption } from "#test/core/given/leave-adoption.ts";

/** What they need of another shop. */
interface Theirs extends LeftAdoption {
  codeId: string;
  discountShopifyId: string;
}

const LATER = new Date("2027-01-01T00:00:00Z");
const LONG_AGO = new Date(0);
const PAGE = { after: null, limit: 9 };
const NEW = "GUARDED-NEW" as DiscountCode;
const NONE_ADOPTED = {
  ...{ all: 0, taken: 0, assigned: 0, nobodys: 0, registered: 0, unregistrable: 0, ended: 0 },
};

type Read = (store: Stores, shop: ShopDomain, theirs: Theirs) => Promise<unknown>;

export const ADOPTION_READS: [name: string, read: Read, nothing: unknown][] = [
  ["adoptions.find", (s, shop, t) => s.adoptions.find(shop, t.adoptionId), null],
  ["adoptions.findByBatch", (s, shop, t) => s.adoptions.findByBatch(shop, t.adoptBatchId), null],
  [
    "adoptions.findDiscount",
    (s, shop, t) => s.adoptions.findDiscount(shop, t.adoptionId, t.adoptedShopifyId),
    null,
  ],
  [
    "adoptions.listDiscounts",
    (s, shop, t) => s.adoptions.listDiscounts(shop, t.adoptionId),
    { all: 0, title: null, codesCount: 0, listed: 0, short: [] },
  ],
  [
    "adoptions.countFound",
    (s, shop, t) => s.adoptions.countFound(shop, t.adoptionId, t.adoptedShopifyId),
    0,
  ],
  ["adoptions.listNobodys", (s, shop) => s.adoptions.listNobodys(shop, PAGE), []],
  ["adoptions.listFound", (s, shop, t) => s.adoptions.listFound(shop, t.adoptionId, PAGE), []],
  ["adoptions.listAmong", (s, shop, t) => s.adoptions.listAmong(shop, t.adoptionId, [NEW]), []],
  [
    "adoptions.listWrongRows",
    (s, shop, t) => s.adoptions.listWrongRows(shop, t.adoptionId, { after: 0, limit: 9 }),
    [],
  ],
  ["adoptions.countVerdicts", (s, shop, t) => s.adoptions.countVerdicts(shop, t.adoptionId), []],
  [
    "adoptions.countPartners",
    (s, shop, t) => s.adoptions.countPartners(shop, t.adoptionId, 9),
    { partners: [], all: 0 },
  ],
  ["adoptions.listLeft", (s, shop, t) => s.adoptions.listLeft(shop, t.adoptionId, PAGE), []],
  ["adoptions.countLate", (s, shop, t) => s.adoptions.countLate(shop, t.adoptionId, LONG_AGO), 0],
  [
    "adoptions.listLate",
    (s, shop, t) => s.adoptions.listLate(shop, t.adoptionId, { since: LONG_AGO, ...PAGE }),
    [],
  ],
  ["adoptions.listUnstored", (s, shop, t) => s.adoptions.listUnstored(shop, t.adoptionId, 9), []],
  [
    "adoptions.listUnregistered",
    (s, shop, t) => s.adoptions.listUnregistered(shop, [t.codeId]),
    [],
  ],
  [
    "adoptions.listUsed",
    (s, shop, t) => s.adoptions.listUsed(shop, t.adoptionId, { ...PAGE, since: LONG_AGO }),
    [],
  ],
  [
    "adoptions.countAdopted",
    (s, shop, t) => s.adoptions.countAdopted(shop, t.adoptionId),
    NONE_ADOPTED,
  ],
  [
    "adoptions.countManaged",
    (s, shop, t) => s.adoptions.countManaged(shop, [t.discountShopifyId]),
    new Map(),
  ],
];

const PLAN: Adoption["plan"] = {
  ...{
    source: { kind: "nobodys" },
    by: { kind: "nobody" },
    place: { stage: "judge", after: null },
  },
};
const TERMS: DiscountTerms = {
  ...PLAIN_DETAILS,
  ...{ title: "Podcast", value: { kind: "other" }, currency: "USD", startsAt: LATER, endsAt: null },
  ...{ usageLimit: null, oncePerCustomer: false, combines: false, minimumMinor: null },
};
const AN_ADOPTED = {
  ...{ code: NEW, partnerId: "10001" as PartnerId, familyId: null },
  ...{
    promoCodeId: "1",
    registeredAs: null,
    registeredFrom: null,
    impactProblem: null,
    hasEnded: false,
  },
};
const A_DISCOUNT = { shopifyId: "gid://x", title: "", codesCount: 1, isRead: false };

const A_LISTED = {
  ...{ promoCodeId: "1", code: NEW, partnerId: "10002" as PartnerId, partnerName: "" },
  ...{ creditPolicy: null, startsAt: null, endsAt: null, isEnded: false, isPattern: false },
};

type Write = (store: Stores, shop: ShopDomain, t: Theirs) => Promise<unknown>;

/** Those that add rows of a shop's own name them by that shop. */
export const ADOPTION_WRITES: [name: string, write: Write][] = [
  [
    "adoptions.create",
    (s, shop) => {
      const draft = { draftKey: "their adoption", plan: PLAN, discounts: [] };
      return s.adoptions.create(shop, draft, { now: LATER, expiresAt: LATER });
    },
  ],
  [
    "adoptions.save",
    (s, shop, t) => {
      const known = { id: t.checkedAdoptionId, shop, version: 0 } as Adoption;
      const after = { state: "failed", plan: PLAN, attempts: 9, problem: "not yours" } as const;
      return s.adoptions.save(shop, known, after);
    },
  ],
  [
    "adoptions.addDiscounts",
    (s, shop, t) => s.adoptions.addDiscounts(shop, t.adoptionId, [A_DISCOUNT]),
  ],
  [
    "adoptions.saveRead",
    (s, shop, t) =>
      s.adoptions.saveRead(shop, t.adoptionId, {
        ...{ shopifyId: t.adoptedShopifyId, codesCount: 9, isRead: true },
      }),
  ],
  [
    "adoptions.addCodes",
    (s, shop, t) =>
      s.adoptions.addCodes(shop, t.adoptionId, {
        shopifyId: null,
        codes: [NEW, "X" as DiscountCode],
      }),
  ],
  [
    "adoptions.addUnmanaged",
    (s, shop, t) => s.adoptions.addUnmanaged(shop, t.adoptionId, [A_LISTED]),
  ],
  [
    "adoptions.saveLocated",
    (s, shop, t) =>
      s.adoptions.saveLocated(
        ...([shop, t.adoptionId, [NEW]] as const),
        new Map([[NEW, { shopifyId: "gid://x", title: "" }]]),
      ),
  ],
  [
    "adoptions.noteAtImpact",
    (s, shop, t) => s.adoptions.noteAtImpact(shop, t.adoptionId, [A_LISTED]),
  ],
  [
    "adoptions.saveJudged",
    (s, shop, t) =>
      s.adoptions.saveJudged(shop, t.adoptionId, [
        { code: NEW, verdict: "managed", partnerId: null, because: null, problem: "not yours" },
      ]),
  ],
  ["adoptions.forgetFile", (s, shop, t) => s.adoptions.forgetFile(shop, t.adoptionId)],
  [
    "adoptions.addFileRows",
    (s, shop, t) =>
      s.adoptions.addFileRows(shop, t.adoptionId, {
        named: [{ code: NEW, partnerId: "10002" as PartnerId }],
        wrong: [{ number: 9, cells: [], problems: ["not yours"] }],
      }),
  ],
  ["adoptions.take", (s, shop, t) => s.adoptions.take(shop, t.checkedAdoptionId, LATER, LATER)],
  [
    "adoptions.storeDiscount",
    (s, shop, t) =>
      s.adoptions.storeDiscount(shop, { shopifyId: t.adoptedShopifyId, terms: TERMS }, LATER),
  ],
  [
    "adoptions.refuseDiscount",
    (s, shop, t) => s.adoptions.refuseDiscount(shop, t.adoptionId, t.adoptedShopifyId, "not yours"),
  ],
  ["adoptions.holdNext", (s, shop, t) => s.adoptions.holdNext(shop, t.adoptionId, PAGE)],
  [
    "adoptions.adopt",
    (s, shop, { adoptionId, adoptBatchId: batchId }) =>
      s.adoptions.adopt(shop, { adoptionId, batchId, startsAt: LATER }, [AN_ADOPTED], LATER),
  ],
  ["adoptions.noteUses", (s, shop, t) => s.adoptions.noteUses(shop, t.adoptionId)],
];
