import { randomUUID } from "node:crypto";

/**
 * A row id that begins with its time (UUID version 7, RFC 9562, section 5.7): new rows then lie side by
 * side in the index, and it takes a page where random ids take one each.
 */
export function timeOrderedId(now: Date): string {
  const time = now.getTime().toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}
