import { Prisma } from "@prisma/client";
import {
  SHORTEST_PART,
  type CodeFilter,
  type CodeSelection,
} from "#app/core/codes/code-selection.ts";

/** As the index "Code_shop_lastUsedAt_code_idx" has it: never used is a time before all others. */
export const LAST_USED = Prisma.sql`COALESCE(code."lastUsedAt", '1970-01-01 00:00:00+00'::timestamptz)`;
const NEVER = Prisma.sql`'1970-01-01 00:00:00+00'::timestamptz`;

/** A condition on rows called `code`, beside that on their shop. */
export function selectedBy(selection: CodeSelection): Prisma.Sql {
  if (selection.kind === "matching") return matching(selection.filter);
  if (selection.kind === "needing-click") return NEEDING_CLICK;
  return Prisma.sql`code."id" = ANY(${[...selection.codeIds]}::uuid[])`;
}

/** A code's own registration, or the one that it is to get, credits nobody without a click. */
export const REGISTERED_NOT_ALWAYS = Prisma.sql`code."reach" IN ('INVOLVED', 'WINNER')`;
/** The same of codes that can be used, and are somebody's. */
export const NEEDING_CLICK = Prisma.sql`${REGISTERED_NOT_ALWAYS}
  AND code."shopifyState" = 'live' AND code."partnerId" IS NOT NULL`;

/** Never registered at impact.com, as it had ended by then; customers could use it again. */
export const LEFT_ENDED = Prisma.sql`(code."impactState" = 'expired' AND code."shopifyState" = 'live'
  AND code."impactPromoCodeId" IS NULL AND code."familyId" IS NULL AND code."partnerId" IS NOT NULL)`;

function matching(filter: CodeFilter): Prisma.Sql {
  const { text, partnerId, discountId, shopifyState, impactState, isUsed } = filter;
  const conditions = [
    ...(text ? [hasText(text)] : []),
    ...(partnerId ? [isOf(partnerId)] : []),
    ...(discountId ? [Prisma.sql`code."discountId" = ${discountId}::uuid`] : []),
    ...(shopifyState ? [Prisma.sql`code."shopifyState" = ${shopifyState}`] : []),
    ...(impactState ? [isAtImpact(impactState)] : []),
    ...(isUsed === null ? [] : [isUsed ? USED : UNUSED]),
  ];
  return conditions.length > 0 ? Prisma.join(conditions, " AND ") : Prisma.sql`TRUE`;
}

const USED = Prisma.sql`${LAST_USED} > ${NEVER}`;
const UNUSED = Prisma.sql`${LAST_USED} = ${NEVER}`;

/** The index of parts of codes knows parts of three characters; fewer would read all codes. */
function hasText(text: string): Prisma.Sql {
  const plain = text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);
  const pattern = text.length < SHORTEST_PART ? `${plain}%` : `%${plain}%`;
  return Prisma.sql`code."code" LIKE ${pattern}`;
}

function isOf(partnerId: NonNullable<CodeFilter["partnerId"]>): Prisma.Sql {
  if (partnerId === "none") return Prisma.sql`code."partnerId" IS NULL`;
  return Prisma.sql`code."partnerId" = ${partnerId}`;
}

function isAtImpact(state: NonNullable<CodeFilter["impactState"]>): Prisma.Sql {
  if (state === "unregistered") return Prisma.sql`code."impactState" <> 'registered'`;
  return Prisma.sql`code."impactState" = ${state}`;
}
