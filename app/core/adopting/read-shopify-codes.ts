import { reachesNewest } from "../codes/reaches-newest.ts";
import type { ListedDiscount } from "../ports/shopify.ts";
import { failure, success, type Result } from "../result.ts";
import type { DiscountCode } from "../ids.ts";
import type { Adoption, AdoptionPlace } from "./adoption.ts";
import { afterCodes, type PageRead, type ReadPorts } from "./read-found.ts";

type At<Stage extends AdoptionPlace["stage"]> = Extract<AdoptionPlace, { stage: Stage }>;

const NEXT_DISCOUNT = { stage: "codes", shopifyId: null, pass: 0, after: null } as const;

/** Adds the next discounts that Shopify lists; one of a single code is read with it. */
export async function listDiscounts(
  { shopify }: ReadPorts,
  { shop, id, plan }: Adoption,
  { after }: At<"discounts">,
): Promise<PageRead> {
  const search = plan.source.kind === "every" ? plan.source.search : "";
  const page = await shopify.listDiscounts(shop, { search, after });
  if (!page.ok) return { kind: "failed", problem: page.problem };
  const { discounts, next } = page.value;
  return {
    kind: "read",
    next: next === null ? NEXT_DISCOUNT : { stage: "discounts", after: next },
    note: async ({ adoptions }) => {
      const found = discounts.map((one) => ({ ...one, isRead: isWhole(one) }));
      await adoptions.addDiscounts(shop, id, found);
      for (const { shopifyId, firstCode } of found.filter(({ isRead }) => isRead)) {
        const codes = firstCode === null ? [] : [firstCode];
        await adoptions.addCodes(shop, id, { shopifyId, codes });
      }
    },
  };
}

function isWhole({ codesCount, isCounted, firstCode }: ListedDiscount): boolean {
  return isCounted && codesCount === (firstCode === null ? 0 : 1);
}

/**
 * How often a discount's codes are listed that Shopify cuts short: by turns from the oldest code on and
 * from the newest, and what either lists counts.
 */
const MOST_PASSES = 6;

/** Reads the next codes of a discount; with its last page there must be as many as Shopify counts. */
export async function readCodes(
  ports: ReadPorts,
  adoption: Adoption,
  place: At<"codes">,
): Promise<PageRead> {
  const { adoptions } = ports.store;
  const { shop, id } = adoption;
  if (place.shopifyId === null) {
    const discount = await adoptions.nextUnread(shop, id);
    const next = discount
      ? { ...NEXT_DISCOUNT, shopifyId: discount.shopifyId }
      : await afterCodes(ports, shop);
    return { kind: "read", next, note: async () => undefined };
  }
  const { shopifyId, pass } = place;
  const page = await listPage(ports, adoption, { ...place, shopifyId });
  if (!page.ok) return { kind: "failed", problem: page.problem };
  const { codes, isCounted, next: after } = page.value;
  if (after !== null) {
    const next: AdoptionPlace = { ...place, after };
    return {
      kind: "read",
      next,
      note: (tx) => tx.adoptions.addCodes(shop, id, { shopifyId, codes }),
    };
  }
  const before = await adoptions.countFound(shop, id, shopifyId);
  const found = before + codes.length;
  const whole = isCounted
    ? success(true)
    : await reachesNewest(ports.shopify, { shop, shopifyId }, codes);
  if (!whole.ok) return { kind: "failed", problem: whole.problem };
  // There are as many as were listed at least, and more where the newest of them are missing.
  const codesCount = Math.max(page.value.codesCount, whole.value ? found : found + 1);
  const isShort = found < codesCount;
  const next: AdoptionPlace =
    isShort && pass + 1 < MOST_PASSES
      ? { stage: "codes", shopifyId, pass: pass + 1, after: null }
      : NEXT_DISCOUNT;
  return {
    kind: "read",
    next,
    note: async (tx) => {
      await tx.adoptions.addCodes(shop, id, { shopifyId, codes });
      const isRead = next === NEXT_DISCOUNT;
      await tx.adoptions.saveRead(shop, id, { shopifyId, codesCount, isRead });
    },
  };
}

interface ListedPage {
  codes: DiscountCode[];
  codesCount: number;
  isCounted: boolean;
  next: string | null;
}

/** By turns from either end. A discount that Shopify no longer has holds no codes. */
async function listPage(
  { shopify, store }: ReadPorts,
  { shop, id }: Adoption,
  { shopifyId, pass, after }: At<"codes"> & { shopifyId: string },
): Promise<Result<ListedPage>> {
  if (pass % 2 === 0) {
    const page = await shopify.listCodes(shop, shopifyId, after);
    if (!page.ok) return page;
    return success(page.value ?? { codes: [], codesCount: 0, isCounted: true, next: null });
  }
  const page = await shopify.listNewestCodes(shop, shopifyId, after);
  if (!page.ok) return failure(page.problem);
  const discount = await store.adoptions.findDiscount(shop, id, shopifyId);
  // As the pass before has counted them.
  return success({ ...page.value, codesCount: discount?.codesCount ?? 0, isCounted: true });
}

const CODES_OF_OURS = 2_000;

/** Adds the next codes of ours that nobody has. */
export async function addNobodys(
  ports: ReadPorts,
  { shop, id }: Adoption,
  { after }: At<"nobodys">,
): Promise<PageRead> {
  const codes = await ports.store.adoptions.listNobodys(shop, { after, limit: CODES_OF_OURS });
  const last = codes.length < CODES_OF_OURS ? undefined : codes.at(-1);
  return {
    kind: "read",
    next: last ? { stage: "nobodys", after: last } : await afterCodes(ports, shop),
    note: (tx) => tx.adoptions.addCodes(shop, id, { shopifyId: null, codes }),
  };
}
