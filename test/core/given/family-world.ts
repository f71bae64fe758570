import { startDrawing, type DrawForm } from "#app/core/batches/start-drawing.ts";
import type { PartnerId } from "#app/core/ids.ts";
import { addPartner } from "#test/sandbox/impact/create-state.ts";
import { draftFor, makeDiscount, setUpProgram } from "#test/support/merchant.ts";
import { createWorld, PROGRAM_ID, type World } from "#test/support/world.ts";

export const ANNA = "10001" as PartnerId;
export const BEN = "10002" as PartnerId;

/** A world with the discount "Creators", 10 % off, and more partners under contract by these names. */
export async function familyWorld(names: readonly string[] = []) {
  const world = await createWorld();
  const startsAt = new Date("2026-01-01T00:00:00Z");
  const contract = { programId: PROGRAM_ID, payoutPercent: 10, startsAt, state: "ACTIVE" as const };
  for (const [index, name] of names.entries()) {
    addPartner(world.account, { id: `${20_000 + index}`, name, email: "p@p.example", contract });
  }
  await setUpProgram(world);
  const discountId = await makeDiscount(world, draftFor([["10001", "ANNASOWN"]]));
  await world.drain();
  return { world, discountId };
}

type Form = Partial<Omit<DrawForm, "shop" | "discountId">>;

/** Sends the Add codes form: as families, five codes each for Anna and Ben, unless told. */
export function draw(world: World, discountId: string, form: Form = {}) {
  return startDrawing(world.ports, {
    ...{ shop: world.domain, discountId, draftKey: "one form", codesEach: "5" },
    ...{ pattern: "{FIRST}{VALUE}-{RANDOM:6}", partnerIds: [ANNA, BEN], asFamilies: true },
    ...form,
  });
}

/** The same where it is let through; gives the batch's id. */
export async function drawn(world: World, discountId: string, form: Form = {}): Promise<string> {
  const answer = await draw(world, discountId, form);
  if (!answer?.ok) throw new Error(`refused: ${JSON.stringify(answer)}`);
  return answer.batchId;
}

/** The codes of a batch, and how many are in which state at impact.com. */
export async function codesOf({ prisma }: World, batchId: string) {
  const codes = await prisma.code.findMany({ where: { batchId }, include: { family: true } });
  const states = new Map<string, number>();
  for (const { shopifyState, impactState } of codes) {
    const state = `${shopifyState}, ${impactState}`;
    states.set(state, (states.get(state) ?? 0) + 1);
  }
  return { codes, states: Object.fromEntries(states) };
}

/** What impact.com was told to register, oldest first. */
export function registrations({ impact }: World): string[] {
  return impact.requests
    .filter(({ method, path }) => method === "POST" && path.endsWith("/PromoCodes"))
    .map(({ form }) => `${form.get("Type")} ${form.get("AssignedPartnerId")} ${form.get("Code")}`);
}
