import type { Conversion } from "./read-conversion.ts";
import { malformed } from "./refuse.ts";
import type { Account, EventType, Outcome, Program } from "../state.ts";

type Found = { kind: "found"; program: Program; eventType: EventType };

export function findEventType(
  account: Account,
  conversion: Pick<Conversion, "campaignId" | "eventTypeId" | "eventTypeCode">,
): Found | { kind: "refused"; outcome: Outcome } {
  const { campaignId, eventTypeId, eventTypeCode } = conversion;
  const refused = (outcome: Outcome) => ({ kind: "refused", outcome }) as const;
  const isMeant = (eventType: EventType) =>
    eventTypeId !== "" ? eventType.id === eventTypeId : eventType.code === eventTypeCode;

  const program = account.programs.find(({ id }) => id === campaignId);
  if (program === undefined)
    return refused(malformed("CAMPAIGN_NOT_FOUND", `No program ${campaignId}`));
  const eventType = program.eventTypes.find(isMeant);
  if (eventType === undefined) {
    const elsewhere = account.programs.some((other) => other.eventTypes.some(isMeant));
    const named = eventTypeId || eventTypeCode;
    return refused(
      elsewhere
        ? malformed("ACTIONTRACKER_CAMPAIGN_MISMATCH", `Event type ${named} is another program's`)
        : malformed("ACTIONTRACKER_NOT_FOUND", `No event type ${named}`),
    );
  }
  if (!eventType.active)
    return refused(malformed("ACTIONTRACKER_NOT_ACTIVE", `${eventType.name} is not active`));
  return { kind: "found", program, eventType };
}
