import type pg from "pg";
import { groupBy } from "#app/core/group-by.ts";
import type { DemoWorld } from "#test/sandbox/demo/demo-world.ts";
import { CHANGED, NEW_CODE, NEW_OWNER } from "./start-code-batches.ts";

export interface CodeVerdict {
  /** To be live, and not live in Shopify. */
  missing: number;
  /** In Shopify, and none of the app's codes that are to be there. */
  surplus: number;
  /** Not registered to its partner alone, or registered still though nobody can use it. */
  unregistered: number;
  /** Registered more often than it was made or handed over. */
  registered_twice: number;
  /** Changes that did not come to their end, or rotated codes without a new one each. */
  undone: number;
}

interface OurCode {
  code: string;
  partnerId: string | null;
  isOfFamily: boolean;
}

/** What both sides hold, compared with our table and with what was asked for. */
export async function judgeCodes(
  { shop, impactState }: DemoWorld,
  client: pg.Client,
): Promise<{ codes: number; found: CodeVerdict }> {
  const { rows: ours } = await client.query<OurCode>(
    `SELECT code."code", a."partnerId", code."familyId" IS NOT NULL AS "isOfFamily"
     FROM "Code" code LEFT JOIN "Assignment" a ON a."codeId" = code."id" AND a."endsAt" IS NULL`,
  );
  const registered = readRegistrations(impactState);
  const living = ours.filter(({ code }) => !isEnded(code));
  const toBeLive = new Set(living.map(({ code }) => code));
  const count = (isOne: (one: OurCode) => boolean) => ours.filter(isOne).length;
  const made = count(({ code }) => !isChanged(code) && !code.includes(NEW_CODE));
  return {
    // But the one that the discount was made with.
    codes: made - 1,
    found: {
      missing: living.filter(({ code }) => !shop.codes.has(code)).length,
      surplus: [...shop.codes.keys()].filter((code) => !toBeLive.has(code)).length,
      unregistered: count((one) => {
        const standing = registered.of(one).filter(({ stands }) => stands);
        if (isEnded(one.code)) return standing.length > 0;
        return standing.length !== 1 || standing[0]?.partnerId !== ownerOf(one);
      }),
      registered_twice: count(
        (one) => registered.of(one).length > (isHandedOver(one.code) ? 2 : 1),
      ),
      undone: await countUndone(client),
    },
  };
}

const isEnded = (code: string) =>
  code.startsWith(CHANGED.retire) || code.startsWith(CHANGED.rotate);
const isHandedOver = (code: string) => code.startsWith(CHANGED.reassign);
const isChanged = (code: string) => isEnded(code) || isHandedOver(code);
const ownerOf = ({ code, partnerId }: OurCode) => (isHandedOver(code) ? NEW_OWNER : partnerId);

/** By code, or by the expression that a family's codes match. */
function readRegistrations({ accounts }: DemoWorld["impactState"]) {
  const now = new Date();
  const all = accounts
    .flatMap(({ promoCodes }) => promoCodes)
    .map((one) => ({ ...one, stands: one.endsAt === null || one.endsAt > now }));
  const expressions = all
    .filter(({ type }) => type === "RE")
    .map((one) => ({ ...one, expression: new RegExp(one.code) }));
  const byCode = groupBy(
    all.filter(({ type }) => type === "LI"),
    ({ code }) => code,
  );
  return {
    of: ({ code, isOfFamily }: OurCode) => [
      ...(byCode.get(code) ?? []),
      ...(isOfFamily ? expressions.filter(({ expression }) => expression.test(code)) : []),
    ],
  };
}

async function countUndone(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ undone: number }>(
    `SELECT (count(*) FILTER (WHERE change."state" <> 'done')
       + count(*) FILTER (WHERE batch."kind" = 'rotate')
       - count(DISTINCT change."newCodeId")
       + abs(count(DISTINCT change."newCodeId")
             - (SELECT count(*) FROM "Code" WHERE "code" LIKE $1)))::int AS "undone"
     FROM "Change" change JOIN "Batch" batch ON batch."id" = change."batchId"`,
    [`%${NEW_CODE}%`],
  );
  return rows[0]?.undone ?? 0;
}
