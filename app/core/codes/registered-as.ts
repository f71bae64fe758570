import type { Code } from "./discount.ts";

/**
 * A code as impact.com is told of it. One that somebody registered there in another spelling keeps
 * that: whether exact codes compare with case is documented both ways (reference/impact.md, 4).
 */
export function spellingOf({ code, registeredAs }: Pick<Code, "code" | "registeredAs">): string {
  return registeredAs ?? code;
}

/** How impact.com spells a code, where that is not as here; null where it is. */
export function otherSpelling(there: string, code: Code["code"]): string | null {
  return there === code ? null : there;
}
