import type { Prisma } from "@prisma/client";
import type { ChangePlan } from "#app/core/changes/change.ts";

/** A plan as it is stored; toChangePlan reads it back. */
export function fromChangePlan({ startsAt, ...plan }: ChangePlan): Prisma.InputJsonObject {
  const { action, selection, ...progress } = plan;
  return {
    ...progress,
    action: { ...action },
    selection: JSON.parse(JSON.stringify(selection)) as Prisma.InputJsonObject,
    startsAt: startsAt?.toISOString() ?? null,
  };
}

/** Only fromChangePlan writes the column, so its shape is known. */
export function toChangePlan(stored: Prisma.JsonValue): ChangePlan {
  const plan = stored as unknown as Omit<ChangePlan, "startsAt"> & { startsAt: string | null };
  return { ...plan, startsAt: plan.startsAt === null ? null : new Date(plan.startsAt) };
}
