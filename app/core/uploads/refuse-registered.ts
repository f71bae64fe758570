import { eachRegistrationPage } from "../codes/each-registration-page.ts";
import type { ShopDomain } from "../ids.ts";
import type { ImpactProblem, ListedPromoCode } from "../ports/impact.ts";
import type { Ports } from "../ports/ports.ts";
import { success, type Result } from "../result.ts";
import { standingOf, whyRegistered } from "./look-up-at-impact.ts";

type RefusePorts = Pick<Ports, "store" | "impact" | "clock">;

/**
 * Before the first code of an upload is made: keeps back the rows whose codes stand at impact.com for
 * another partner, each with why. Whether impact.com refuses a code that stands already is not documented
 * (reference/impact.md, 12.2): where it does not, the older registration is paid. Done again, it does no more.
 */
export async function refuseRegistered(
  ports: RefusePorts,
  { shop, id }: { shop: ShopDomain; id: string },
): Promise<Result<number, ImpactProblem>> {
  const { store } = ports;
  const uploadId = await store.uploads.findTaken(shop, id);
  if (uploadId === null || (await store.batches.countParts(shop, id)) > 0) return success(0);
  return eachRegistrationPage(ports, shop, (listed) => refuse(store, { shop, uploadId }, listed));
}

async function refuse(
  { uploads, codes }: Pick<RefusePorts["store"], "uploads" | "codes">,
  { shop, uploadId }: { shop: ShopDomain; uploadId: string },
  listed: readonly ListedPromoCode[],
): Promise<void> {
  const byCode = standingOf(listed);
  if (byCode.size === 0) return;
  const rows = await uploads.listNew(shop, uploadId, [...byCode.keys()]);
  // Of what is the shop's own by now its table says more; those rows are refused as they are planned.
  const named = rows.map(({ code }) => code);
  const taken = new Set(await codes.listTaken(shop, named));
  const refused = rows.flatMap(({ number, ...wanted }) => {
    const found = taken.has(wanted.code) ? [] : (byCode.get(wanted.code) ?? []);
    const problem = whyRegistered(found, wanted);
    return problem ? [{ number, problem }] : [];
  });
  await uploads.refuseNew(shop, uploadId, refused);
}
