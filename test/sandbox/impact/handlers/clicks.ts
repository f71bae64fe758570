import { cameUnderAlways } from "../crediting/click-path.ts";
import { notFound, ok } from "../http/reply.ts";
import { clickView } from "../views/click-view.ts";
import type { Handler } from "./context.ts";

/** Clicks are found below their own program alone, and only those that are tracked. */
export const getClickById: Handler = ({ state, account, params }) => {
  const { ClickId, CampaignId } = params;
  const click = account.clicks.find(
    ({ id, programId }) => id === ClickId && programId === CampaignId,
  );
  if (click === undefined) return notFound("Click");
  const isDropped = state.rules.alwaysPartnersClicks === "not known";
  return isDropped && cameUnderAlways(account, click)
    ? notFound("Click")
    : ok(clickView(account, click));
};
