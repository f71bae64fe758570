import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { Problem } from "../result.ts";
import type { Conversion } from "./conversion.ts";
import type { Prepared } from "./prepare-conversions.ts";
import { givenUp, saveOutcomes } from "./put-back-conversion.ts";

/** Gives up what is left out because impact.com pays its whole order already; what is not left out goes on. */
export async function leaveReportedWhole(
  ports: Pick<Ports, "store" | "clock">,
  shop: ShopDomain,
  prepared: readonly Prepared[],
  left: readonly Prepared[],
): Promise<Prepared[]> {
  const now = ports.clock.now();
  const outcomes = left.map(({ conversion }) =>
    givenUp(conversion, "refused", reportedWhole(conversion), now),
  );
  await saveOutcomes(ports, shop, outcomes);
  return prepared.filter((one) => !left.includes(one));
}

function reportedWhole({ orderId }: Conversion): Problem {
  const message = `It was not sent: impact.com already pays somebody for the whole order ${orderId}, which was reported there by another way, most likely by impact.com's own tag on the thank-you page, or by this app before it was removed from the shop. Where that partner is right, nothing is left to do but to follow refunds by hand. Else take that tag's conversion away, or have the action reversed, then try again: impact.com may take a day to list that.`;
  return { kind: "reported-whole", retry: "never", message };
}
