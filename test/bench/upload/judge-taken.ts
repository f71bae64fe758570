import { groupBy } from "#app/core/group-by.ts";
import { isoDay } from "#app/core/zoned-time.ts";
import { expectedOf, type GoodRow } from "#test/adapters/uploads/big-table.ts";
import { FIRST_CODE, type UploadWorld } from "./upload-world.ts";

export interface Taken {
  /** Good rows whose code lives in Shopify, and is live here as its row says: partner, end, reach. */
  live: number;
  /** Good rows whose code stands at impact.com once, as its row says. */
  registered: number;
  /** What stands in Shopify, at impact.com or here beside those. */
  surplus: number;
}

/** What both sides and our table hold, compared with the file. */
export async function judgeTaken(
  { world: { shop }, account, client }: UploadWorld,
  rows: number,
): Promise<Taken> {
  const { good } = expectedOf(rows);
  const dayOf = await lastDays(client);
  const is = (row: GoodRow, { partnerId, endsAt, reach }: Standing) =>
    row.partnerId === partnerId && row.reach === reach && row.ends === dayOf(endsAt);
  const { rows: ours } = await client.query<Standing & { code: string }>(
    `SELECT code."code", a."partnerId", code."endsAt", COALESCE(code."reach", 'ALWAYS') AS "reach"
     FROM "Code" code
     JOIN "Assignment" a ON a."codeId" = code."id" AND a."endsAt" IS NULL
     WHERE code."shopifyState" = 'live' AND code."code" <> $1`,
    [FIRST_CODE],
  );
  const here = new Map(ours.map(({ code, ...standing }) => [code, standing]));
  const standing = groupBy(
    account.promoCodes.filter(({ code }) => code !== FIRST_CODE),
    ({ code }) => code,
  );
  const isStanding = ([code, row]: [string, GoodRow]) => {
    const [one, ...others] = standing.get(code) ?? [];
    return others.length === 0 && !!one && is(row, { ...one, reach: one.creditPolicy });
  };
  const isLive = ([code, row]: [string, GoodRow]) => {
    const ours = here.get(code);
    return shop.codes.has(code) && !!ours && is(row, ours);
  };
  const surplusOf = (codes: Iterable<string>) =>
    [...codes].filter((code) => code !== FIRST_CODE && !good.has(code)).length;
  return {
    live: [...good].filter(isLive).length,
    registered: [...good].filter(isStanding).length,
    surplus:
      surplusOf(shop.codes.keys()) +
      surplusOf(standing.keys()) +
      surplusOf(here.keys()) +
      (ours.length - here.size),
  };
}

interface Standing {
  partnerId: string;
  endsAt: Date | null;
  reach: string;
}

/** The last whole day before an end, in the shop's time zone; few different ends are asked for. */
async function lastDays(client: UploadWorld["client"]): Promise<(endsAt: Date | null) => string> {
  const { rows } = await client.query<{ timeZone: string }>(`SELECT "timeZone" FROM "Shop"`);
  const timeZone = rows[0]?.timeZone ?? "UTC";
  const days = new Map<number, string>();
  return (endsAt) => {
    if (endsAt === null) return "";
    const at = endsAt.getTime();
    const day = days.get(at) ?? isoDay(new Date(at - 1_000), timeZone);
    days.set(at, day);
    return day;
  };
}
