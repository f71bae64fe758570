import { spellingOf } from "../codes/registered-as.ts";
import { registrationTerms } from "../codes/registration-terms.ts";
import type { DiscountCode, ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { FileCode } from "../ports/registration-file-stores.ts";
import type { RegistrationFile } from "./registration-file.ts";
import { templateHead, templateLines, type Spelling, type TemplateRow } from "./template.ts";

const LINES_AT_ONCE = 1_000;

interface Asked {
  shop: ShopDomain;
  fileId: string;
  part: number;
  spelling: Spelling;
  /** The shop's: the file's times are written in it. */
  timeZone: string;
}

/**
 * A part of a file in impact.com's own template, some lines at a time: what of it has not arrived yet.
 * Null where this shop has no such part.
 */
export async function writePart(
  { store }: Pick<Ports, "store">,
  asked: Asked,
): Promise<AsyncGenerator<string> | null> {
  const file = await store.registrationFiles.find(asked.shop, asked.fileId);
  if (!file || asked.part < 1 || asked.part > file.parts) return null;
  return linesOf(store, file, asked);
}

async function* linesOf(
  { registrationFiles }: Ports["store"],
  { shop, id, programId }: RegistrationFile,
  { part, spelling, timeZone }: Asked,
): AsyncGenerator<string> {
  const lines = templateLines({ programId, timeZone });
  yield templateHead(spelling);
  for (let after: DiscountCode | null = null; ;) {
    const page = { state: "waiting" as const, part, after, limit: LINES_AT_ONCE };
    const codes: FileCode[] = await registrationFiles.pageCodes(shop, id, page);
    const rows = codes.flatMap(rowOf);
    if (rows.length > 0) yield lines(rows);
    after = codes.at(-1)?.code.code ?? null;
    if (after === null || codes.length < LINES_AT_ONCE) return;
  }
}

/** One that lost its partner since can be nobody's at impact.com. */
function rowOf({ code, discount }: FileCode): TemplateRow[] {
  if (!code.partner) return [];
  const { partnerId } = code.partner;
  return [{ code: spellingOf(code), partnerId, ...registrationTerms(code, discount) }];
}
