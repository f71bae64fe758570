import type { DiscountCode, ShopDomain } from "../ids.ts";
import type { Reconciliation } from "../ledger/reconciliation.ts";
import type { Connection } from "../program/program.ts";
import { askShopify, isQuestion } from "./ask-shopify.ts";
import type { CheckPlace } from "./check-place.ts";
import type { CodeStory, FoundDifference } from "./code-difference.ts";
import { findPairs } from "./find-pairs.ts";
import { judgeCode } from "./judge-code.ts";
import { judgeExpressions } from "./judge-expressions.ts";
import { CHANGED, isStill } from "./read-impact-side.ts";
import type { CheckPorts, PageRead } from "./reconcile-codes.ts";

const CODES_PER_PAGE = 1_000;
/** Shopify is asked for some codes themselves: so many of them fill a page. */
const QUESTIONS_PER_PAGE = 200;

type Place = Extract<CheckPlace, { stage: "compare" }>;

/** Judges the next codes by their text, of whichever of the three has them. */
export async function comparePage(
  ports: CheckPorts,
  shop: ShopDomain,
  run: Reconciliation,
  place: Place,
): Promise<PageRead> {
  const { store, clock } = ports;
  const { programId, after } = place;
  const connection = await store.connections.find(shop);
  if (programId !== null && !(connection && isStill(connection, programId))) return CHANGED;
  const now = clock.now();
  const page = { after, limit: CODES_PER_PAGE, now };
  const told = await store.seenCodes.listStories(shop, run, page);
  const patterns = programId === null ? [] : await store.seenCodes.listPatterns(shop, run);
  const stories = findPairs(told, patterns);
  const judged = await judgeAll(ports, shop, stories, { place, connection, now });
  const expressions = judgeExpressions(told, patterns, now);
  const own = await withoutShared(ports, shop, [...judged.found, ...expressions]);
  const stuck = await withoutWaiting(ports, shop, own);
  const found = await askShopify(ports, shop, stuck);
  if (!found.ok) return { kind: "failed", problem: found.problem };
  return {
    kind: "read",
    next: judged.after === null ? null : { stage: "compare", programId, after: judged.after },
    listed: 0,
    note: (tx) => tx.codeDifferences.save(shop, run.id, found.value, now),
  };
}

/** What differs, up to the code where a page is full; `after` is null where all were judged. */
async function judgeAll(
  { store }: CheckPorts,
  shop: ShopDomain,
  stories: readonly CodeStory[],
  { place, connection, now }: { place: Place; connection: Connection | null; now: Date },
): Promise<{ found: FoundDifference[]; after: DiscountCode | null }> {
  const { programId } = place;
  const at = programId !== null && connection && { ...connection.credentials, programId };
  const isProgramShared = at ? await store.seenCodes.isProgramSharedNow(shop, at) : false;
  const view = { now, isImpactRead: programId !== null, isProgramShared };
  const found: FoundDifference[] = [];
  let questions = 0;
  for (const story of stories) {
    const difference = judgeCode(story, view);
    if (!difference) continue;
    found.push(difference);
    if (isQuestion(difference)) questions += 1;
    if (questions === QUESTIONS_PER_PAGE) return { found, after: story.code };
  }
  const last = stories.length < CODES_PER_PAGE ? undefined : stories.at(-1);
  return { found, after: last?.code ?? null };
}

/**
 * A registration that outlives our code for the sake of another shop's is as it should be, and so is
 * the same partner's family there.
 */
async function withoutShared(
  { store }: CheckPorts,
  shop: ShopDomain,
  found: readonly FoundDifference[],
): Promise<FoundDifference[]> {
  const left: FoundDifference[] = [];
  for (const difference of found) {
    const { kind, codeId, promoCodeId } = difference;
    const mayBeTheirs = kind === "family-twice" || (kind === "only-at-impact" && codeId !== null);
    const id = mayBeTheirs ? promoCodeId : null;
    if (id === null || !(await store.changes.isSharedElsewhere(shop, id))) left.push(difference);
  }
  return left;
}

/** A large batch takes impact.com days: what is queued, or in a file, is under way. */
async function withoutWaiting(
  { store }: CheckPorts,
  shop: ShopDomain,
  found: readonly FoundDifference[],
): Promise<FoundDifference[]> {
  const codeIds = found.flatMap(({ kind, codeId }) =>
    kind === "not-registered" && codeId !== null ? [codeId] : [],
  );
  if (codeIds.length === 0) return [...found];
  const waiting = new Set(await store.seenCodes.listWaiting(shop, codeIds));
  return found.filter(({ codeId }) => codeId === null || !waiting.has(codeId));
}
