import { expectedOf } from "#test/adapters/uploads/big-table.ts";
import { groupBy } from "#app/core/group-by.ts";
import { FIRST_CODE, type UploadWorld } from "./upload-world.ts";

export interface Taken {
  /** Good rows whose code lives in Shopify, and is live here as its partner's. */
  live: number;
  /** Good rows whose code stands at impact.com once, for its partner. */
  registered: number;
  /** What stands in Shopify, at impact.com or here beside those. */
  surplus: number;
}

/** What both sides and our table hold, compared with the file. */
export async function judgeTaken(
  { world: { shop }, account, client }: UploadWorld,
  rows: number,
): Promise<Taken> {
  const { partners } = expectedOf(rows);
  const wanted = [...partners];
  const { rows: ours } = await client.query<{ code: string; partnerId: string }>(
    `SELECT code."code", a."partnerId" FROM "Code" code
     JOIN "Assignment" a ON a."codeId" = code."id" AND a."endsAt" IS NULL
     WHERE code."shopifyState" = 'live' AND code."code" <> $1`,
    [FIRST_CODE],
  );
  const here = new Map(ours.map(({ code, partnerId }) => [code, partnerId]));
  const standing = groupBy(
    account.promoCodes.filter(({ code }) => code !== FIRST_CODE),
    ({ code }) => code,
  );
  const isStanding = ([code, partnerId]: [string, string]) => {
    const [one, ...others] = standing.get(code) ?? [];
    return one?.partnerId === partnerId && others.length === 0;
  };
  const surplusOf = (codes: Iterable<string>) =>
    [...codes].filter((code) => code !== FIRST_CODE && !partners.has(code)).length;
  return {
    live: wanted.filter(([code, partnerId]) => shop.codes.has(code) && here.get(code) === partnerId)
      .length,
    registered: wanted.filter(isStanding).length,
    surplus:
      surplusOf(shop.codes.keys()) +
      surplusOf(standing.keys()) +
      surplusOf(here.keys()) +
      (ours.length - here.size),
  };
}
