import type { ErrorReason } from "./error-reason.ts";
import type { Conversion } from "./read-conversion.ts";
import type { Rules } from "../rules.ts";
import type { Click, PromoCode } from "../state.ts";

export interface Referral {
  partnerId: string;
  because: "click" | "promo code" | "media id";
  click: Click | null;
}

interface Referrals {
  /** Who may be credited, the first choice first. */
  candidates: Referral[];
  /** Why the others may not. */
  reasons: ErrorReason[];
}

/**
 * Who could be credited, by impact.md §4 and §7: a forced partner, else the registered code's
 * partner by the code's credit policy, else the clicks.
 */
export function chooseReferrals(
  conversion: Conversion,
  path: readonly Click[],
  code: PromoCode | null,
  rules: Rules,
): Referrals {
  if (conversion.mediaId !== "") {
    const forced: Referral = { partnerId: conversion.mediaId, because: "media id", click: null };
    return { candidates: [forced], reasons: [] };
  }
  if (code === null) return { candidates: path.map(byClick), reasons: [] };

  const others = path.some((click) => click.partnerId !== code.partnerId);
  if (!policyHolds(code, path, rules)) return blocked(code, path);
  const owned = path.find((click) => click.partnerId === code.partnerId) ?? null;
  const owner: Referral = { partnerId: code.partnerId, because: "promo code", click: owned };
  return { candidates: [owner], reasons: others ? ["RESTRICTED_PROMOCODE"] : [] };
}

function byClick(click: Click): Referral {
  return { partnerId: click.partnerId, because: "click", click };
}

function policyHolds(code: PromoCode, path: readonly Click[], rules: Rules): boolean {
  const winner = path[0]?.partnerId;
  switch (code.creditPolicy) {
    case "ALWAYS":
      return (
        rules.otherPartnersClick === "code owner is credited" ||
        winner === undefined ||
        winner === code.partnerId
      );
    case "INVOLVED":
      return path.some((click) => click.partnerId === code.partnerId);
    case "WINNER":
      return winner === code.partnerId;
  }
}

// "A sale another partner drove with that code becomes an invalid conversion" (promo codes FAQ).
function blocked(code: PromoCode, path: readonly Click[]): Referrals {
  const reasons = path.map((click): ErrorReason =>
    click.partnerId === code.partnerId ? "CREDITING_RULE_MISMATCH" : "BLOCKED_BY_PROMOCODE",
  );
  return { candidates: [], reasons };
}
