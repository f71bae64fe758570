import type { PartnerId } from "../ids.ts";

/** Where a click is known from, the most trusted first: the cart, the checkout's pixel, the landing page. */
export type ClickSource = "cart" | "pixel" | "landing";

/** A click id known for an order. */
export interface Click {
  /** Opaque, and case-sensitive; whoever sent it may have sent anything. */
  clickId: string;
  source: ClickSource;
  /** When the visitor landed, by the storefront's clock; null: not told. */
  seenAt: Date | null;
  /** Who the click was, as impact.com's click look-up says; null: not known (yet). */
  partner: { partnerId: PartnerId; name: string } | null;
  /** By impact.com's clock; beats seenAt. */
  clickedAt: Date | null;
  /** impact.com has not told of it yet; absent: it has, or never will. */
  isOpen?: true;
  /** Of an open one: an earlier token was not told of it, so it is asked about though it is known; absent otherwise. */
  isAskedAnew?: true;
  /**
   * impact.com tracked no clicks of its partner, who had a code registered as ALWAYS when it came
   * (reference/impact.md, 4); absent: nothing says so.
   */
  isUntracked?: true;
  /** Why it can earn nobody anything here, as its look-up says, or its own report came to; absent: nothing says so. */
  refused?: "unknown-there" | "other-program" | "partner-removed" | "not-payable";
  /** Of one that is not payable: the reason that impact.com gave when it was sent; absent otherwise. */
  refusedFor?: string;
}

/** Printable ASCII without spaces, and as much of it as impact.com takes (reference/impact.md, 2.2). */
export function isClickId(text: string): boolean {
  return /^[!-~]{1,64}$/.test(text);
}

/** A name under which a link can carry a click id as it is typed; other names carry none. */
export function isClickParameter(text: string): boolean {
  return /^[^\s\p{Cc}&=#%+]{1,64}$/u.test(text);
}
