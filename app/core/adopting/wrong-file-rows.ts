import { toCsv } from "../csv.ts";
import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import { wrongRowsHead } from "../uploads/wrong-rows-file.ts";
import type { WrongRow } from "./adoption.ts";

const PAGE = 5_000;

/**
 * The wrong rows of the file that named an adoption's partners, as a CSV file with the reason of each;
 * null where there is no such file.
 */
export async function wrongFileRows(
  { store }: Pick<Ports, "store">,
  { shop, adoptionId }: { shop: ShopDomain; adoptionId: string },
): Promise<string | null> {
  const by = (await store.adoptions.find(shop, adoptionId))?.plan.by;
  if (by?.kind !== "file") return null;
  const parts = [wrongRowsHead(by.headings)];
  for (let after = 0; ;) {
    const page: WrongRow[] = await store.adoptions.listWrongRows(shop, adoptionId, {
      ...{ after, limit: PAGE },
    });
    parts.push(toCsv(page.map(toLine)));
    const last = page.at(-1);
    if (!last || page.length < PAGE) return parts.join("");
    after = last.number;
  }
}

function toLine({ number, problems, cells }: WrongRow): string[] {
  return [String(number), problems.join(" "), ...cells];
}
