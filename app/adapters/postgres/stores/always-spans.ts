import { Prisma } from "@prisma/client";

/** What impact.com has for the orders of a code that had ended by then: register-code.ts. */
const FOR_ORDERS = Prisma.sql`interval '1 day'`;

/** impact.com was told of it at some time: one that had ended before its turn never was (LEFT_ENDED). */
const WAS_REGISTERED = Prisma.sql`(code."impactState" = 'registered' OR code."registeredAt" IS NOT NULL
  OR (code."impactState" = 'expired' AND (code."impactPromoCodeId" IS NOT NULL
      OR code."familyId" IS NOT NULL OR code."registeredUntil" IS NOT NULL)))`;

/** The codes of a row's partner, then or now, that impact.com has or had as ALWAYS; `owner` is the row's alias. */
export function alwaysOf(owner: "owner" | "l" | "partner"): Prisma.Sql {
  const row = Prisma.raw(owner);
  return Prisma.sql`
    SELECT FROM "Assignment" a JOIN "Code" code ON code."id" = a."codeId"
    JOIN "Discount" discount ON discount."id" = code."discountId"
    WHERE a."shop" = ${row}."shop" AND a."partnerId" = ${row}."partnerId"
      AND COALESCE(code."reach", 'ALWAYS') = 'ALWAYS' AND ${WAS_REGISTERED}`;
}

/**
 * When a registration ends, as far as it is known: a family's with none of its codes, one's own as it was
 * sent. A deactivated discount's registrations run on to the end that was planned.
 */
const REGISTRATION_END = Prisma.sql`CASE
  WHEN code."impactState" = 'expired' THEN LEAST(discount."endsAt", code."endsAt")
  WHEN code."familyId" IS NOT NULL THEN 'infinity'
  WHEN code."registeredAt" >= LEAST(discount."endsAt", code."endsAt")
    THEN code."registeredAt" + ${FOR_ORDERS}
  ELSE COALESCE(LEAST(code."endsAt", CASE WHEN discount."deactivatedAt" IS NULL
    THEN discount."endsAt" ELSE discount."plannedEndsAt" END), 'infinity') END`;

/**
 * Then such a code was the partner's and its registration ran: from its begin, as far as that is the one of
 * this assignment, to the end of either. An end that nobody knows is none of a click's. One that runs longer
 * there than is known here pays no click, which then gives way to the code (ClickRefusal).
 */
export function ranAt(at: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    a."startsAt" <= ${at}
    AND (code."registeredAt" <= ${at} OR code."registeredAt" >= a."endsAt"
         OR code."registeredAt" IS NULL)
    AND (code."registeredFrom" <= ${at} OR code."registeredFrom" IS NULL
         OR code."familyId" IS NOT NULL)
    AND ${at} < LEAST(a."endsAt", ${REGISTRATION_END})`;
}
