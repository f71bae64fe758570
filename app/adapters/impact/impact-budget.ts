import type { ImpactPriority, ImpactProblem } from "#app/core/ports/impact.ts";
import { failure, success, type Result } from "#app/core/result.ts";
import type { Db } from "../postgres/prisma-client.ts";
import { rateLimited } from "./impact-problems.ts";
import { readRateLimit } from "./rate-limit-headers.ts";

/** What an account may still ask of impact.com this hour, shared by every process. */
export interface ImpactBudget {
  spend(accountSid: string, priority: ImpactPriority): Promise<Result<null, ImpactProblem>>;
  /** Takes in what impact.com says of its limit; gives back when it resets, where it says so. */
  observe(accountSid: string, headers: Headers): Promise<Date | null>;
}

/** impact.com's documented default (reference/impact.md, section 1). */
const DEFAULT_PER_HOUR = 1_000;
const HOUR_MS = 3_600_000;

/** The share of the hour that is kept back from each kind of request, for those above it. */
const KEPT_BACK: Record<ImpactPriority, number> = {
  conversion: 0,
  adjustment: 0.05,
  outcome: 0.1,
  registration: 0.2,
  read: 0.3,
};

export function createImpactBudget(db: Db, clock: { now(): Date }): ImpactBudget {
  return {
    async spend(accountSid, priority) {
      const now = clock.now();
      const nextReset = new Date(now.getTime() + HOUR_MS);
      const kept = KEPT_BACK[priority];
      const spent = await db.$executeRaw`
        INSERT INTO "ImpactBudget" AS b ("accountSid", "perHour", "remaining", "resetsAt")
        VALUES (${accountSid}, ${DEFAULT_PER_HOUR}, ${DEFAULT_PER_HOUR - 1}, ${nextReset})
        ON CONFLICT ("accountSid") DO UPDATE SET
          "remaining" = CASE WHEN b."resetsAt" <= ${now} THEN b."perHour" ELSE b."remaining" END - 1,
          "resetsAt" = CASE WHEN b."resetsAt" <= ${now} THEN ${nextReset} ELSE b."resetsAt" END
        WHERE b."resetsAt" <= ${now} OR b."remaining" > ${kept}::float8 * b."perHour"`;
      if (spent > 0) return success(null);
      const row = await db.impactBudget.findUnique({ where: { accountSid } });
      return failure(rateLimited(row?.resetsAt ?? nextReset));
    },

    async observe(accountSid, headers) {
      const limit = readRateLimit(headers, clock.now());
      if (!limit) return null;
      const { perHour, remaining, resetsAt } = limit;
      await db.$executeRaw`
        UPDATE "ImpactBudget"
        SET "perHour" = COALESCE(${perHour}::int, "perHour"),
            "remaining" = LEAST("remaining", COALESCE(${remaining}::int, "remaining")),
            "resetsAt" = COALESCE(${resetsAt}::timestamptz, "resetsAt")
        WHERE "accountSid" = ${accountSid}`;
      return resetsAt;
    },
  };
}
