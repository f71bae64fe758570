import type { CodeList } from "#app/core/codes/list-codes.ts";
import { impactStateOf } from "#app/core/codes/code-states.ts";
import type { ListedCode } from "#app/core/ports/code-stores.ts";
import { timeFormats } from "../time-formats.server.ts";

export type CodeListView = ReturnType<typeof codeListView>;
export type ListedRow = CodeListView["rows"][number];

export function codeListView(list: CodeList, { timeZone }: { timeZone: string }) {
  const { codes, matching, previous, next } = list;
  const { day } = timeFormats(timeZone);
  return { matching, previous, next, rows: codes.map((code) => listedRow(code, day)) };
}

function listedRow(code: ListedCode, day: (at: Date) => string) {
  return {
    id: code.id,
    code: code.code,
    partner: code.partner?.name ?? null,
    discountId: code.discountId,
    discount: code.discountTitle,
    shopify: code.shopifyState,
    impact: impactStateOf(code),
    isInFile: code.fileId !== null,
    made: day(code.createdAt),
    lastUsed: code.lastUsedAt && day(code.lastUsedAt),
    problem: code.shopifyProblem ?? code.impactProblem,
  };
}
