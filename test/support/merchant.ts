import { randomUUID } from "node:crypto";
import type { DiscountDraft } from "#app/core/codes/discount-draft.ts";
import { emptyDraft } from "#app/core/codes/draft-of-terms.ts";
import { createDiscount } from "#app/core/codes/create-discount.ts";
import type { PartnerId } from "#app/core/ids.ts";
import { chooseProgram } from "#app/core/program/choose-program.ts";
import { connectImpact } from "#app/core/program/connect-impact.ts";
import { ensureShop } from "#app/core/shops/ensure-shop.ts";
import { CREDENTIALS, EVENT_TYPE_ID, PROGRAM_ID, type World } from "./world.ts";

/** Opens the app, connects impact.com, chooses the program and waits until partners are there. */
export async function setUpProgram({ ports, domain, drain }: World): Promise<void> {
  const shop = domain;
  mustBeOk(await ensureShop(ports, shop));
  mustBeOk(await connectImpact(ports, { shop, ...CREDENTIALS }));
  const choice = { programId: PROGRAM_ID, eventTypeId: EVENT_TYPE_ID };
  mustBeOk(await chooseProgram(ports, { shop, ...choice }));
  await drain();
}

function mustBeOk(result: { ok: true } | { ok: false; problem: { message: string } }): void {
  if (!result.ok) throw new Error(result.problem.message);
}

/** Ten percent off, for ever, combinable, a code for each pair [partner id, code]. */
export function draftFor(
  codes: [partnerId: string, code: string][],
  changes: Partial<DiscountDraft> = {},
): DiscountDraft {
  return {
    ...emptyDraft("2026-11-01"),
    title: "Creators",
    value: "10",
    combines: true,
    codes: codes.map(([partnerId, code]) => ({ partnerId: partnerId as PartnerId, code })),
    ...changes,
  };
}

/** Makes a discount as the merchant would and gives its id; the codes are made by the next drain. */
export async function makeDiscount(
  { ports, domain }: World,
  draft: DiscountDraft,
  draftKey: string = randomUUID(),
): Promise<string> {
  const made = await createDiscount(ports, { shop: domain, draftKey, draft });
  if (!made.ok) throw new Error(JSON.stringify(made));
  return made.discountId;
}
