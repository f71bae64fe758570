import { parsePattern } from "../codes/pattern/parse-pattern.ts";
import { lacksSpace } from "../codes/pattern/shared-spaces.ts";
import type { CodeSelection } from "../codes/code-selection.ts";
import type { PartnerId, ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { ChangeAction, ChangeKind } from "./change.ts";
import { codesInTheWay, ROTATED, whyTaken } from "./check-rotation.ts";
import { rotationSpaces } from "./rotation-spaces.ts";

/** The form that changes codes, as it was filled in. */
export interface ChangeForm {
  shop: ShopDomain;
  /** The form's own: sent twice, done once. */
  draftKey: string;
  selection: CodeSelection;
  kind: ChangeKind;
  /** Of a rotation. */
  pattern: string;
  graceDays: string;
  /** Of a reassignment. */
  partnerId: PartnerId | null;
  /** Null, or past: at once. */
  startsAt: Date | null;
}

export type ChangeField = "selection" | "pattern" | "graceDays" | "partner";
export interface ChangeProblem {
  field: ChangeField;
  message: string;
}
export type ChangeAnswer = { ok: true; batchId: string } | { ok: false; problems: ChangeProblem[] };

/** Longer nobody waits for an old code to end. */
const MOST_GRACE_DAYS = 365;

type StartPorts = Pick<Ports, "store" | "clock" | "codeMaking">;

/** Checks the form, then stores the batch and its job in one commit. */
export async function startChange(ports: StartPorts, form: ChangeForm): Promise<ChangeAnswer> {
  const answer = await start(ports, form);
  if (answer.ok) return answer;
  // Of a form that is sent again, the first copy may have left nothing to change.
  const batchId = await ports.store.batches.findByDraftKey(form.shop, form.draftKey);
  return batchId === null ? answer : { ok: true, batchId };
}

async function start(ports: StartPorts, form: ChangeForm): Promise<ChangeAnswer> {
  const { shop, selection, draftKey } = form;
  const read = await readAction(ports, form);
  const problems = read.ok ? [] : read.problems;
  const selected = await ports.store.codes.countSelected(shop, selection, { upTo: 1 });
  if (selected === 0) problems.push({ field: "selection", message: "Select at least one code." });
  if (!read.ok || problems.length > 0) return { ok: false, problems };
  const now = ports.clock.now();
  const startsAt = form.startsAt && form.startsAt > now ? form.startsAt : null;
  const plan = { action: read.action, selection, startsAt, after: null, isTaken: false };
  return ports.store.inTransaction(async (tx) => {
    const inTheWay = await codesInTheWay(ports, tx, form, read.action);
    if (inTheWay) return { ok: false, problems: [{ field: "pattern", message: inTheWay }] };
    const { batchId, isNew } = await tx.changes.create(shop, { draftKey, plan }, now);
    if (isNew) await tx.queue.send("change-codes", { shop, batchId });
    return { ok: true, batchId };
  });
}

type ReadAction = { ok: true; action: ChangeAction } | { ok: false; problems: ChangeProblem[] };

async function readAction(ports: StartPorts, form: ChangeForm): Promise<ReadAction> {
  if (form.kind === "retire" || form.kind === "register-anew") {
    return { ok: true, action: { kind: form.kind } };
  }
  if (form.kind === "rotate") return readRotation(ports, form);
  const { partnerId } = form;
  const partner = partnerId && (await ports.store.partners.find(form.shop, partnerId));
  if (partner?.hasContract) {
    return { ok: true, action: { kind: "reassign", partnerId: partner.partnerId } };
  }
  const message = partner
    ? `${partner.name} has no live contract with this program, so impact.com would pay nothing. Offer one at impact.com, then sync partners.`
    : "Choose the partner who gets the codes.";
  return { ok: false, problems: [{ field: "partner", message }] };
}

async function readRotation(
  ports: StartPorts,
  { pattern, graceDays, ...chosen }: ChangeForm,
): Promise<ReadAction> {
  const problems: ChangeProblem[] = [];
  const parsed = parsePattern(pattern, ROTATED, ports.codeMaking);
  if (!parsed.ok) {
    for (const { message } of parsed.problems) problems.push({ field: "pattern", message });
  } else {
    const spaces = await rotationSpaces(ports, chosen, parsed.value);
    const message =
      lacksSpace(parsed.value, spaces) ??
      (await whyTaken(ports, chosen.shop, parsed.value, spaces));
    if (message) problems.push({ field: "pattern", message });
  }
  const days = /^\d{1,3}$/.test(graceDays.trim()) ? Number(graceDays) : MOST_GRACE_DAYS + 1;
  if (days > MOST_GRACE_DAYS) {
    const message = `Enter a number of days from 0 to ${MOST_GRACE_DAYS}.`;
    problems.push({ field: "graceDays", message });
  }
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, action: { kind: "rotate", pattern, graceDays: days } };
}
