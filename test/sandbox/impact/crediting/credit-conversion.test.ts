import { expect, test } from "vitest";
import { acme, conversionForm } from "../acme.ts";
import type { Acme } from "../acme.ts";
import { addClick, addContract, addProgram } from "../create-state.ts";
import { nextId } from "../next-id.ts";
import type { Rules } from "../rules.ts";
import type { Contract, PromoCode } from "../state.ts";
import { creditConversion } from "./credit-conversion.ts";
import { readConversion } from "./read-conversion.ts";

const anna = "10000";
const ben = "10001";

function register({ state, account }: Acme, changes: Partial<PromoCode> = {}): void {
  const startsAt = new Date("2026-02-01T00:00:00Z");
  account.promoCodes.push({
    id: nextId(state),
    code: "ANNA10",
    type: "LI",
    creditPolicy: "ALWAYS",
    programId: "1000",
    partnerId: anna,
    dealId: "",
    dealName: "",
    createdAt: startsAt,
    startsAt,
    endsAt: null,
    ...changes,
  });
}

function click({ account }: Acme, id: string, partnerId: string, at = "2026-03-09T00:00:00Z") {
  addClick(account, { id, partnerId, programId: "1000", at: new Date(at), customerId: "C1" });
}

function contractOf({ account }: Acme, partnerId: string): Contract {
  const contract = account.contracts.find((candidate) => candidate.partnerId === partnerId);
  if (contract === undefined) throw new Error(`${partnerId} has no contract`);
  return contract;
}

/** "10000 by promo code", or the reasons why nobody is credited. */
function credited({ state, account }: Acme, changes: Record<string, string | null> = {}): string {
  const conversion = readConversion(conversionForm(changes));
  const decision = creditConversion(account, conversion, state.clock.now(), state.rules);
  return decision.kind === "credited"
    ? `${decision.referral.partnerId} by ${decision.referral.because}`
    : decision.outcome.reasons.join(" ");
}

function withCode(changes: Partial<PromoCode> = {}, rules: Partial<Rules> = {}): Acme {
  const world = acme(rules);
  register(world, changes);
  return world;
}

test("a registered code alone credits its partner", () => {
  expect(credited(withCode())).toBe("10000 by promo code");
});

test("an unknown code without a click credits nobody", () => {
  expect(credited(acme())).toBe("ACTION_REF_NOT_FOUND");
});

test("a code that is not registered leaves the credit to the click", () => {
  const world = acme();
  click(world, "clickBen", ben);
  expect(credited(world, { OrderPromoCode: "SUMMER", ClickId: "clickBen" })).toBe("10001 by click");
});

test("a click id is compared with regard to case", () => {
  const world = acme();
  click(world, "clickBen", ben);
  expect(credited(world, { ClickId: "CLICKBEN" })).toBe("ACTION_REF_NOT_FOUND");
});

test("the last click wins, or the first where the event type says so", () => {
  const world = acme();
  click(world, "one", anna, "2026-03-01T00:00:00Z");
  click(world, "two", ben, "2026-03-02T00:00:00Z");
  expect(credited(world, { CustomerId: "C1" })).toBe("10001 by click");
  const eventType = world.account.programs[0]?.eventTypes[0];
  if (eventType !== undefined) eventType.credit = "first click";
  expect(credited(world, { CustomerId: "C1" })).toBe("10000 by click");
});

test("a click after the event does not count", () => {
  const world = acme();
  click(world, "late", ben, "2026-03-10T11:59:30Z");
  expect(credited(world, { ClickId: "late" })).toBe("ACTION_REF_NOT_FOUND");
});

test("a click before the contract's referral window does not count", () => {
  const world = acme();
  click(world, "old", ben, "2026-02-01T00:00:00Z");
  expect(credited(world, { ClickId: "old" })).toBe("OUTSIDE_ASSOCIATION_WINDOW");
});

test("a click from a restricted country does not count", () => {
  const world = acme();
  click(world, "far", ben);
  for (const one of world.account.clicks) one.isRestricted = true;
  expect(credited(world, { ClickId: "far" })).toBe("BLACKLISTED_SOURCE_IP");
});

test("an ALWAYS code takes the order from another partner's click", () => {
  const world = withCode();
  click(world, "clickBen", ben);
  expect(credited(world, { ClickId: "clickBen" })).toBe("10000 by promo code");
});

test("by the other reading, an ALWAYS code with another partner's click credits nobody", () => {
  const world = withCode({}, { otherPartnersClick: "nobody is credited" });
  click(world, "clickBen", ben);
  expect(credited(world, { ClickId: "clickBen" })).toBe("BLOCKED_BY_PROMOCODE");
  expect(credited(world)).toBe("10000 by promo code");
});

test("an INVOLVED code needs a click of its partner somewhere in the path", () => {
  const world = withCode({ creditPolicy: "INVOLVED" });
  expect(credited(world)).toBe("ACTION_REF_NOT_FOUND");
  click(world, "clickBen", ben, "2026-03-05T00:00:00Z");
  expect(credited(world, { CustomerId: "C1" })).toBe("BLOCKED_BY_PROMOCODE");
  click(world, "clickAnna", anna, "2026-03-04T00:00:00Z");
  expect(credited(world, { CustomerId: "C1" })).toBe("10000 by promo code");
});

test("a WINNER code needs its partner's click to win", () => {
  const world = withCode({ creditPolicy: "WINNER" });
  click(world, "clickAnna", anna, "2026-03-04T00:00:00Z");
  expect(credited(world, { CustomerId: "C1" })).toBe("10000 by promo code");
  click(world, "clickBen", ben, "2026-03-05T00:00:00Z");
  expect(credited(world, { CustomerId: "C1" })).toBe(
    "BLOCKED_BY_PROMOCODE CREDITING_RULE_MISMATCH",
  );
});

test("a code is judged at the EventDate, not when the conversion arrives", () => {
  const world = withCode({ endsAt: new Date("2026-03-10T00:00:00Z") });
  expect(credited(world)).toBe("ACTION_REF_NOT_FOUND");
  expect(credited(world, { EventDate: "2026-03-09T23:59:59Z" })).toBe("10000 by promo code");
});

test("by the other reading a code is judged when the conversion arrives", () => {
  const endsAt = new Date("2026-03-10T00:00:00Z");
  const world = withCode({ endsAt }, { codeDates: "receipt" });
  const { clock } = world.state;
  expect(clock.now() > endsAt).toBe(true);
  expect(credited(world, { EventDate: "2026-03-09T23:59:59Z" })).toBe("ACTION_REF_NOT_FOUND");
  expect(credited(withCode({}, { codeDates: "receipt" }))).toBe("10000 by promo code");
});

test("a code is ignored where the program or the event type does not track codes", () => {
  const world = withCode();
  const program = world.account.programs[0];
  if (program === undefined) throw new Error("no program");
  program.promoCodeTracking = false;
  expect(credited(world)).toBe("ACTION_REF_NOT_FOUND");
  program.promoCodeTracking = true;
  for (const eventType of program.eventTypes) eventType.promoCodes = false;
  expect(credited(world)).toBe("ACTION_REF_NOT_FOUND");
});

test("a code registered for another program is ignored", () => {
  expect(credited(withCode({ programId: "2000" }))).toBe("ACTION_REF_NOT_FOUND");
});

test("a partner whose contract ended is not credited, though the code lives on", () => {
  const world = withCode();
  contractOf(world, anna).endsAt = new Date("2026-03-01T00:00:00Z");
  expect(credited(world)).toBe("CONTRACT_NOT_FOUND");
  click(world, "clickBen", ben);
  expect(credited(world, { ClickId: "clickBen" })).toBe("CONTRACT_NOT_FOUND RESTRICTED_PROMOCODE");
});

test("a pending contract pays nobody", () => {
  const world = withCode();
  contractOf(world, anna).state = "PENDING";
  expect(credited(world)).toBe("CONTRACT_NOT_FOUND");
});

test("a suspended partner is not credited", () => {
  const world = withCode();
  for (const partner of world.account.partners) partner.state = "SUSPENDED";
  expect(credited(world)).toBe("PARTNER_NOT_ACTIVE");
});

test("a contract without terms for the event type pays nothing for it", () => {
  const world = withCode();
  contractOf(world, anna).eventTypeIds = ["4711"];
  expect(credited(world)).toBe("ACTIONTERMS_NOT_FOUND");
});

test("the contract live at the EventDate is the one that pays", () => {
  const world = withCode();
  contractOf(world, anna).endsAt = new Date("2026-03-10T00:00:00Z");
  const startsAt = new Date("2026-03-10T00:00:00Z");
  const terms = { programId: "1000", payoutPercent: 20, startsAt, state: "ACTIVE" } as const;
  const next = addContract(world.account, anna, terms);
  const conversion = readConversion(conversionForm());
  const { state, account } = world;
  expect(creditConversion(account, conversion, state.clock.now(), state.rules)).toMatchObject({
    kind: "credited",
    contract: { id: next.id, payoutPercent: "20" },
  });
});

test("MediaId forces the partner past code and click", () => {
  const world = withCode();
  click(world, "clickAnna", anna);
  const forced = { MediaId: ben, ClickId: "clickAnna" };
  expect(credited(world, forced)).toBe("10001 by media id");
  contractOf(world, ben).state = "DECLINED";
  expect(credited(world, forced)).toBe("CONTRACT_NOT_FOUND");
});

test("program and event type must exist, belong together and be active", () => {
  const world = withCode();
  addProgram(world.account, {
    id: "2000",
    name: "Other",
    promoCodeTracking: true,
    eventTypes: [{ id: "4001", name: "Lead", category: "LEAD", active: false }],
  });
  expect(credited(world, { CampaignId: "9" })).toBe("CAMPAIGN_NOT_FOUND");
  expect(credited(world, { EventTypeId: "9" })).toBe("ACTIONTRACKER_NOT_FOUND");
  expect(credited(world, { EventTypeId: "4001" })).toBe("ACTIONTRACKER_CAMPAIGN_MISMATCH");
  expect(credited(world, { CampaignId: "2000", EventTypeId: "4001" })).toBe(
    "ACTIONTRACKER_NOT_ACTIVE",
  );
  expect(credited(world, { EventTypeId: null, EventTypeCode: "ACME_SALE" })).toBe(
    "10000 by promo code",
  );
});

test("an event more than 88 days ago is refused, with MediaId more than 398", () => {
  const world = withCode({ startsAt: new Date(0) });
  contractOf(world, anna).startsAt = new Date(0);
  expect(credited(world, { EventDate: "2025-12-12T12:00:00Z" })).toBe("10000 by promo code");
  const old = { EventDate: "2025-12-12T11:59:59Z" };
  expect(credited(world, old)).toBe("CONV_MALFORMED");
  expect(credited(world, { ...old, MediaId: anna })).toBe("10000 by media id");
});

test("a conversion with neither items nor an amount is refused", () => {
  const items = [...conversionForm().keys()].filter((name) => name.startsWith("Item"));
  expect(credited(withCode(), Object.fromEntries(items.map((name) => [name, null])))).toBe(
    "NO_ITEM",
  );
});

test.each(["not known", "known, and pay nobody", "as all others"] as const)(
  "by the help page nobody is paid by clicks of a partner with an ALWAYS code, whether they are %s or not",
  (alwaysPartnersClicks) => {
    const startsAt = new Date("2026-03-05T00:00:00Z");
    const world = withCode({ startsAt }, { alwaysPartnersClicks });
    click(world, "clickBefore", anna, "2026-03-04T23:59:59Z");
    click(world, "clickAnna", anna);
    click(world, "clickBen", ben);
    const byClick = (ClickId: string) => credited(world, { OrderPromoCode: null, ClickId });
    const isAsOthers = alwaysPartnersClicks === "as all others";
    expect(byClick("clickAnna")).toBe(isAsOthers ? "10000 by click" : "ACTION_REF_NOT_FOUND");
    expect(byClick("clickBen")).toBe("10001 by click");
    expect(byClick("clickBefore")).toBe("10000 by click");
  },
);
