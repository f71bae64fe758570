import type { DiscountCode, ShopDomain } from "../ids.ts";
import type { CheckPorts } from "./check-upload.ts";
import type { KnownCode, RowVerdict } from "./judge-upload.ts";

/** Somebody waits for the dry run: so many calls are made for one file, of so many codes each. */
const MOST_CALLS = 10;
const CODES_PER_CALL = 40;

/** What Shopify says of a file's new codes. */
export interface InShopify {
  /** New codes that live in the file's own discount already, and are managed here from now on. */
  here: number;
  /** New codes that Shopify was not asked about. */
  unasked: number;
}

type FindKnown = (codes: DiscountCode[]) => Promise<Map<DiscountCode, KnownCode>>;

/**
 * Asks Shopify about the first codes of a file that our table doesn't know: one of another discount would be
 * refused as it is made, one of this discount is there already. Where Shopify can't be asked, the file
 * is judged without; `inShopify` is what has come together so far.
 */
export function startLookUp(
  { shopify }: Pick<CheckPorts, "shopify">,
  { shop, shopifyId }: { shop: ShopDomain; shopifyId: string | null },
  findKnown: FindKnown,
) {
  const inShopify: InShopify = { here: 0, unasked: 0 };
  const asked = new Set<DiscountCode>();
  const here = new Set<DiscountCode>();
  let callsLeft = MOST_CALLS;

  const askFor = async (codes: DiscountCode[], known: Map<DiscountCode, KnownCode>) => {
    for (let from = 0; from < codes.length && callsLeft > 0; from += CODES_PER_CALL) {
      const some = codes.slice(from, from + CODES_PER_CALL);
      const located = await shopify.locateCodes(shop, some);
      callsLeft = located.ok ? callsLeft - 1 : 0;
      if (!located.ok) return;
      for (const code of some) asked.add(code);
      for (const [code, owner] of located.value) {
        if (owner.shopifyId === shopifyId) here.add(code);
        else known.set(code, { kind: "foreign", where: whereOf(owner.title) });
      }
    }
  };

  const findAlsoThere: FindKnown = async (codes) => {
    const known = await findKnown(codes);
    await askFor(
      codes.filter((code) => !known.has(code)),
      known,
    );
    return known;
  };

  const take = (verdicts: readonly RowVerdict[]): void => {
    for (const each of verdicts) {
      if (each.verdict !== "new") continue;
      if (here.has(each.wanted.code)) inShopify.here += 1;
      else if (!asked.has(each.wanted.code)) inShopify.unasked += 1;
    }
  };
  return { inShopify, findKnown: findAlsoThere, take };
}

function whereOf(title: string): string {
  return `in Shopify by the discount “${title}”, which is not this one. To have that one managed here, adopt its codes on the Codes page`;
}
