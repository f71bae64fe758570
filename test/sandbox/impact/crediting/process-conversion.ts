import { creditConversion } from "./credit-conversion.ts";
import type { Credit } from "./credit-conversion.ts";
import { days } from "../days.ts";
import { percentOf } from "../money.ts";
import { nextId } from "../next-id.ts";
import { readConversion } from "./read-conversion.ts";
import type { Conversion } from "./read-conversion.ts";
import type { Account, Action, ActionItem, ImpactState, Submission } from "../state.ts";
import { totalOf } from "../actions/total-of.ts";

export function processConversion(
  state: ImpactState,
  account: Account,
  submission: Submission,
): void {
  const conversion = readConversion(submission.form);
  const now = submission.completesAt;
  const decision = creditConversion(account, conversion, now, state.rules);
  if (decision.kind === "refused") {
    submission.outcome = decision.outcome;
    submission.partnerId = decision.partnerId;
    return;
  }
  account.actions.push(createAction(nextId(state), conversion, decision, now));
  submission.outcome = null;
  submission.eventTypeId = decision.eventType.id;
  submission.partnerId = decision.referral.partnerId;
}

function createAction(id: string, conversion: Conversion, credit: Credit, now: Date): Action {
  const items = credit.lines.map((line): ActionItem => ({
    ...line,
    payoutMinor: percentOf(line.amountMinor, credit.contract.payoutPercent),
    stated: { amountMinor: line.amountMinor, quantity: line.quantity },
    adjustment: null,
  }));
  const total = totalOf(items);
  const dayOfEvent = conversion.eventDate.getTime() - (conversion.eventDate.getTime() % days(1));
  return {
    // The documented example is "1000.4636.158133": the program first, the rest opaque.
    id: `${credit.program.id}.4636.${id}`,
    programId: credit.program.id,
    eventTypeId: credit.eventType.id,
    partnerId: credit.referral.partnerId,
    contractId: credit.contract.id,
    orderId: conversion.orderId,
    promoCode: conversion.promoCode,
    customerId: conversion.customerId,
    customerStatus: conversion.customerStatus,
    note: conversion.note,
    because: credit.referral.because,
    clickedAt: credit.referral.click?.at ?? null,
    eventDate: conversion.eventDate,
    createdAt: now,
    updatedAt: now,
    lockingDate: new Date(dayOfEvent + days(credit.contract.lockingDays)),
    reversed: false,
    currency: credit.currency,
    items,
    intended: total,
    delta: total,
    modifications: 0,
  };
}
