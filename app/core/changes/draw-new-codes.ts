import type { CodePlan } from "../batches/batch.ts";
import { createDrawing } from "../batches/draw-codes.ts";
import { drawFree, wishOf, type Undrawn, type Wanted } from "../batches/draw-free.ts";
import { readTheirs } from "../batches/read-theirs.ts";
import { partsOf } from "../batches/plan-parts.ts";
import { joinFamilies } from "../codes/families/join-families.ts";
import { whyEnded } from "../codes/why-ended.ts";
import { discountNumber } from "../codes/pattern/discount-number.ts";
import type { Discount } from "../codes/discount.ts";
import type { DiscountCode, PartnerId, ShopDomain } from "../ids.ts";
import type { NewCode } from "../ports/code-stores.ts";
import type { Ports } from "../ports/ports.ts";
import { success, type Result } from "../result.ts";
import type { Change, ChangePlan } from "./change.ts";
import type { ChangeRun, StageResult } from "./change-codes.ts";
import { whyNotLive } from "./refuse-code.ts";

/** Codes of one call to Shopify. */
const AT_ONCE = 250;

/** Draws a new code for each old one, and has a batch of the discount's own make them. */
export async function drawNewCodes(ports: Ports, run: ChangeRun): Promise<StageResult> {
  const { store, clock } = ports;
  const { shop, id } = run.batch;
  const { action } = run.change;
  if (action.kind !== "rotate") return success(0);
  const page = { stages: ["planned"] as const, limit: AT_ONCE, now: clock.now() };
  const changes = await store.changes.list(shop, id, page);
  const lapsed = await listLapsed(ports, shop, changes);
  const refused = changes.flatMap(({ code }) => {
    const problem = whyNotRotated(code, lapsed);
    return problem ? [{ codeId: code.id, problem }] : [];
  });
  await store.changes.settle(shop, id, refused, clock.now());
  const rotated = changes.filter(({ code }) => whyNotRotated(code, lapsed) === null);
  for (const discountId of new Set(rotated.map(({ code }) => code.discountId))) {
    const those = rotated.filter(({ code }) => code.discountId === discountId);
    const discount = await store.discounts.find(shop, discountId);
    if (!discount) throw new Error(`there is no discount ${discountId}`);
    const problem = whyEnded(discount, clock.now());
    if (problem) {
      const left = those.map(({ code }) => ({ codeId: code.id, problem }));
      await store.changes.settle(shop, id, left, clock.now());
      continue;
    }
    const drawn = await drawFor(ports, run, action, discount, those);
    if (!drawn.ok) return drawn;
  }
  return success(changes.length);
}

/** Of the codes' partners those without a contract: impact.com would register nothing for them. */
async function listLapsed(
  { store }: Ports,
  shop: ShopDomain,
  changes: readonly Change[],
): Promise<Set<PartnerId>> {
  const partnerIds = new Set(changes.flatMap(({ code }) => code.partner?.partnerId ?? []));
  const partners = await Promise.all(
    [...partnerIds].map((partnerId) => store.partners.find(shop, partnerId)),
  );
  return new Set(partners.flatMap((one) => (one && !one.hasContract ? [one.partnerId] : [])));
}

function whyNotRotated(code: Change["code"], lapsed: ReadonlySet<PartnerId>): string | null {
  if (whyNotLive(code)) return whyNotLive(code);
  if (!code.partner) return `${code.code} is nobody's. Assign it to a partner first.`;
  if (!lapsed.has(code.partner.partnerId)) return null;
  return `${code.partner.name} has no live contract with this program, so a new code would earn nothing. Retire ${code.code}, or offer a contract at impact.com, sync partners and try again.`;
}

async function drawFor(
  ports: Ports,
  { batch }: ChangeRun,
  action: Extract<ChangePlan["action"], { kind: "rotate" }>,
  discount: Discount,
  changes: readonly Change[],
): Promise<Result<null>> {
  const { shop, id } = batch;
  const { id: discountId } = discount;
  const wanted = wantedOf(changes);
  const planned = planFor(discount, action.pattern, wanted);
  const theirs = await readTheirs(ports, shop, planned);
  if (!theirs.ok) return theirs;
  const plan = { ...planned, theirs: theirs.value };
  const drawing = createDrawing(ports, shop, plan);
  if (!drawing.ok) return drawing;
  const { codes, undrawn } = await drawFree(ports, shop, drawing.value, wanted);
  const pairs = pairUp(changes, codes);
  await settleUndrawn(ports, batch, { changes, pairs, undrawn });
  if (codes.length === 0) return success(null);
  await ports.store.inTransaction(async (tx) => {
    const now = ports.clock.now();
    const draft = { draftKey: `rotate-${id}-${discountId}`, discountId, plan, codes: 0 };
    const { batchId } = await tx.batches.create(shop, draft, now);
    const from = await tx.batches.countParts(shop, batchId);
    await tx.families.hold(shop, "adding");
    const joined = await joinFamilies(tx, shop, codes.map(withEndOf(changes, pairs)));
    const parts = { from, codes: partsOf(joined.codes) };
    const taken = await tx.batches.addParts(shop, { id: batchId, discountId }, parts, now);
    // Another batch was faster by a moment: run again, these codes are seen to be taken.
    const lost = taken.length + joined.others.length;
    if (lost > 0) throw new Error(`${lost} codes were taken by another batch`);
    await tx.changes.saveNewCodes(shop, id, pairs);
    await tx.batches.recount(shop, batchId);
    await tx.batches.reopen(shop, batchId, "running");
    await tx.queue.send("make-codes", { shop, batchId });
  });
  return success(null);
}

interface Left {
  changes: readonly Change[];
  pairs: ReturnType<typeof pairUp>;
  undrawn: readonly Undrawn[];
}

/** Old codes for which there is no new one stay, and say why. */
async function settleUndrawn(
  { store, clock }: Ports,
  { shop, id }: ChangeRun["batch"],
  { changes, pairs, undrawn }: Left,
): Promise<void> {
  const paired = new Set(pairs.map(({ codeId }) => codeId));
  const why = new Map(undrawn.map((one) => [wishOf(one), one.problem]));
  const left = changes.flatMap(({ code }) => {
    const reason = why.get(wishFor(code));
    if (!reason || paired.has(code.id)) return [];
    return [
      { codeId: code.id, problem: `No new code was drawn, and ${code.code} stays. ${reason}` },
    ];
  });
  if (left.length > 0) await store.changes.settle(shop, id, left, clock.now());
}

/** A new code ends with the old one. */
function withEndOf(
  changes: readonly Change[],
  pairs: ReturnType<typeof pairUp>,
): (one: NewCode) => NewCode {
  const old = new Map(changes.map(({ code }) => [code.id, code]));
  const oldOf = new Map(pairs.map(({ codeId, code }) => [code, old.get(codeId)]));
  return (one) => {
    const { endsAt = null } = oldOf.get(one.code) ?? {};
    return { ...one, endsAt };
  };
}

function planFor(
  { value, currency }: Discount,
  pattern: string,
  wanted: readonly Wanted[],
): CodePlan {
  const partnerIds = [...new Set(wanted.map(({ partnerId }) => partnerId))];
  const ofEach = partnerIds.map((id) => wanted.filter(({ partnerId }) => partnerId === id));
  const codesEach = Math.max(...ofEach.map((of) => of.reduce((sum, { count }) => sum + count, 0)));
  return {
    ...{ pattern, value: discountNumber(value, currency), codesEach, partnerIds, drawn: 0 },
    isDrawnElsewhere: true,
  };
}

/** A new code for each old one, which reaches as far. */
function wantedOf(changes: readonly Change[]): Wanted[] {
  const wishes = new Map<string, Wanted>();
  for (const { code } of changes) {
    if (!code.partner) continue;
    const count = (wishes.get(wishFor(code))?.count ?? 0) + 1;
    wishes.set(wishFor(code), { partnerId: code.partner.partnerId, reach: code.reach, count });
  }
  return [...wishes.values()];
}

/** Nobody's code is rotated. */
function wishFor({ partner, reach }: Change["code"]): string {
  return partner ? wishOf({ partnerId: partner.partnerId, reach }) : "";
}

/** Each old code with a new one of the same partner's, and of the same reach. */
function pairUp(
  changes: readonly Change[],
  drawn: readonly NewCode[],
): { codeId: string; code: DiscountCode }[] {
  const left = [...drawn];
  return changes.flatMap(({ code }) => {
    const index = left.findIndex((one) => wishOf(one) === wishFor(code));
    const [one] = left.splice(index, index < 0 ? 0 : 1);
    return one ? [{ codeId: code.id, code: one.code }] : [];
  });
}
