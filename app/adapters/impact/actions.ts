import { z } from "zod";
import type { PartnerId } from "#app/core/ids.ts";
import type {
  Impact,
  ImpactAction,
  ImpactPriority,
  ImpactProblem,
} from "#app/core/ports/impact.ts";
import type { ImpactCredentials } from "#app/core/program/program.ts";
import { success, type Result } from "#app/core/result.ts";
import type { ImpactClient } from "./impact-client.ts";
import { count, id, minorOf, optionalDate, optionalText, toImpactDate } from "./impact-values.ts";

interface ListedAction extends ImpactAction {
  createdAt: Date | null;
}

const action = z
  .object({
    Id: id,
    Oid: optionalText,
    ActionTrackerId: id,
    MediaPartnerId: id,
    State: optionalText,
    Currency: optionalText,
    Amount: optionalText,
    IntendedAmount: optionalText,
    Payout: optionalText,
    PromoCode: optionalText,
    EventDate: optionalDate,
    CreationDate: optionalDate,
    LockingDate: optionalDate,
  })
  .transform((row): ListedAction => ({
    actionId: row.Id,
    impactOrderId: row.Oid ?? "",
    eventTypeId: row.ActionTrackerId,
    partnerId: row.MediaPartnerId as PartnerId,
    state: stateOf(row.State),
    currency: row.Currency,
    amountMinor: minorOf(row.Amount, row.Currency),
    intendedMinor: minorOf(row.IntendedAmount, row.Currency),
    payoutMinor: minorOf(row.Payout, row.Currency),
    promoCode: row.PromoCode,
    eventAt: row.EventDate,
    lockedAt: row.LockingDate,
    createdAt: row.CreationDate,
  }));
const page = z.object({ "@numpages": count, Actions: z.array(action).default([]) });

const DAY_MS = 86_400_000;

interface ActionQuery {
  programId: string;
  from: Date;
  to: Date;
  page: number;
  priority: ImpactPriority;
}

type ActionCalls = Pick<Impact, "findAction" | "listActions">;

export function createActionCalls(client: ImpactClient): ActionCalls {
  return {
    // GET Actions has no filter for order ids: the order's own days are listed and searched.
    async findAction(credentials, { programId, eventTypeId, impactOrderId, eventAt, priority }) {
      const from = new Date(eventAt.getTime() - DAY_MS);
      const to = new Date(eventAt.getTime() + DAY_MS);
      const query = { programId, from, to, priority: priority ?? "outcome" };
      const found: ListedAction[] = [];
      for (let number = 1, pages = 1; number <= pages; number += 1) {
        const answer = await list(client, credentials, { ...query, page: number });
        if (!answer.ok) return answer;
        pages = answer.value.pages;
        found.push(
          ...answer.value.actions.filter(
            (one) => one.impactOrderId === impactOrderId && one.eventTypeId === eventTypeId,
          ),
        );
      }
      return success(
        newestOf(found.filter(({ state }) => state !== "reversed")) ?? newestOf(found),
      );
    },

    listActions: (credentials, query) =>
      list(client, credentials, { ...query, priority: query.priority ?? "read" }),
  };
}

async function list(
  client: ImpactClient,
  credentials: ImpactCredentials,
  query: ActionQuery,
): Promise<Result<{ actions: ListedAction[]; pages: number }, ImpactProblem>> {
  const answer = await client.request({
    credentials,
    priority: query.priority,
    method: "GET",
    path: "Actions",
    query: {
      CampaignId: query.programId,
      ActionDateStart: toImpactDate(query.from),
      ActionDateEnd: toImpactDate(query.to),
      Page: `${query.page}`,
    },
    response: page,
  });
  if (!answer.ok) return answer;
  return success({ actions: answer.value.Actions, pages: answer.value["@numpages"] });
}

/** Several share an order id after a reattribution (impact.md, section 2.4). */
function newestOf(actions: ListedAction[]): ImpactAction | null {
  const age = ({ createdAt }: ListedAction) => createdAt?.getTime() ?? 0;
  return actions.toSorted((a, b) => age(b) - age(a))[0] ?? null;
}

function stateOf(text: string | null): ImpactAction["state"] {
  if (text === "REVERSED") return "reversed";
  return text === "APPROVED" ? "approved" : "pending";
}
