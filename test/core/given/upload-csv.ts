import { readUpload } from "#app/adapters/uploads/read-upload.ts";
import { checkUpload } from "#app/core/uploads/check-upload.ts";
import type { UploadForm } from "#app/core/uploads/check-upload.ts";
import { draftFor, makeDiscount, setUpProgram } from "#test/support/merchant.ts";
import { createWorld, type World } from "#test/support/world.ts";

const SIZE_LIMIT = 50_000_000;

/** A shop with a discount of one code, ANNA10 of Anna's, live and registered. */
export async function worldWithDiscount(): Promise<{ world: World; discountId: string }> {
  const world = await createWorld();
  await setUpProgram(world);
  const discountId = await makeDiscount(world, draftFor([["10001", "ANNA10"]]));
  await world.drain();
  return { world, discountId };
}

/** Lines of a CSV as the browser sends them, in one piece. */
export function rowsOf(lines: readonly string[]): UploadForm["rows"] {
  async function* bytes() {
    yield await Promise.resolve(Buffer.from(lines.map((line) => `${line}\r\n`).join("")));
  }
  return readUpload(bytes(), { sizeLimit: SIZE_LIMIT });
}

export function uploadOf(
  { domain: shop }: World,
  discountId: string,
  lines: readonly string[],
): UploadForm {
  const timeZone = "America/New_York";
  return {
    ...{ shop, discountId, timeZone, fileName: "codes.csv", byHand: null },
    rows: rowsOf(lines),
  };
}

/** The id of a file that is judged and can be taken. */
export async function checkLines(
  world: World,
  discountId: string,
  lines: readonly string[],
): Promise<string> {
  const checked = await checkUpload(world.ports, uploadOf(world, discountId, lines));
  if (!checked?.ok || checked.value.kind !== "checked") throw new Error(JSON.stringify(checked));
  return checked.value.uploadId;
}
