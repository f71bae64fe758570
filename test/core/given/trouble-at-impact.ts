import type { World } from "#test/support/world.ts";

/** What a test has happen to a world. */
export type Trouble = (world: World) => void | Promise<void>;

/** Of the hour's limit nothing is left. */
export async function useUpHour({ prisma }: Pick<World, "prisma">): Promise<void> {
  await prisma.impactBudget.updateMany({ data: { remaining: 0 } });
}

/** Whether a request tells impact.com of a conversion. */
export function isConversion({ method, path }: { method: string; path: string }): boolean {
  return method === "POST" && path.endsWith("/Conversions");
}
