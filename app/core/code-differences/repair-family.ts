import type { CodeFamily } from "../codes/families/code-family.ts";
import { endFamily } from "../codes/families/end-family.ts";
import { familyJobs } from "../codes/families/register-families.ts";
import { sendUnsent } from "../codes/send-unsent.ts";
import type { ShopDomain } from "../ids.ts";
import type { ReadPromoCode } from "../ports/impact.ts";
import type { Stores } from "../ports/store.ts";
import { failure, success, type Problem, type Result } from "../result.ts";
import type { CodeDifference } from "./code-difference.ts";
import { changed } from "./look-again.ts";
import { isAnotherShops, notConnected } from "./repair-at-impact.ts";
import type { Repaired, RepairPorts } from "./repair-difference.ts";

/** The family is told impact.com again, once for all its codes; whose orders wait until then. */
export async function registerLost(
  { store, impact, clock }: RepairPorts,
  shop: ShopDomain,
  { familyId }: CodeDifference,
): Promise<Result<Repaired, Problem>> {
  const connection = await store.connections.find(shop);
  if (!connection?.program) return failure(notConnected());
  const family = familyId && (await store.families.find(shop, familyId));
  if (!family) return failure(changed());
  const { promoCodeId, shape } = family;
  let isGone = false;
  if (promoCodeId) {
    const query = { now: clock.now(), priority: "read" as const };
    const read = await impact.readPromoCode(connection.credentials, promoCodeId, query);
    if (!read.ok) return read;
    if (isAsItShould(read.value, family)) return failure(changed());
    isGone = !read.value || read.value.isEnded;
  }
  if (promoCodeId && !isGone) {
    if (await store.changes.isSharedElsewhere(shop, promoCodeId)) {
      return failure(isAnotherShops(shape));
    }
    const ended = await impact.endPromoCode(connection.credentials, promoCodeId);
    if (!ended.ok) return ended;
    isGone = true;
  }
  return success(async (tx) => {
    await tx.codeRepairs.planFamily(shop, family.id, { isGone });
    await tx.queue.sendAll("register-families", familyJobs(shop, [family.id]));
  });
}

/** What a run finds a family lost by: saveLost, of family-differences.ts. */
function isAsItShould(there: ReadPromoCode | null, { partner }: CodeFamily): boolean {
  if (!there || there.isEnded || there.endsAt !== null) return false;
  return there.partnerId === partner.partnerId && (there.creditPolicy ?? "ALWAYS") === "ALWAYS";
}

/** The registration ends of a family whose last code has gone, and its pattern is free. */
export async function endUnused(
  ports: RepairPorts,
  shop: ShopDomain,
  { familyId }: CodeDifference,
): Promise<Result<Repaired, Problem>> {
  const { store, clock } = ports;
  const connection = await store.connections.find(shop);
  if (!connection?.program) return failure(notConnected());
  if (familyId === null) return failure(changed());
  const step = await store.inTransaction((tx) => beginEnd(tx, shop, familyId, clock.now()));
  if (step === "in use") return failure(changed());
  const ended = step && (await endFamily(ports, connection, step));
  if (ended && !ended.ok) return ended;
  return success(async (tx, now) => {
    const unsent = await tx.conversions.listUnsentForFamily(shop, { familyId });
    await tx.families.forget(shop, familyId);
    await sendUnsent(tx, shop, unsent, now);
  });
}

/** In the turn of those who plan families: no code joins it any more. Null: another shop keeps it. */
async function beginEnd(
  tx: Stores,
  shop: ShopDomain,
  familyId: string,
  now: Date,
): Promise<CodeFamily | "in use" | null> {
  await tx.families.hold(shop, "planning");
  await tx.codeRepairs.expireRetired(shop, familyId, now);
  const family = await tx.families.find(shop, familyId);
  if (!family || (await tx.families.countLeft(shop, familyId, [])) > 0) return "in use";
  if (await tx.families.isKeptElsewhere(shop, family)) return null;
  return (await tx.families.beginEnd(shop, familyId)) ?? "in use";
}
