import type { Pool } from "pg";
import { factsFromJson } from "#app/adapters/postgres/stores/facts-json.ts";
import { attributeOrder } from "#app/core/attribution/attribute-order.ts";
import type { KnownCode } from "#app/core/attribution/attribution.ts";
import type { ToldClick } from "#app/core/attribution/gather-clicks.ts";
import { readRule, type RuleForm } from "#app/core/attribution/read-rule.ts";
import { rulesAt, type RulesAt } from "#app/core/attribution/rules-at.ts";
import { clicksOf } from "#app/core/clicks/clicks-on.ts";
import type { OrderId, ShopDomain } from "#app/core/ids.ts";
import type { ClickLookUp } from "#app/core/ports/click-store.ts";
import type { Ports } from "#app/core/ports/ports.ts";
import { createTally } from "#app/core/simulation/tally.ts";

interface Asked {
  shop: ShopDomain;
  form: RuleForm;
  orders: number;
}

interface Told {
  clickedAt: string | null;
  lookedAt: string;
}

interface Row {
  orderId: OrderId;
  name: string;
  netMinor: string;
  codes: string[];
  facts: Parameters<typeof factsFromJson>[0];
  known: KnownCode[] | null;
  pixel: { clickId: string; seenAt: string | null }[] | null;
  lookUps: (Omit<ClickLookUp, "clickedAt" | "lookedAt"> & Told)[] | null;
}

/** The newest orders replayed one by one: one query for each, with all that decides about it. */
export async function naively(
  { store, clock }: Pick<Ports, "store" | "clock">,
  pool: Pool,
  { shop, form, orders }: Asked,
): Promise<void> {
  const read = readRule(form);
  if (!read.ok) throw new Error("the rule was refused");
  const today = rulesAt(await store.rules.list(shop), clock.now());
  const then: RulesAt = { ...today, shop: { scope: "shop", rule: read.value, from: clock.now() } };
  const tally = createTally();
  for (const orderId of await newestOrders(pool, shop, orders)) {
    const { rows } = await pool.query<Row>(ONE_ORDER, [shop, orderId]);
    for (const row of rows) tally.add(decide(row, today, then));
  }
}

function decide(row: Row, today: RulesAt, then: RulesAt): Parameters<Tally["add"]>[0] {
  const facts = factsFromJson(row.facts);
  const pixel = (row.pixel ?? []).map(({ clickId, seenAt }): ToldClick => {
    return { clickId, source: "pixel", seenAt: seenAt === null ? null : new Date(seenAt) };
  });
  const lookUps = (row.lookUps ?? []).map((lookUp): [string, ClickLookUp] => [
    lookUp.clickId,
    {
      ...lookUp,
      clickedAt: lookUp.clickedAt === null ? null : new Date(lookUp.clickedAt),
      lookedAt: new Date(lookUp.lookedAt),
    },
  ]);
  const clicks = clicksOf(facts, pixel, { lookUps: new Map(lookUps), refusals: [] });
  const { typedCodes, tookMinor, placedAt } = facts;
  const order = { typedCodes, tookMinor, placedAt, clicks };
  const known = row.known ?? [];
  return {
    ...{ orderId: row.orderId, name: row.name, placedAt, netMinor: Number(row.netMinor) },
    today: attributeOrder(order, known, today),
    then: attributeOrder(order, known, then),
  };
}

type Tally = ReturnType<typeof createTally>;

const ONE_ORDER = `
  SELECT o."orderId", o."name", o."netMinor", o."codes", o."facts",
    (SELECT json_agg(json_build_object('code', code."code", 'discountId', code."discountId",
       'partner', CASE WHEN a."partnerId" IS NULL THEN NULL ELSE
         json_build_object('partnerId', a."partnerId", 'name', partner."name") END))
     FROM "Code" code
     LEFT JOIN "Assignment" a ON a."codeId" = code."id" AND a."startsAt" <= o."placedAt"
       AND (a."endsAt" IS NULL OR a."endsAt" > o."placedAt")
     LEFT JOIN "Partner" partner
       ON partner."shop" = code."shop" AND partner."partnerId" = a."partnerId"
     WHERE code."shop" = o."shop" AND code."code" = ANY(o."codes")
       AND code."shopifyState" <> 'failed') AS "known",
    (SELECT json_agg(json_build_object('clickId', click."clickId", 'seenAt', click."seenAt"))
     FROM "Click" click WHERE click."shop" = o."shop" AND click."orderId" = o."orderId") AS "pixel",
    (SELECT json_agg(json_build_object('clickId', l."clickId", 'verdict', l."verdict",
       'partner', json_build_object('partnerId', l."partnerId", 'name', l."partnerName"),
       'clickedAt', l."clickedAt", 'lookedAt', l."lookedAt", 'partnerLeftAt', NULL,
       'partnerBackAt', NULL, 'isUntracked', FALSE, 'isOvertaken', FALSE))
     FROM "ClickLookUp" l
     WHERE l."shop" = o."shop" AND l."clickId" IN (
       SELECT click->>'clickId' FROM jsonb_array_elements(o."facts"->'clicks') click)) AS "lookUps"
  FROM "Order" o WHERE o."shop" = $1 AND o."orderId" = $2`;

async function newestOrders(pool: Pool, shop: ShopDomain, limit: number): Promise<OrderId[]> {
  const { rows } = await pool.query<{ orderId: OrderId }>(
    `SELECT "orderId" FROM "Order" WHERE "shop" = $1 ORDER BY "placedAt" DESC LIMIT $2`,
    [shop, limit],
  );
  return rows.map(({ orderId }) => orderId);
}
