import type { CodeSelection } from "../codes/code-selection.ts";
import type { PartnerId, ShopDomain } from "../ids.ts";
import type { SelectionCounts } from "../ports/change-stores.ts";
import type { Ports } from "../ports/ports.ts";
import type { ChangeKind } from "./change.ts";

interface Asked {
  shop: ShopDomain;
  selection: CodeSelection;
  kind: ChangeKind;
  /** Who gets the codes, where they are reassigned. */
  partnerId: PartnerId | null;
}

export interface ChangePreview {
  counts: SelectionCounts;
  /** Of them the codes that are changed; the others are left as they are, and say why. */
  changed: number;
  /** Requests that impact.com is asked, of which it takes so many an hour. */
  requests: number;
  /** How many of them fit into an hour beside its orders; null where impact.com is not connected. */
  perHour: number | null;
  /** One of the codes, and how codes of its discount are drawn so far, with a random part. */
  example: { code: string; pattern: string | null } | null;
}

/** What changing these codes would do on either side, before anything is done. */
export async function previewChange(
  { store, impact, clock }: Pick<Ports, "store" | "impact" | "clock">,
  { shop, selection, kind, partnerId }: Asked,
): Promise<ChangePreview> {
  const to = {
    partnerId: kind === "reassign" ? partnerId : null,
    ...{ isRotation: kind === "rotate", now: clock.now() },
  };
  const [counts, example, connection] = await Promise.all([
    store.changes.countSelection(shop, selection, to),
    findExample({ store }, shop, selection),
    store.connections.find(shop),
  ]);
  const perHour = connection && (await impact.registrationsPerHour(connection.credentials));
  const changed = changedOf(kind, counts);
  return { counts, changed, requests: requestsFor(kind, counts, changed), perHour, example };
}

function changedOf(kind: ChangeKind, counts: SelectionCounts): number {
  const { live, unassigned, lapsed, ended, alreadyTheirs, bound, needingClick } = counts;
  if (kind === "retire") return live;
  if (kind === "register-anew") return needingClick;
  return kind === "rotate" ? live - unassigned - lapsed - ended : live - alreadyTheirs - bound;
}

/** A new registration is one request, as is the end of one; that is read back where its time counts. */
function requestsFor(kind: ChangeKind, { endings, free }: SelectionCounts, changed: number) {
  if (kind === "retire") return endings;
  if (kind === "register-anew") return 2 * changed;
  return kind === "rotate" ? changed + endings : changed + 2 * free;
}

async function findExample(
  { store }: Pick<Ports, "store">,
  shop: ShopDomain,
  selection: CodeSelection,
): Promise<ChangePreview["example"]> {
  const { codeIds } = await store.codes.pageSelected(shop, selection, { after: null, limit: 1 });
  const code = codeIds[0] ? await store.codes.find(shop, codeIds[0]) : null;
  if (!code) return null;
  const batch = await store.batches.newestOf(shop, code.discountId);
  const pattern = batch?.plan?.pattern;
  return { code: code.code, pattern: pattern ? withRandomPart(pattern) : null };
}

/** A pattern without one gives the text that the old code has. */
function withRandomPart(pattern: string): string {
  return /\{\s*random/i.test(pattern) ? pattern : `${pattern}-{RANDOM:6}`;
}
