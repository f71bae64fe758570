import { eachRegistrationPage } from "../codes/each-registration-page.ts";
import { createFindStanding } from "../codes/expressions/find-standing.ts";
import { joinFamilies } from "../codes/families/join-families.ts";
import type { ShopDomain } from "../ids.ts";
import type { ImpactProblem, ListedPromoCode } from "../ports/impact.ts";
import type { Ports } from "../ports/ports.ts";
import { success, type Result } from "../result.ts";
import { standingOf, whyRegistered } from "./look-up-at-impact.ts";
import type { NewRow } from "./upload.ts";

type RefusePorts = Pick<Ports, "store" | "impact" | "clock">;

/**
 * Before the first code of an upload is made: keeps back the rows whose codes stand at impact.com for
 * another partner, by themselves or by an expression, each with why. Whether impact.com refuses a code that stands already is not documented
 * (reference/impact.md, 12.2): where it does not, the older registration is paid. Done again, it does no more.
 */
export async function refuseRegistered(
  ports: RefusePorts,
  { shop, id }: { shop: ShopDomain; id: string },
): Promise<Result<number, ImpactProblem>> {
  const { store } = ports;
  const uploadId = await store.uploads.findTaken(shop, id);
  if (uploadId === null || (await store.batches.countParts(shop, id)) > 0) return success(0);
  const expressions: ListedPromoCode[] = [];
  const read = await eachRegistrationPage(ports, shop, async (listed) => {
    expressions.push(...listed.filter(({ isEnded, isPattern }) => isPattern && !isEnded));
    await refuse(store, { shop, uploadId }, listed);
  });
  if (read.ok) await refuseMatched(store, { shop, uploadId }, expressions);
  return read;
}

interface OfUpload {
  shop: ShopDomain;
  uploadId: string;
}

const ROWS_AT_ONCE = 2_000;

/**
 * An expression may match any row, so all of them are gone through. Rows that families match are refused as
 * they are planned, without a word of another shop's.
 */
async function refuseMatched(
  { uploads, codes, families }: RefuseStores,
  { shop, uploadId }: OfUpload,
  expressions: readonly ListedPromoCode[],
): Promise<void> {
  if (expressions.length === 0) return;
  const findStanding = createFindStanding(expressions);
  for (let after: number | undefined = 0; after !== undefined;) {
    const page = { after, limit: ROWS_AT_ONCE };
    const rows: NewRow[] = await uploads.listNewAfter(shop, uploadId, page);
    const matched = rows.flatMap((row) => {
      const problem = whyRegistered(findStanding(row.code), row);
      return problem ? [{ ...row, problem }] : [];
    });
    const named = matched.map(({ code }) => code);
    const { others } = await joinFamilies({ families }, shop, matched);
    const told = new Set([
      ...(await codes.listTaken(shop, named)),
      ...others.map((one) => one.code),
    ]);
    const refused = matched.filter(({ code }) => !told.has(code));
    await uploads.refuseNew(
      shop,
      uploadId,
      refused.map(({ number, problem }) => ({ number, problem })),
    );
    after = rows.length < ROWS_AT_ONCE ? undefined : rows.at(-1)?.number;
  }
}

type RefuseStores = Pick<RefusePorts["store"], "uploads" | "codes" | "families">;

async function refuse(
  { uploads, codes }: Pick<RefusePorts["store"], "uploads" | "codes">,
  { shop, uploadId }: OfUpload,
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
