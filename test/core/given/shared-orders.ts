import type { Share } from "#app/core/attribution/attribution.ts";
import type { DiscountCode, PartnerId } from "#app/core/ids.ts";
import { saveRuleNow } from "#test/core/given/just-opened.ts";
import { addClick } from "#test/sandbox/impact/create-state.ts";
import { PROGRAM_ID, type World } from "#test/support/world.ts";

/** What a cart bears after a visit by that click, until it is bought. */
export const CLICKED = { irclickid: "click-1" };

/** A visitor comes through a partner's link, well before any order of the test. */
export function clickOf({ account, clock }: World, partnerId: string, id = "click-1"): void {
  const at = new Date(clock.now().getTime() - 86_400_000);
  addClick(account, { id, partnerId, programId: PROGRAM_ID, at });
}

/** The partner's codes are registered as INVOLVED: so impact.com tracks the partner's clicks. */
export async function trackClicksOf(
  { prisma, account, domain: shop }: Pick<World, "prisma" | "account" | "domain">,
  partnerId: string,
): Promise<void> {
  await prisma.code.updateMany({ where: { shop, partnerId }, data: { reach: "INVOLVED" } });
  for (const code of account.promoCodes.filter((one) => one.partnerId === partnerId)) {
    code.creditPolicy = "INVOLVED";
  }
}

/** From now on a click and another partner's code share an order, in these percents. */
export async function shareOrders(
  { ports, domain: shop, clock }: World,
  [codePercent, clickPercent]: [code: number, click: number],
): Promise<void> {
  const meeting = {
    meeting: "split",
    codePercent: `${codePercent}`,
    clickPercent: `${clickPercent}`,
  };
  await mustSave({ ports, shop, clock }, { ...meeting, several: "first-entered" });
}

/** From now on partners whose codes stand on one order share it evenly. */
export async function shareEvenly({ ports, domain: shop, clock }: World): Promise<void> {
  const meeting = { meeting: "code-wins", codePercent: "", clickPercent: "" };
  await mustSave({ ports, shop, clock }, { ...meeting, several: "split-evenly" });
}

type Chosen = Record<"meeting" | "codePercent" | "clickPercent" | "several", string>;

async function mustSave(
  { ports, shop, clock }: Pick<World, "ports" | "clock"> & { shop: World["domain"] },
  chosen: Chosen,
): Promise<void> {
  const form = { ...chosen, days: "", discounts: [], clickAlone: "leave" };
  const saved = await saveRuleNow(ports, { shop, ...form });
  if (!saved.ok) throw new Error(JSON.stringify(saved.problems));
  // An order of the same second would still be judged by the rule before.
  clock.pass(1_000);
}

/** Anna by her code, and a click of which impact.com alone knows whose it is. */
export function annaAndClick([code, click]: [code: number, click: number]): Share[] {
  const anna = { partnerId: "10001" as PartnerId, name: "Anna Able" };
  const byCode = { kind: "code" as const, code: "ANNA10" as DiscountCode };
  return [
    { key: "code", weight: code, partner: anna, by: byCode },
    { key: "click", weight: click, partner: null, by: { kind: "click", clickId: "click-1" } },
  ];
}
