import type { Discount } from "../codes/discount.ts";
import { whyEnded } from "../codes/why-ended.ts";
import type { DiscountCode, ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import { failure, success, type Result } from "../result.ts";
import { findKnownIn } from "./find-known.ts";
import { judgeRows } from "./judge-rows.ts";
import type { KnownCode, RowVerdict, UploadCounts } from "./judge-upload.ts";
import { lookUpAtImpact, type AtImpact } from "./look-up-at-impact.ts";
import { startLookUp } from "./look-up-in-shopify.ts";
import type { LookupProblem, PartnerLookup } from "./partner-lookup.ts";
import { peekRows, type PeekedRows } from "./peek-rows.ts";
import { readPartnerLookup } from "./read-partner-lookup.ts";
import { dateReader } from "./read-upload-date.ts";
import {
  recogniseColumns,
  ROWS_TO_RECOGNISE,
  type MappingByHand,
  type RecognisedColumns,
} from "./recognise-columns.ts";
import { UPLOAD_KEPT_MS } from "./upload.ts";
import type { UploadProblem, UploadRow } from "./upload-row.ts";
import { startWarnings } from "./warn-rows.ts";

export interface UploadForm {
  shop: ShopDomain;
  discountId: string;
  /** The shop's: a day in the file is a day there. */
  timeZone: string;
  /** As the merchant's computer calls it. */
  fileName: string;
  /** Null where the columns are to be recognised. */
  byHand: MappingByHand | null;
  /** To be read once; let go of at the end. */
  rows: AsyncIterable<Result<UploadRow, UploadProblem>>;
}

export type CheckedUpload =
  | { kind: "checked"; uploadId: string }
  /** The columns are to be mapped by hand, and the file sent again with the mapping. */
  | Extract<RecognisedColumns, { kind: "ask" }>;

export interface CheckPorts extends Pick<Ports, "store" | "clock" | "impact" | "codeMaking"> {
  shopify: Pick<Ports["shopify"], "locateCodes">;
}
type CheckResult = Result<CheckedUpload, UploadProblem | LookupProblem>;

/**
 * Judges a file row by row and keeps what became of each, for a day; nothing is made. Null where the
 * shop has no such discount.
 */
export async function checkUpload(
  ports: CheckPorts,
  form: UploadForm,
): Promise<CheckResult | null> {
  const discount = await ports.store.discounts.find(form.shop, form.discountId);
  if (!discount) return null;
  const ended = whyEnded(discount, ports.clock.now());
  if (ended) return failure({ kind: "discount-ended", retry: "never", message: ended });
  const peeked = await peekRows(form.rows, ROWS_TO_RECOGNISE);
  if (!peeked.ok) return peeked;
  try {
    return await checkRows(ports, form, discount, peeked.value);
  } finally {
    await peeked.value.close();
  }
}

async function checkRows(
  ports: CheckPorts,
  form: UploadForm,
  discount: Discount,
  peeked: PeekedRows,
): Promise<CheckResult | null> {
  const { first } = peeked;
  const hasEmails = first.some(({ cells }) => cells.some((cell) => cell.includes("@")));
  const partners = await readPartnerLookup(ports, form.shop, { hasEmails });
  if (!partners.ok) return partners;
  const columns = recogniseColumns({
    rows: first,
    byHand: form.byHand,
    isPartner: isPartnerIn(partners.value),
  });
  if (columns.kind === "ask") return success(columns);
  const uploadId = await begin(ports, form, columns);
  if (uploadId === null) return null;
  const known = { columns, partners: partners.value, discount };
  const counts = await keepRows(ports, form, peeked, { uploadId, ...known }).catch(
    async (error: unknown) => {
      await ports.store.uploads.remove(form.shop, uploadId);
      throw error;
    },
  );
  if (!counts.ok) {
    await ports.store.uploads.remove(form.shop, uploadId);
    return counts;
  }
  await ports.store.uploads.saveChecked(form.shop, uploadId, counts.value);
  return success({ kind: "checked", uploadId });
}

type Columns = Extract<RecognisedColumns, { kind: "recognised" }>;

/** Null for a shop that was erased meanwhile. */
async function begin(
  { store, clock }: CheckPorts,
  { shop, discountId, fileName }: UploadForm,
  { headings, mapping }: Columns,
): Promise<string | null> {
  const now = clock.now();
  const file = { discountId, fileName: shownName(fileName), headings, mapping };
  const times = { now, expiresAt: new Date(now.getTime() + UPLOAD_KEPT_MS) };
  return store.inTransaction(async (tx) =>
    (await tx.shops.hold(shop)) ? tx.uploads.create(shop, file, times) : null,
  );
}

interface Known {
  uploadId: string;
  columns: Columns;
  partners: PartnerLookup;
  discount: Discount;
}

async function keepRows(
  ports: CheckPorts,
  { shop, discountId, timeZone }: UploadForm,
  peeked: PeekedRows,
  { uploadId, columns, partners, discount }: Known,
): Promise<Result<UploadCounts, UploadProblem | LookupProblem>> {
  const { store, shopify, clock, codeMaking } = ports;
  const { mapping, firstRow } = columns;
  const { findStanding, isWhole } = await lookUpAtImpact(ports, shop);
  const inTable = findKnownIn(store, shop, discountId);
  const { shopifyId } = discount;
  const lookUp = startLookUp({ shopify }, { shop, shopifyId }, inTable);
  const judged = judgeRows(peeked.all(), {
    ...{ mapping, firstRow, partners },
    readDate: dateReader(timeZone),
    time: { now: clock.now(), discount },
    findKnown: async (codes) => withStanding(codes, await lookUp.findKnown(codes), findStanding),
  });
  const { warnings, take } = startWarnings(codeMaking, partners);
  let counts: UploadCounts | null = null;
  for await (const chunk of judged) {
    if (!chunk.ok) return chunk;
    if (partners.emailsUnread && chunk.value.verdicts.some(needsEmails)) {
      return failure(partners.emailsUnread);
    }
    take(chunk.value.verdicts);
    lookUp.take(chunk.value.verdicts);
    await store.uploads.addRows(shop, uploadId, rowsToKeep(chunk.value.verdicts));
    ({ counts } = chunk.value);
  }
  if (!counts) return failure(ONLY_HEADINGS);
  const { inShopify } = lookUp;
  return success({
    ...counts,
    ...(warnings.rows > 0 && { warnings }),
    ...(!isWhole && counts.new > 0 && { isImpactUnread: true as const }),
    ...(inShopify.here + inShopify.unasked > 0 && { inShopify }),
  });
}

/** Of what nobody here has, impact.com may credit somebody. */
function withStanding(
  codes: readonly DiscountCode[],
  known: Map<DiscountCode, KnownCode>,
  findStanding: AtImpact["findStanding"],
): Map<DiscountCode, KnownCode> {
  for (const code of codes) {
    const there = known.has(code) ? [] : findStanding(code);
    if (there.length > 0) known.set(code, { kind: "at-impact", standing: there });
  }
  return known;
}

function needsEmails(each: RowVerdict): boolean {
  return each.verdict === "wrong" && each.problems.some(({ kind }) => kind === "emails-unread");
}

/** Of what is the shop's already nothing is kept but the count. */
function rowsToKeep(verdicts: readonly RowVerdict[]) {
  return {
    new: verdicts.flatMap((each) => {
      if (each.verdict !== "new") return [];
      return [{ number: each.row.number, ...each.wanted }];
    }),
    wrong: verdicts.filter((each) => each.verdict === "wrong"),
  };
}

function isPartnerIn(partners: PartnerLookup): (cell: string) => boolean {
  return (cell) =>
    partners.byId(cell) !== null ||
    partners.byName(cell).length > 0 ||
    partners.byEmail(cell).length > 0 ||
    partners.ended(cell).length > 0;
}

const LONGEST_NAME = 200;

function shownName(name: string): string {
  return name.replaceAll(/\p{Cc}/gu, "").slice(0, LONGEST_NAME) || "codes";
}

const ONLY_HEADINGS: UploadProblem = {
  kind: "upload-empty",
  retry: "never",
  message: "This file has headings and no row below them. Add a row for each code.",
};
