import type { DatedRule } from "#app/core/attribution/rules-at.ts";
import type { RuleStore } from "#app/core/ports/rule-store.ts";
import type { RawSql } from "../raw-sql.ts";

export function createRuleStore(sql: RawSql): RuleStore {
  return {
    // Only `append` writes the table, so the shape of its rows is known.
    list: (shop) =>
      sql.$queryRaw<DatedRule[]>`
        SELECT "scope", "subject", "rule", "from" FROM "AttributionRule"
        WHERE "shop" = ${shop} ORDER BY "from"`,

    async append(shop, { scope, subject, rule, from }) {
      await sql.$executeRaw`
        INSERT INTO "AttributionRule" ("shop", "scope", "subject", "rule", "from")
        VALUES (${shop}, ${scope}, ${subject}, ${rule && JSON.stringify(rule)}::text::jsonb, ${from})`;
    },
  };
}
