import { joinFamilies } from "../codes/families/join-families.ts";
import { CODES_PER_JOB } from "../codes/of-many.ts";
import { registrationJobs } from "../codes/register-codes.ts";
import { NOT_TOLD } from "../codes/leave-ended.ts";
import { otherSpelling } from "../codes/registered-as.ts";
import { startToCome } from "../codes/registration-terms.ts";
import { takeOver } from "../codes/take-over.ts";
import { hasEnded } from "../codes/why-ended.ts";
import type { DiscountCode, PartnerId, ShopDomain } from "../ids.ts";
import type { AdoptedCode, TakenCode } from "../ports/adoption-stores.ts";
import type { Ports } from "../ports/ports.ts";
import type { Stores } from "../ports/store.ts";
import type { Adoption } from "./adoption.ts";
import { isOfOtherProgram } from "./of-other-program.ts";

export const CODES_PER_PAGE = 2_000;

/**
 * Adopts the next codes by their text, in one commit, after so many others; gives the last one, or
 * null at the end.
 */
export async function adoptPage(
  { store, clock }: Pick<Ports, "store" | "clock">,
  adoption: Adoption,
  batchId: string,
  { after, before }: { after: DiscountCode | null; before: number },
): Promise<DiscountCode | null> {
  const { shop, id: adoptionId, startsAt } = adoption;
  const now = clock.now();
  return store.inTransaction(async (tx) => {
    const isElsewhere = await isOfOtherProgram(tx, adoption);
    const page = { after, limit: CODES_PER_PAGE };
    const held = await tx.adoptions.holdNext(shop, adoptionId, page);
    const taken = isElsewhere ? held.map((one) => ({ ...one, atImpact: null })) : held;
    const last = taken.at(-1);
    if (!last) return null;
    await tx.families.hold(shop, "adding");
    const from = startsAt ?? now;
    const codes = await withFamilies(tx, adoption, taken, { from, now });
    const into = { adoptionId, batchId, startsAt: from };
    const assigned = await tx.adoptions.adopt(shop, into, codes, now);
    await tx.codeDifferences.removeOfCodes(
      shop,
      taken.map(({ code }) => code),
    );
    // Of a family, they are as their family is; the others are registered one by one.
    const alone = await tx.families.follow(shop, assigned, now);
    const turn = before === 0 ? undefined : Math.ceil(before / CODES_PER_JOB);
    const open = await tx.adoptions.listUnregistered(shop, alone);
    await tx.queue.sendAll("register-codes", registrationJobs(shop, open, turn));
    return taken.length < CODES_PER_PAGE ? null : last.code;
  });
}

/** A family may have been planned since the codes were judged: another partner's code is nobody's then. */
async function withFamilies(
  tx: Stores,
  { shop }: Adoption,
  taken: readonly TakenCode[],
  times: { from: Date; now: Date },
): Promise<AdoptedCode[]> {
  const owned = taken.flatMap(({ code, partnerId, atImpact }): OwnedCode[] =>
    partnerId ? [{ code, partnerId, atImpact }] : [],
  );
  const others = new Set((await joinFamilies(tx, shop, owned)).others.map(({ code }) => code));
  const mine = owned.filter(({ code }) => !others.has(code));
  const familyOf = await findFamilies(tx, shop, mine, times.from);
  return taken.map((one): AdoptedCode => {
    const { code } = one;
    const partnerId = others.has(code) ? null : one.partnerId;
    const familyId = familyOf.get(code) ?? null;
    const unregistered = { code, partnerId, familyId, ...UNREGISTERED };
    if (!partnerId || familyId) return unregistered;
    return { ...unregistered, ...registrationOf(one, partnerId, times) };
  });
}

/**
 * Those of their partner's families. One with a registration of its own keeps that, and one that is its
 * partner's from before the family was registered gets one: its orders may be older.
 */
async function findFamilies(
  { families }: Pick<Stores, "families">,
  shop: ShopDomain,
  owned: readonly OwnedCode[],
  from: Date,
): Promise<Map<DiscountCode, string>> {
  const joining = owned.filter(({ atImpact }) => atImpact === null).map(({ code }) => code);
  const found =
    joining.length > 0 ? await families.findFor(shop, joining) : new Map<never, never>();
  return new Map(
    [...found].flatMap(([code, { id, state, createdAt }]) =>
      state === "ending" || from < createdAt ? [] : [[code, id] as const],
    ),
  );
}

type OwnedCode = Pick<TakenCode, "code" | "atImpact"> & { partnerId: PartnerId };

type Registration = Pick<
  AdoptedCode,
  "promoCodeId" | "registeredAs" | "registeredFrom" | "impactProblem" | "hasEnded"
>;

const UNREGISTERED: Registration = {
  ...{ promoCodeId: null, registeredAs: null, registeredFrom: null },
  ...{ impactProblem: null, hasEnded: false },
};

const ENDED: Registration = { ...UNREGISTERED, impactProblem: NOT_TOLD, hasEnded: true };

/** One that stands is taken over, never made again; where it can't be, why. None is made for what has ended. */
function registrationOf(
  { code, atImpact, during }: TakenCode,
  partnerId: PartnerId,
  { from, now }: { from: Date; now: Date },
): Registration {
  const unregistered = hasEnded(during?.endsAt ?? null, now) ? ENDED : UNREGISTERED;
  if (!atImpact || !during) return unregistered;
  // It can't be made to have begun earlier than it has.
  const startsAt = [from, during.startsAt, now].reduce((one, other) => (one > other ? one : other));
  const wanted = { code, partnerId, during: { startsAt, endsAt: during.endsAt } };
  const taken = takeOver(atImpact, wanted);
  if (!taken.ok) return { ...unregistered, impactProblem: taken.problem.message };
  const registeredAs = otherSpelling(atImpact.code, code);
  const registeredFrom = startToCome(atImpact.startsAt, now);
  return { ...UNREGISTERED, promoCodeId: taken.value, registeredAs, registeredFrom };
}
