import type { ShopDomain } from "../ids.ts";
import { beginBackfill } from "../ledger/begin-run.ts";
import { beginPartnerSync } from "../partners/sync-partners.ts";
import type { ImpactProgram } from "../ports/impact.ts";
import type { Ports } from "../ports/ports.ts";
import { failure, success, type Problem, type Result } from "../result.ts";
import type { EventType } from "./program.ts";
import { recogniseAccount } from "./recognise-account.ts";

export interface ProgramChoice {
  programs: ImpactProgram[];
  /** Of the program that is being chosen; empty where impact.com names none. */
  eventTypes: EventType[];
  /** Why the event types could not be listed; the id is then typed by hand. */
  eventTypesProblem: string | null;
}

/** What the merchant can choose from: programs, and the event types of one of them. */
export async function listProgramChoice(
  { store, impact }: Pick<Ports, "store" | "impact">,
  { shop, programId }: { shop: ShopDomain; programId: string | null },
): Promise<Result<ProgramChoice, Problem>> {
  const connection = await store.connections.find(shop);
  if (!connection) return failure(notConnected());
  const programs = await impact.listPrograms(connection.credentials);
  if (!programs.ok) return programs;
  const chosen = programId ?? (programs.value.length === 1 ? programs.value[0]?.programId : null);
  if (!chosen)
    return success({ programs: programs.value, eventTypes: [], eventTypesProblem: null });

  const eventTypes = await impact.listEventTypes(connection.credentials, chosen);
  return success({
    programs: programs.value,
    eventTypes: eventTypes.ok ? eventTypes.value : [],
    eventTypesProblem: eventTypes.ok ? null : eventTypes.problem.message,
  });
}

export type ProgramField = "programId" | "eventTypeId";

/**
 * Chooses the program and event type a shop reports to, then takes up what waited for it: partners
 * are synced, codes registered, and orders decided. The first time, past orders are taken in.
 */
export async function chooseProgram(
  ports: Ports,
  choice: { shop: ShopDomain; programId: string; eventTypeId: string },
): Promise<Result<null, Problem & { field?: ProgramField }>> {
  const { shop } = choice;
  const eventTypeId = choice.eventTypeId.trim();
  if (!/^\d{1,10}$/.test(eventTypeId)) return failure({ ...badEventType(), field: "eventTypeId" });
  const connection = await ports.store.connections.find(shop);
  if (!connection) return failure(notConnected());
  const programs = await ports.impact.listPrograms(connection.credentials);
  if (!programs.ok) return programs;
  const program = programs.value.find(({ programId }) => programId === choice.programId);
  if (!program) return failure({ ...noSuchProgram(), field: "programId" });
  if (!program.promoCodeTracking) return failure({ ...noTracking(program), field: "programId" });

  const known = await ports.impact.listEventTypes(connection.credentials, program.programId);
  const eventType = known.ok
    ? known.value.find((candidate) => candidate.eventTypeId === eventTypeId)
    : undefined;
  await recogniseAccount(ports, shop, connection.credentials, program.programId);
  const now = ports.clock.now();
  await ports.store.inTransaction(async (tx) => {
    await tx.connections.hold(shop, "changing");
    const { programId, name } = program;
    const eventTypeName = eventType?.name ?? null;
    // Codes are registered in one program each; which it was, nobody knows after a disconnect.
    if (connection.program?.programId !== programId) {
      await tx.codes.forgetRegistrations(shop);
      await tx.families.forgetRegistrations(shop);
      await tx.registrationFiles.closeAll(shop, now);
      // Contracts are with a program, too: the sync finds those of this one.
      await tx.partners.endContractsNotSeenSince(shop, now);
    }
    await tx.connections.saveProgram(shop, { programId, name, eventTypeId, eventTypeName }, now);
    await tx.queue.send("take-up-waiting", { shop, reason: "not-connected", after: null });
    await beginPartnerSync(tx, shop, program, now);
    await beginBackfill(tx, shop, now);
  });
  return success(null);
}

function notConnected(): Problem {
  const message = "Connect impact.com first.";
  return { kind: "not-connected", retry: "never", message };
}

function noSuchProgram(): Problem {
  const message = "Choose one of the programs of this account.";
  return { kind: "no-such-program", retry: "never", message };
}

function noTracking(program: ImpactProgram): Problem {
  return {
    kind: "no-promo-code-tracking",
    retry: "never",
    message: `Promo code tracking is off for “${program.name}”. Turn on “Enable Promo Code Tracking” in the program's settings at impact.com, then choose it here.`,
  };
}

function badEventType(): Problem {
  return {
    kind: "bad-event-type",
    retry: "never",
    message:
      "Enter the event type's number. At impact.com it stands in parentheses under Settings → Event Types.",
  };
}
