import type { Shape } from "./family-shape.ts";

/** What registering a form's codes at impact.com would take, either way. */
export interface FamilyOffer {
  oneByOne: RegistrationCost;
  families: RegistrationCost;
  /** One of the families. */
  example: Shape;
  /** Why they can't be had all the same. */
  whyNot?: string;
  /** What they are not compared with. */
  note?: string;
}

interface RegistrationCost {
  requests: number;
  /** Whole hours to wait for the account's budget; 0 where one hour's is enough. */
  hours: number;
}

/** Families are offered where they save more than an hour of the account's budget for registrations. */
export function offerFamilies(
  { codes, partners, example }: { codes: number; partners: number; example: Shape },
  perHour: number,
): FamilyOffer | null {
  if (codes - partners <= perHour) return null;
  const costOf = (requests: number) => ({ requests, hours: Math.ceil(requests / perHour) - 1 });
  return { oneByOne: costOf(codes), families: costOf(partners), example };
}
