import type { ShopDomain } from "../ids.ts";
import type { ImpactCredentials } from "../program/program.ts";
import { failure, success, type Problem, type Result } from "../result.ts";
import type { CodeDifference } from "./code-difference.ts";
import { changed } from "./look-again.ts";
import { isAnotherShops, notConnected } from "./repair-at-impact.ts";
import type { Repaired, RepairPorts } from "./repair-difference.ts";

/** Ends an expression that is none of our families': what it has earned stays. */
export async function endExpression(
  ports: RepairPorts,
  shop: ShopDomain,
  { promoCodeId, subject, familyId }: CodeDifference,
): Promise<Result<Repaired, Problem>> {
  const { store, impact } = ports;
  const connection = await store.connections.find(shop);
  if (!connection?.program || promoCodeId === null) return failure(notConnected());
  if (await store.changes.isSharedElsewhere(shop, promoCodeId)) {
    return failure(isAnotherShops(subject));
  }
  const { credentials } = connection;
  const own =
    familyId === null
      ? null
      : await standsByItself(ports, credentials, { shop, familyId, promoCodeId });
  if (own && !own.ok) return own;
  if (own && !own.value) return failure(changed());
  const ended = await impact.endPromoCode(credentials, promoCodeId);
  return ended.ok ? success(() => Promise.resolve()) : ended;
}

/** The family has another registration than this one, which goes on. */
async function standsByItself(
  { store, impact, clock }: RepairPorts,
  credentials: ImpactCredentials,
  { shop, familyId, promoCodeId }: { shop: ShopDomain; familyId: string; promoCodeId: string },
): Promise<Result<boolean, Problem>> {
  const own = (await store.families.find(shop, familyId))?.promoCodeId ?? promoCodeId;
  if (own === promoCodeId) return success(false);
  const query = { now: clock.now(), priority: "read" as const };
  const read = await impact.readPromoCode(credentials, own, query);
  return read.ok ? success(read.value !== null && !read.value.isEnded) : read;
}
