import type { MappingByHand } from "#app/core/uploads/recognise-columns.ts";
import type { ColumnMapping } from "#app/core/uploads/upload-column.ts";

/** What stands in the address beside a file that is sent as the body: its name, its columns by hand. */
export function uploadQuery(fileName: string, byHand: MappingByHand | null): URLSearchParams {
  const query = new URLSearchParams({ name: fileName });
  if (!byHand) return query;
  for (const [column, index] of Object.entries(byHand.mapping) as [string, number | null][]) {
    if (index !== null) query.set(column, `${index}`);
  }
  query.set("heading", byHand.firstRowIsHeading ? "yes" : "no");
  return query;
}

/** Columns count as mapped by hand only where both that every file needs are. */
export function readUploadQuery(query: URLSearchParams): {
  fileName: string;
  byHand: MappingByHand | null;
} {
  const column = (name: keyof ColumnMapping): number | null => {
    const text = query.get(name) ?? "";
    return /^\d{1,5}$/.test(text) ? Number(text) : null;
  };
  const fileName = query.get("name") ?? "";
  const [code, partner] = [column("code"), column("partner")];
  if (code === null || partner === null) return { fileName, byHand: null };
  const others = {
    startsOn: column("startsOn"),
    endsOn: column("endsOn"),
    reach: column("reach"),
  };
  const firstRowIsHeading = query.get("heading") === "yes";
  return { fileName, byHand: { mapping: { code, partner, ...others }, firstRowIsHeading } };
}
