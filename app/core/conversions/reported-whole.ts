import type { Problem } from "../result.ts";
import type { Conversion } from "./conversion.ts";

/** Why a conversion was left out whose order impact.com pays already, and what would have it sent. */
export function reportedWhole({ orderId }: Conversion): Problem {
  const message = `It was not sent: impact.com already pays somebody for the whole order ${orderId}, which was reported there by another way, most likely by impact.com's own tag on the thank-you page. Take that tag's conversion away, or have the action reversed, then try again.`;
  return { kind: "reported-whole", retry: "never", message };
}
