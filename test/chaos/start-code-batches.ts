import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { DemoMerchant } from "#test/sandbox/demo/demo-merchant.ts";

/** Whose codes are drawn; all have live contracts. */
export const PARTNERS = ["10001", "10002", "10003", "10004", "10005"];
const [ANNA = "", BEN = "", CLEO = "", DORA = ""] = PARTNERS;

/** Who gets what is reassigned. */
export const NEW_OWNER = DORA;
export const CHANGED = { retire: "RETIRE-", rotate: "ROTATE-", reassign: "REASSIGN-" } as const;
const OWNER: Record<keyof typeof CHANGED, string> = { retire: ANNA, rotate: BEN, reassign: CLEO };
/** What takes the place of a rotated code is known by this. */
export const NEW_CODE = "-NEW-";

const checked = z.object({ kind: z.literal("checked"), uploadId: z.string() });

/** Of each kind of change: some hundreds at full size. */
export function changedEach(codes: number): number {
  return Math.min(300, Math.ceil(codes / 25));
}

/** Codes that are made and registered before anything is killed, and changed afterwards. */
export async function uploadToChange(
  merchant: DemoMerchant,
  discountId: string,
  codes: number,
): Promise<void> {
  const kinds = Object.keys(CHANGED) as (keyof typeof CHANGED)[];
  const rows = kinds.flatMap((kind) =>
    namesFrom(CHANGED[kind], changedEach(codes)).map((code) => `${code},${OWNER[kind]}`),
  );
  await upload(merchant, discountId, rows);
}

/** One batch of all. */
export async function drawAll(
  merchant: DemoMerchant,
  discountId: string,
  codes: number,
): Promise<void> {
  await draw(merchant, discountId, ["{FIRST}-{RANDOM:8}", codes / PARTNERS.length]);
}

/** A half is drawn, a quarter uploaded, a quarter drawn as families; and what stands is changed. */
export async function startEveryWay(
  merchant: DemoMerchant,
  discountId: string,
  codes: number,
): Promise<void> {
  const each = codes / PARTNERS.length;
  await draw(merchant, discountId, ["{FIRST}-{RANDOM:8}", each / 2]);
  await draw(merchant, discountId, ["FAM-{FIRST}-{RANDOM:6}", each / 4], [["asFamilies", "yes"]]);
  const uploaded = namesFrom("UP-", codes / 4);
  const rows = uploaded.map((code, nth) => `${code},${PARTNERS[nth % PARTNERS.length]}`);
  await upload(merchant, discountId, rows);
  await change(merchant, "retire", []);
  await change(merchant, "rotate", [
    ["pattern", `{FIRST}${NEW_CODE}{RANDOM:8}`],
    ["grace", "0"],
  ]);
  await change(merchant, "reassign", [["to", NEW_OWNER]]);
}

function namesFrom(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, nth) => `${prefix}${String(nth).padStart(6, "0")}`);
}

type Fields = [name: string, value: string][];

/** As the merchant does: the form that draws codes, for all partners at once. */
async function draw(
  merchant: DemoMerchant,
  discountId: string,
  [pattern, codesEach]: [string, number],
  more: Fields = [],
): Promise<void> {
  const page = {
    path: `/app/discounts/${discountId}/draw`,
    route: "routes/app.discounts.$discountId_.draw",
  };
  const madeAt = await merchant.submit(page, [
    ["draftKey", randomUUID()],
    ["pattern", pattern],
    ["codesEach", `${codesEach}`],
    ...PARTNERS.map((id): [string, string] => ["partnerId", id]),
    ...more,
  ]);
  if (!madeAt?.startsWith("/app/batches/")) throw new Error("The form led to no batch.");
}

async function upload(merchant: DemoMerchant, discountId: string, rows: string[]): Promise<void> {
  const check = {
    path: `/app/discounts/${discountId}/upload/check`,
    route: "routes/app.discounts_.$discountId.upload.check",
  };
  const file = ["code,partner", ...rows].join("\r\n");
  const { uploadId } = checked.parse(await merchant.sendFile(check, "codes.csv", file));
  const take = { path: `/app/uploads/${uploadId}`, route: "routes/app.uploads.$uploadId" };
  const madeAt = await merchant.submit(take, []);
  if (!madeAt?.startsWith("/app/batches/")) throw new Error("The file led to no batch.");
}

async function change(
  merchant: DemoMerchant,
  kind: keyof typeof CHANGED,
  more: Fields,
): Promise<void> {
  const page = { path: "/app/codes/change", route: "routes/app.codes.change" };
  const fields: Fields = [
    ["draftKey", randomUUID()],
    ["search", CHANGED[kind]],
    ["action", kind],
    ...more,
  ];
  const madeAt = await merchant.submit(page, fields);
  if (!madeAt?.startsWith("/app/batches/")) throw new Error(`No batch to ${kind} codes.`);
}
