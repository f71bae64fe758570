import { actionState } from "../actions/action-state.ts";
import { actionsById } from "../actions/find-actions.ts";
import { actionsInDates } from "../actions/actions-in-dates.ts";
import { page } from "../http/page.ts";
import { notFound, ok } from "../http/reply.ts";
import { actionItemView, actionView } from "../views/action-view.ts";
import type { Handler } from "./context.ts";

export const listActions: Handler = ({ state, account, query, now, path }) => {
  if (!account.programs.some(({ id }) => id === query.get("CampaignId")))
    return notFound("Campaign");
  const wanted = { programId: query.get("CampaignId"), state: query.get("State") };
  const rows = actionsInDates(account.actions, query, now).filter(
    (action) =>
      action.programId === wanted.programId &&
      action.createdAt.getTime() + state.rules.listLagMs <= now.getTime() &&
      (wanted.state === null || actionState(action, now) === wanted.state),
  );
  const defaultPageSize = state.rules.actionsPerPage;
  const options = { path, query, key: "Actions", defaultPageSize, mostPages: 10 };
  return page(rows, options, (action) => actionView(account, action, now));
};

export const getActionById: Handler = ({ account, params, now }) => {
  const [action] = actionsById(account.actions, params.ActionId ?? "");
  return action === undefined ? notFound("Action") : ok(actionView(account, action, now));
};

export const listActionItems: Handler = ({ account, params, query, path }) => {
  const [action] = actionsById(account.actions, params.ActionId ?? "");
  if (action === undefined) return notFound("Action");
  return page(action.items, { path, query, key: "ActionItems" }, (item) =>
    actionItemView(account, action, item),
  );
};
