import type { ShopDomain } from "../ids.ts";
import { inParts } from "../in-parts.ts";
import type { ImpactAction } from "../ports/impact.ts";
import type { Ports } from "../ports/ports.ts";
import type { Connection, ImpactCredentials } from "../program/program.ts";
import { checkEach, inTurns } from "./check-each.ts";
import {
  askAgainLater,
  checkSubmission,
  type OpenSubmission,
  type StillOpen,
} from "./check-submission.ts";
import { creditAll } from "./credit-all.ts";
import { keyOf, queryFor, windowsOf } from "./listed-actions.ts";
import { listLostCodes, paidByAction } from "./paid-by-action.ts";

/** From so many on, one list of actions is asked for instead of every submission by itself. */
const FEWEST = 5;
/** What is listed later than that is asked about one by one. */
const LISTED_WITHIN_MS = 10 * 60_000;
const TICK_MS = 60_000;
/** More pages than these cost more than they save. */
const MOST_PAGES = 3;
/** More orders than that would be locked for long. */
const CREDITED_TOGETHER = 200;

/**
 * Settles submissions of one shop. An order that impact.com lists as an action of the right partner is
 * credited, whatever its submission says; only the others are asked about one by one. A throw comes
 * after all others were tried.
 */
export async function checkSubmissions(
  ports: Ports,
  { shop, submissionIds }: { shop: ShopDomain; submissionIds: readonly string[] },
): Promise<void> {
  const open = await listOpen(ports, shop, submissionIds);
  const connection = await ports.store.connections.find(shop);
  const { settled, missing } = await settleByList(ports, shop, connection, open);
  const waiting = new Set(
    missing.length < FEWEST ? [] : missing.filter(isYoung(ports.clock.now())),
  );
  await askAgainLater(ports, shop, onTick([...waiting], ports.clock.now()));
  const others = open.filter((one) => !settled.has(one) && !waiting.has(one));
  await checkEach(ports, shop, connection, others);
  // Those of adjustments, of which a list of actions does not tell.
  const opened = new Set(open.map(({ submission }) => submission.submissionId));
  const adjusting = submissionIds.filter((submissionId) => !opened.has(submissionId));
  await inTurns(adjusting, (submissionId) => checkSubmission(ports, { shop, submissionId }));
}

/** impact.com may be at work on it, or its list behind. */
function isYoung(now: Date): (one: OpenSubmission) => boolean {
  return ({ submission }) => now.getTime() - submission.submittedAt.getTime() < LISTED_WITHIN_MS;
}

/** Together again, so that one list answers for all of them. */
function onTick(open: readonly OpenSubmission[], now: Date): StillOpen[] {
  const notBefore = new Date(Math.ceil((now.getTime() + TICK_MS / 2) / TICK_MS) * TICK_MS);
  return open.map(({ submission }) => ({ submission, notBefore }));
}

/** What of a window impact.com lists, and what it doesn't list by now. */
interface Listed {
  listed: Listing[];
  missing: OpenSubmission[];
}

interface Listing {
  of: OpenSubmission;
  action: ImpactAction;
}

async function settleByList(
  ports: Ports,
  shop: ShopDomain,
  connection: Connection | null,
  open: readonly OpenSubmission[],
): Promise<{ settled: Set<OpenSubmission>; missing: OpenSubmission[] }> {
  const settled = new Set<OpenSubmission>();
  if (!connection || open.length < FEWEST) return { settled, missing: [] };
  const { credentials } = connection;
  const askable = open.filter(
    ({ conversion: { state, accountSid } }) =>
      state === "sent" && accountSid === credentials.accountSid,
  );
  const allMissing: OpenSubmission[] = [];
  for (const window of windowsOf(askable).filter(({ length }) => length >= FEWEST)) {
    const { listed, missing } = await listedOf(ports, shop, credentials, window);
    for (const some of inParts(listed, CREDITED_TOGETHER)) {
      await creditAll(ports, shop, some.map(withPartner));
    }
    for (const { of } of listed) settled.add(of);
    allMissing.push(...missing);
  }
  return { settled, missing: allMissing };
}

/** It is listed as its own partner's action. */
function withPartner({ of: { submission, conversion }, action }: Listing) {
  const { partnerId } = action;
  return { submission: { ...submission, partnerId }, conversion, action };
}

async function listOpen(
  { store }: Ports,
  shop: ShopDomain,
  submissionIds: readonly string[],
): Promise<OpenSubmission[]> {
  const submissions = await store.outcomes.listOpen(shop, submissionIds);
  const ids = submissions.map(({ conversionId }) => conversionId);
  const conversions = await store.conversions.findAll(shop, ids);
  const byId = new Map(conversions.map((conversion) => [conversion.id, conversion]));
  return submissions.flatMap((submission) => {
    const conversion = byId.get(submission.conversionId);
    return conversion ? [{ submission, conversion }] : [];
  });
}

/** Their own partner is paid; where nobody knows whose the click was, it must be by our own report. */
async function paidAsSent(
  { store }: Ports,
  shop: ShopDomain,
  listings: readonly Listing[],
): Promise<Listing[]> {
  const unknown = listings.filter(({ of }) => of.conversion.partnerId === null);
  const conversions = unknown.map(({ of }) => of.conversion);
  const lost = await listLostCodes(store, shop, conversions);
  return listings.filter(({ of: { conversion }, action }) => {
    const paid = paidByAction(conversion, action, lost.get(conversion.orderId));
    return paid.reason === "credited";
  });
}

/** Those of a window that are listed as live actions of their own partner, and those that are not listed. */
async function listedOf(
  ports: Ports,
  shop: ShopDomain,
  credentials: ImpactCredentials,
  window: readonly OpenSubmission[],
): Promise<Listed> {
  // Whole seconds are all that was sent of a time.
  const query = { ...queryFor(window, 1_000), priority: "outcome" as const };
  const actions = new Map<string, ImpactAction>();
  let pages = 1;
  let read = 0;
  while (read < Math.min(pages, MOST_PAGES)) {
    const answer = await ports.impact.listActions(credentials, { ...query, page: read + 1 });
    if (!answer.ok) break;
    read += 1;
    pages = answer.value.pages;
    for (const action of answer.value.actions) {
      if (action.state !== "reversed") actions.set(keyOf(action), action);
    }
  }
  const theirs = window.flatMap((of): Listing[] => {
    const action = actions.get(keyOf(of.conversion));
    return action ? [{ of, action }] : [];
  });
  const listed = await paidAsSent(ports, shop, theirs);
  const isWhole = read === pages;
  const missing = window.filter(({ conversion }) => !actions.has(keyOf(conversion)));
  return { listed, missing: isWhole ? missing : [] };
}
