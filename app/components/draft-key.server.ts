import { redirect } from "@remix-run/node";
import { randomUUID } from "node:crypto";
import { z } from "zod";

/**
 * The key of the form that a page's address names: loaded again, the page has the same form. An address
 * without one leads to itself with a new one.
 */
export function draftKeyIn(request: Request): string {
  const { pathname, searchParams } = new URL(request.url);
  const known = z.uuid().safeParse(searchParams.get("draft"));
  if (known.success) return known.data;
  searchParams.set("draft", randomUUID());
  throw redirect(`${pathname}?${searchParams}`);
}
