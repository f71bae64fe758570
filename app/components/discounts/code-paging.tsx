import { ListPaging } from "../list-paging.tsx";
import type { DiscountView } from "./discount-view.server.ts";

/** Codes stand by their text: the way to the page before and the one after. */
export function CodePaging({ id, previous, next }: Pick<DiscountView, "id" | "previous" | "next">) {
  const to = (side: "before" | "after", code: string | null) =>
    code && `/app/discounts/${id}?${new URLSearchParams({ [side]: code })}`;
  return (
    <ListPaging
      label="Pages of codes"
      previousUrl={to("before", previous)}
      nextUrl={to("after", next)}
    />
  );
}
