import { normalizeCode } from "../codes/code-text.ts";
import { withoutApostrophe } from "../csv.ts";
import type { DiscountCode, ShopDomain } from "../ids.ts";
import { failure, success, type Result } from "../result.ts";
import type { CheckedUpload, CheckPorts } from "../uploads/check-upload.ts";
import { peekRows, type PeekedRows } from "../uploads/peek-rows.ts";
import type { LookupProblem } from "../uploads/partner-lookup.ts";
import { readPartnerLookup } from "../uploads/read-partner-lookup.ts";
import { dateReader } from "../uploads/read-upload-date.ts";
import type { RowContext } from "../uploads/read-upload-row.ts";
import {
  recogniseColumns,
  ROWS_TO_RECOGNISE,
  type MappingByHand,
} from "../uploads/recognise-columns.ts";
import type { UploadProblem, UploadRow } from "../uploads/upload-row.ts";
import type { PartnersBy } from "./adoption.ts";
import { beginToJudge, NOT_NOW, type ChoiceProblem } from "./choose-partners-by.ts";
import { judgeFileRow, type FileRow } from "./judge-file-row.ts";

export interface PartnerFile {
  shop: ShopDomain;
  adoptionId: string;
  /** As the merchant's computer calls it. */
  fileName: string;
  /** Null where the columns are to be recognised. */
  byHand: MappingByHand | null;
  timeZone: string;
  /** To be read once; let go of at the end. */
  rows: AsyncIterable<Result<UploadRow, UploadProblem>>;
}

export type NamedByFile = { kind: "checked" } | Extract<CheckedUpload, { kind: "ask" }>;

type NameResult = Result<NamedByFile, UploadProblem | LookupProblem | ChoiceProblem>;

/**
 * Takes the partners of codes that were read from a file, and begins to judge the codes anew. Rows of
 * other codes are wrong. Null where the shop has no such adoption.
 */
export async function nameByFile(ports: CheckPorts, file: PartnerFile): Promise<NameResult | null> {
  const adoption = await ports.store.adoptions.find(file.shop, file.adoptionId);
  if (!adoption) return null;
  const peeked = await peekRows(file.rows, ROWS_TO_RECOGNISE);
  if (!peeked.ok) return peeked;
  try {
    if (adoption.state !== "checked") return failure(NOT_NOW);
    return await nameFrom(ports, file, peeked.value);
  } finally {
    await peeked.value.close();
  }
}

async function nameFrom(
  ports: CheckPorts,
  file: PartnerFile,
  peeked: PeekedRows,
): Promise<NameResult> {
  const { first } = peeked;
  const hasEmails = first.some(({ cells }) => cells.some((cell) => cell.includes("@")));
  const partners = await readPartnerLookup(ports, file.shop, { hasEmails });
  if (!partners.ok) return partners;
  const { byId, byName, byEmail, ended } = partners.value;
  const isPartner = (cell: string) =>
    byId(cell) !== null || [...byName(cell), ...byEmail(cell), ...ended(cell)].length > 0;
  const columns = recogniseColumns({ rows: first, byHand: file.byHand, isPartner });
  if (columns.kind === "ask") return success(columns);
  const { mapping, firstRow, headings } = columns;
  await ports.store.adoptions.forgetFile(file.shop, file.adoptionId);
  const context = { mapping, partners: partners.value, readDate: dateReader(file.timeZone) };
  const counts = await takeRows(ports, file, peeked, { context, firstRow });
  if (!counts.ok) return counts;
  const by: PartnersBy = { kind: "file", fileName: file.fileName, headings, ...counts.value };
  const begun = await beginToJudge(ports, file, by);
  return begun.ok ? success({ kind: "checked" }) : begun;
}

const ROWS_AT_ONCE = 1_000;

async function takeRows(
  ports: CheckPorts,
  file: PartnerFile,
  peeked: PeekedRows,
  { context, firstRow }: { context: RowContext; firstRow: number },
): Promise<Result<{ rows: number; wrong: number }, UploadProblem | LookupProblem>> {
  const counts = { rows: 0, wrong: 0 };
  const firstRowOf = new Map<DiscountCode, number>();
  let chunk: UploadRow[] = [];
  const take = async () => {
    const judged = await judge(ports, file, chunk, { context, firstRowOf });
    counts.rows += chunk.length;
    counts.wrong += judged.filter(({ kind }) => kind === "wrong").length;
    chunk = [];
    const { emailsUnread } = context.partners;
    return emailsUnread && judged.some((row) => row.kind === "wrong" && row.needsEmails)
      ? emailsUnread
      : null;
  };
  for await (const row of peeked.all()) {
    if (!row.ok) return row;
    if (row.value.number < firstRow) continue;
    chunk.push(row.value);
    const problem = chunk.length === ROWS_AT_ONCE ? await take() : null;
    if (problem) return failure(problem);
  }
  const problem = chunk.length > 0 ? await take() : null;
  return problem ? failure(problem) : success(counts);
}

async function judge(
  { store }: CheckPorts,
  { shop, adoptionId }: PartnerFile,
  rows: readonly UploadRow[],
  { context, firstRowOf }: { context: RowContext; firstRowOf: Map<DiscountCode, number> },
): Promise<FileRow[]> {
  const texts = rows.map(({ cells }) =>
    normalizeCode(withoutApostrophe(cells[context.mapping.code] ?? "")),
  );
  const among = await store.adoptions.listAmong(shop, adoptionId, [...new Set(texts)]);
  const found = new Map(among.map((one) => [one.code, one]));
  const judged = rows.map((row) => judgeFileRow(row, { context, found, firstRowOf }));
  await store.adoptions.addFileRows(shop, adoptionId, {
    named: judged.filter((row) => row.kind === "names"),
    wrong: judged.flatMap((row) => (row.kind === "wrong" ? [row.wrong] : [])),
  });
  return judged;
}
