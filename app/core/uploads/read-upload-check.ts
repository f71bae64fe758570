import type { Discount } from "../codes/discount.ts";
import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { WrongVerdict } from "./judge-upload.ts";
import type { Upload } from "./upload.ts";
import { wrongRowLines, wrongRowsHead } from "./wrong-rows-file.ts";

/** So many wrong rows a page explains; the file has all of them. */
const SHOWN = 50;
const LINES_AT_ONCE = 500;

interface Asked {
  shop: ShopDomain;
  uploadId: string;
}

export interface UploadCheck {
  upload: Upload;
  discount: Discount;
  /** The first of them. */
  wrong: WrongVerdict[];
}

/** What a dry run has found; null for no such upload, or one that was not read to its end. */
export async function readUploadCheck(
  { store }: Pick<Ports, "store">,
  { shop, uploadId }: Asked,
): Promise<UploadCheck | null> {
  const upload = await store.uploads.find(shop, uploadId);
  if (!upload || upload.state === "reading") return null;
  const [discount, wrong] = await Promise.all([
    store.discounts.find(shop, upload.discountId),
    store.uploads.listWrong(shop, uploadId, { after: 0, limit: SHOWN }),
  ]);
  return discount && { upload, discount, wrong };
}

/** All wrong rows of an upload as a CSV, some lines at a time; null for no such upload. */
export async function readWrongRows(
  { store }: Pick<Ports, "store">,
  { shop, uploadId }: Asked,
): Promise<AsyncGenerator<string> | null> {
  const upload = await store.uploads.find(shop, uploadId);
  return upload && linesOf(store, upload);
}

async function* linesOf(
  { uploads }: Ports["store"],
  { shop, id, headings }: Upload,
): AsyncGenerator<string> {
  yield wrongRowsHead(headings);
  for (let after = 0; ;) {
    const wrong = await uploads.listWrong(shop, id, { after, limit: LINES_AT_ONCE });
    if (wrong.length > 0) yield wrongRowLines(wrong);
    const last = wrong.at(-1);
    if (!last || wrong.length < LINES_AT_ONCE) return;
    after = last.row.number;
  }
}
