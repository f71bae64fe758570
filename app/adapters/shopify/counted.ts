import { z } from "zod";

/** Shopify counts no further than some limit, and says then that there are at least so many. */
export const counted = z.object({ count: z.number().int(), precision: z.string() });

/** As the port has it. */
export function countOf({ count, precision }: z.infer<typeof counted>) {
  return { codesCount: count, isCounted: precision === "EXACT" };
}
