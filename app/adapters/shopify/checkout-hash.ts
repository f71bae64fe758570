import { hash } from "node:crypto";

/** A checkout's token opens its pages: it is never kept, and two who know it can still compare. */
export function checkoutHash(token: string): string {
  return hash("sha256", token);
}
