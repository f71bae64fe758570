import { notFound, ok } from "../http/reply.ts";
import { clickView } from "../views/click-view.ts";
import type { Handler } from "./context.ts";

/** Clicks are found below their own program alone. */
export const getClickById: Handler = ({ account, params }) => {
  const { ClickId, CampaignId } = params;
  const click = account.clicks.find(
    ({ id, programId }) => id === ClickId && programId === CampaignId,
  );
  return click === undefined ? notFound("Click") : ok(clickView(account, click));
};
