import { startCheck } from "../code-differences/start-check.ts";
import type { ShopDomain } from "../ids.ts";
import type { ImpactProblem } from "../ports/impact.ts";
import type { Ports } from "../ports/ports.ts";
import type { ImpactCredentials } from "../program/program.ts";
import { success, type Result } from "../result.ts";
import { later } from "./registration-terms.ts";
import { whyNotOurs, type WantedRegistration } from "./why-not-ours.ts";

/** From so many on, listing all registrations costs impact.com's budget less than reading each. */
export const READ_BACK_FROM = 100;

/** Another check is under way, which may have passed what is to be read. */
const BUSY_MS = 10 * 60_000;
/** impact.com does not answer, and says not when it will. */
const UNANSWERED_MS = 60 * 60_000;

type ReadBackPorts = Pick<Ports, "store" | "impact" | "clock">;

/** A registration as impact.com was told of it, and has answered. */
export interface ToldRegistration extends WantedRegistration {
  promoCodeId: string;
  /** `code` is a regular expression. */
  isPattern: boolean;
}

/**
 * impact.com answers a registration with an id and no more, so what stands there is read. Where one
 * is not as it was told, both sides are compared, which lists it with its repair. Gives what is left
 * where not all could be read, and when to come back for it; null where this is done.
 */
export async function readBackEach<Told extends ToldRegistration>(
  ports: ReadBackPorts,
  shop: ShopDomain,
  told: readonly Told[],
): Promise<{ left: readonly Told[]; startAfter: Date } | null> {
  const connection = await ports.store.connections.find(shop);
  if (!connection?.program) return null;
  for (const [index, one] of told.entries()) {
    const left = told.slice(index);
    const read = await isAsTold(ports, connection.credentials, one);
    if (!read.ok) {
      const { retry, retryAt } = read.problem;
      if (retry === "never") return null;
      return { left, startAfter: retryAt ?? after(ports, UNANSWERED_MS) };
    }
    if (read.value) continue;
    const startAfter = await readBackAll(ports, shop);
    return startAfter && { left, startAfter };
  }
  return null;
}

/** Has all registrations listed by a check of its own, as soon as none is under way. */
export async function readBackAll(ports: ReadBackPorts, shop: ShopDomain): Promise<Date | null> {
  return (await startCheck(ports, shop)) ? null : after(ports, BUSY_MS);
}

async function isAsTold(
  { impact, clock }: ReadBackPorts,
  credentials: ImpactCredentials,
  told: ToldRegistration,
): Promise<Result<boolean, ImpactProblem>> {
  const now = clock.now();
  const query = { now, priority: "read" as const };
  const read = await impact.readPromoCode(credentials, told.promoCodeId, query);
  if (!read.ok) return read;
  const there = read.value;
  if (there === null || there.isEnded) return success(false);
  // Cases are ignored, since impact.com may write a code as it was registered before.
  const isSameCode =
    there.code.trim().toUpperCase() === told.code.toUpperCase() &&
    (there.isPattern ?? told.isPattern) === told.isPattern;
  // A start that is past can't be mended, and so is no difference.
  const during = told.during && { ...told.during, startsAt: later(told.during.startsAt, now) };
  return success(isSameCode && whyNotOurs(there, { ...told, during }) === null);
}

function after({ clock }: ReadBackPorts, ms: number): Date {
  return new Date(clock.now().getTime() + ms);
}
