import { useFetcher } from "@remix-run/react";
import { useEffect } from "react";
import type { DrawPreview } from "#app/core/batches/preview-drawing.ts";
import type { DrawChoice } from "./draw-choice.ts";

const PAUSE_MS = 400;
/** An address with more partners would be longer than a server takes. */
const MOST_NAMED = 500;

export type SeenPreview = DrawPreview | { failed: string } | null;

/** What the server says of the form as it stands; the last answer stays until the next is there. */
export function useDrawPreview(discountId: string, choice: DrawChoice): SeenPreview {
  const { load, data } = useFetcher<SeenPreview>({ key: `draw-${discountId}` });
  const query = queryOf(choice);
  useEffect(() => {
    const address = `/app/discounts/${discountId}/draw/preview?${query}`;
    const timer = setTimeout(() => load(address), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [load, discountId, query]);
  return data ?? null;
}

function queryOf({ pattern, codesEach, everyone, partners }: DrawChoice): string {
  const query = new URLSearchParams({ pattern, codesEach, partners: String(partners.length) });
  if (everyone) query.set("everyone", "on");
  else
    for (const { partnerId } of partners.slice(0, MOST_NAMED)) query.append("partnerId", partnerId);
  return query.toString();
}
