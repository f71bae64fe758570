import type { PromoCode } from "#test/sandbox/impact/state.ts";
import { PROGRAM_ID, type World } from "#test/support/world.ts";

/** A live code at impact.com that this app did not register. */
export function registerElsewhere(
  { account, clock }: Pick<World, "account" | "clock">,
  code: string,
  partnerId: string,
  changes: Partial<PromoCode> = {},
): void {
  account.promoCodes.push({
    id: `elsewhere-${code}`,
    code,
    type: "LI",
    creditPolicy: "ALWAYS",
    programId: PROGRAM_ID,
    partnerId,
    dealId: "",
    dealName: "",
    createdAt: clock.now(),
    startsAt: clock.now(),
    endsAt: null,
    ...changes,
  });
}
