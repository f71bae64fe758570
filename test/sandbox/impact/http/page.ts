import { refusal } from "./reply.ts";
import type { Reply } from "./reply.ts";

interface Options {
  path: string;
  query: URLSearchParams;
  /** The name of the list in the answer. */
  key: string;
  defaultPageSize?: number;
  /** GET /Actions refuses what needs more pages than this. */
  mostPages?: number;
}

/** One page of a list, beside the documented @-keys; only its own rows are viewed. */
export function page<Row>(
  rows: readonly Row[],
  options: Options,
  view: (row: Row) => unknown,
): Reply {
  const { path, query, key } = options;
  const size = positive(query.get("PageSize")) ?? options.defaultPageSize ?? 1000;
  const number = positive(query.get("Page")) ?? 1;
  const pages = Math.max(1, Math.ceil(rows.length / size));
  if (options.mostPages !== undefined && pages > options.mostPages)
    return refusal(400, "Too many records: reduce the date range or increase PageSize");

  const start = (number - 1) * size;
  const shown = rows.slice(start, start + size).map(view);
  const uri = (to: number) => pageUri(path, query, to, size);
  return {
    status: 200,
    body: {
      "@page": number,
      "@numpages": pages,
      "@pagesize": size,
      "@total": rows.length,
      "@start": start,
      "@end": start + Math.max(0, shown.length - 1),
      "@uri": uri(number),
      "@firstpageuri": uri(1),
      "@previouspageuri": number > 1 ? uri(number - 1) : "",
      "@nextpageuri": number < pages ? uri(number + 1) : "",
      "@lastpageuri": uri(pages),
      [key]: shown,
    },
  };
}

function positive(text: string | null): number | null {
  const number = Number(text ?? "");
  return number >= 1 ? number : null;
}

function pageUri(path: string, query: URLSearchParams, to: number, size: number): string {
  const next = new URLSearchParams(query);
  next.set("PageSize", String(size));
  next.set("Page", String(to));
  return `${path}?${next.toString()}`;
}
