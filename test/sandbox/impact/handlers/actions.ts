import { actionState } from "../actions/action-state.ts";
import { days } from "../days.ts";
import { page } from "../http/page.ts";
import { notFound, ok } from "../http/reply.ts";
import type { Action } from "../state.ts";
import { actionItemView, actionView } from "../views/action-view.ts";
import type { Handler } from "./context.ts";

export const listActions: Handler = ({ state, account, query, now, path }) => {
  if (!account.programs.some(({ id }) => id === query.get("CampaignId")))
    return notFound("Campaign");
  const rows = account.actions
    .filter(({ programId }) => programId === query.get("CampaignId"))
    .filter(({ createdAt }) => createdAt.getTime() + state.rules.listLagMs <= now.getTime())
    .filter((action) => !query.has("State") || actionState(action, now) === query.get("State"))
    .filter((action) => inDates(action, query, now))
    .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
    .map((action) => actionView(account, action, now));
  return page(rows, { path, query, key: "Actions", defaultPageSize: 20_000, mostPages: 10 });
};

export const getActionById: Handler = ({ account, params, now }) => {
  const action = account.actions.find(({ id }) => id === params.ActionId);
  return action === undefined ? notFound("Action") : ok(actionView(account, action, now));
};

export const listActionItems: Handler = ({ account, params, query, path }) => {
  const action = account.actions.find(({ id }) => id === params.ActionId);
  if (action === undefined) return notFound("Action");
  const rows = action.items.map((item) => actionItemView(account, action, item));
  return page(rows, { path, query, key: "ActionItems" });
};

/** StartDate and EndDate are about the last update; without any date the past 7 days are meant. */
function inDates(action: Action, query: URLSearchParams, now: Date): boolean {
  const named = [...query.keys()].some((name) => name.includes("Date"));
  if (!named) return action.updatedAt.getTime() >= now.getTime() - days(7);
  return (
    between(action.updatedAt, query.get("StartDate"), query.get("EndDate")) &&
    between(action.eventDate, query.get("ActionDateStart"), query.get("ActionDateEnd")) &&
    between(action.lockingDate, query.get("LockingDateStart"), query.get("LockingDateEnd"))
  );
}

function between(date: Date, from: string | null, to: string | null): boolean {
  return (from === null || date >= new Date(from)) && (to === null || date <= new Date(to));
}
