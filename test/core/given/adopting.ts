import { readFound } from "#app/core/adopting/read-found.ts";
import { startAdoption } from "#app/core/adopting/start-adoption.ts";
import { takeAdoption } from "#app/core/adopting/take-adoption.ts";
import type { AdoptionSource } from "#app/core/adopting/adoption.ts";
import { addRedeemCode } from "#test/sandbox/shopify/admin/redeem-codes.ts";
import type { Discount } from "#test/sandbox/shopify/state.ts";
import type { World } from "#test/support/world.ts";

/** A discount that somebody made in Shopify, with these codes. */
export function discountByHand(
  {
    shopifyState,
    shop,
    clock,
  }: Pick<World, "shopifyState" | "shop"> & { clock: Pick<World["clock"], "now"> },
  title: string,
  codes: readonly string[],
): Discount {
  const discount: Discount = {
    id: `gid://shopify/DiscountCodeNode/${9_000_000 + shop.discounts.size}`,
    title,
    value: { kind: "percentage", fraction: 0.15 },
    startsAt: clock.now(),
    endsAt: null,
    usageLimit: null,
    oncePerCustomer: false,
    minimum: null,
    combinesWith: { order: true, product: false, shipping: false },
    tags: [],
    createdAt: clock.now(),
    updatedAt: clock.now(),
  };
  shop.discounts.set(discount.id, discount);
  for (const code of codes) addRedeemCode(shopifyState, shop, discount, code);
  return discount;
}

/** Begins to adopt these discounts' codes, or others, and reads them to the end. */
export async function readToAdopt(
  world: World,
  of: readonly Discount[] | Exclude<AdoptionSource, { kind: "picked" }>,
  draftKey = "one form",
): Promise<string> {
  const { ports, domain: shop } = world;
  const source = "kind" in of ? of : ({ kind: "picked" } as const);
  const discounts =
    "kind" in of ? [] : of.map(({ id: shopifyId, title }) => ({ shopifyId, title }));
  const begun = await startAdoption(ports, { shop, draftKey, source, discounts });
  if (!begun.ok) throw new Error(begun.problem.message);
  const { adoptionId } = begun.value;
  await readFound(ports, { shop, adoptionId });
  return adoptionId;
}

/** What was found, by what becomes of it. */
export async function verdictsOf({ ports, domain }: World, adoptionId: string) {
  const counts = await ports.store.adoptions.countVerdicts(domain, adoptionId);
  return Object.fromEntries(
    counts.map(({ verdict, because, codes }) => [
      because ? `${verdict} ${because}` : verdict,
      codes,
    ]),
  );
}

/** Has the batch begun that adopts them; gives its id. */
export async function beginToAdopt(
  { ports, domain: shop }: World,
  adoptionId: string,
  since: Date | null = null,
): Promise<string> {
  const taken = await takeAdoption(ports, { shop, adoptionId, since });
  if (!taken?.ok) throw new Error(taken?.problem.message ?? "no such adoption");
  return taken.value.batchId;
}

/** Each adopted code with its partner and how far it is, by its text. */
export async function ourCodes({ prisma, domain }: World) {
  const rows = await prisma.code.findMany({
    where: { shop: domain },
    orderBy: { code: "asc" },
    select: { code: true, partnerId: true, shopifyState: true, impactState: true },
  });
  return rows.map(({ code, partnerId, shopifyState, impactState }) =>
    [code, partnerId ?? "nobody", shopifyState, impactState].join(" "),
  );
}
