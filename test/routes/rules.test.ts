import { expect, test } from "vitest";
import { openedOf } from "#app/components/rules/opened-of.ts";
import type { RuleView } from "#app/components/rules/rule-view.server.ts";
import { connectImpact } from "#app/core/program/connect-impact.ts";
import { worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { adminRequest, callRoute, loadApp } from "#test/support/app.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";
import { CREDENTIALS, type World } from "#test/support/world.ts";

interface RulesPage {
  chosen: Record<string, unknown>;
  since: string;
  opened: string;
  overrides: RuleView["overrides"];
  areClicksUntold: boolean;
  notAlways: { code: string; reach: string }[];
  history: { rows: Record<string, unknown>[]; previous: number | null; next: number | null };
}

const FORM = {
  intent: "rule",
  meeting: "code-wins",
  days: "7",
  codePercent: "50",
  clickPercent: "50",
  several: "first-entered",
  clickAlone: "leave",
};

/** The pages of rules and of an order, as a merchant asks for them. One app to a file of tests. */
async function merchantPages() {
  const world = await worldWithCodes({ startsAt: new Date() });
  await loadApp(world);
  const { loader, action } = await import("#app/routes/app.rules.tsx");
  const tryRoute = await import("#app/routes/app.rules_.try.tsx");
  const orderRoute = await import("#app/routes/app.orders.$orderId.tsx");
  const open = async (query = "") => {
    const request = adminRequest(world, world.domain, `/app/rules${query}`);
    const answer = await callRoute(loader, request);
    return (await answer.json()) as RulesPage;
  };
  // As a page that was opened a moment ago sends it.
  const post = async (form: Record<string, string>) => {
    const { intent, scope = "", subject = "" } = form;
    const opened = openedOf(intent === "rule" ? null : { scope, subject }, await open());
    const request = adminRequest(world, world.domain, "/app/rules", { opened, ...form });
    const answer = await callRoute(action, request);
    return { status: answer.status, body: (await answer.json()) as unknown };
  };
  const openOrder = async (orderId: string) => {
    const request = adminRequest(world, world.domain, `/app/orders/${orderId}`);
    const answer = await callRoute(orderRoute.loader, request, { orderId });
    return (await answer.json()) as { decision: Record<string, unknown> };
  };
  const tryRule = async (form: Record<string, string>) => {
    const query = new URLSearchParams({ period: "30", ...form }).toString();
    const request = adminRequest(world, world.domain, `/app/rules/try?${query}`);
    return (await (await callRoute(tryRoute.loader, request)).json()) as Record<string, unknown>;
  };
  return { world, open, post, openOrder, tryRule };
}

/** A token without the permission Clicks: the page says so until another one is connected. */
async function expectUntoldClicksAreSaid(
  { ports, domain: shop, clock, prisma }: World,
  open: () => Promise<RulesPage>,
): Promise<void> {
  // The page asked by the machine's clock, which may be ahead of the test's.
  await prisma.clickLookUp.deleteMany({ where: { shop } });
  const lookUp = { clickId: "click-1", partner: null, clickedAt: null };
  const isSaid = async () => (await open()).areClicksUntold;
  expect(await isSaid()).toBe(false);
  await ports.store.clicks.saveLookUp(shop, { ...lookUp, verdict: "not-told" }, clock.now());
  expect(await isSaid()).toBe(true);
  const later = new Date(clock.now().getTime() + 1_000);
  const newer = { ...lookUp, clickId: "click-2" };
  await ports.store.clicks.saveLookUp(shop, { ...newer, verdict: "unknown-there" }, later);
  expect(await isSaid()).toBe(false);
  await ports.store.clicks.saveLookUp(shop, { ...newer, verdict: "not-told" }, later);
  expect(await isSaid()).toBe(true);
  clock.pass(2_000);
  expect(await connectImpact(ports, { shop, ...CREDENTIALS })).toMatchObject({ ok: true });
  expect(await isSaid()).toBe(false);
}

/** The rules that were, after one for ANNA10 was taken back; then a page of them is full. */
async function expectRulesOfThen(
  { ports, domain: shop, clock }: World,
  open: (query?: string) => Promise<RulesPage>,
): Promise<void> {
  const { rows } = (await open()).history;
  const aTime = expect.stringMatching(/^\w{3}\s\d{1,2},\s\d{4},\s/) as string;
  expect(rows[0]).toEqual({
    ...{ id: "0", subject: "Code ANNA10", from: aTime, until: aTime },
    rule: "Where a click meets a code, a code earns only where there is no click.",
  });
  expect(rows[1]).toMatchObject({
    ...{ subject: "Your shop", from: aTime, until: null },
    rule: "Where a click meets a code, they share the order, 70% for the code and 30% for the click. Of several partners' codes, the one entered first counts. A click without a partner's code is left to impact.com's own tag. A click counts for 30 days.",
  });
  expect(rows.at(-1)).toMatchObject({ subject: "Your shop", from: "The start", until: aTime });
  const from = clock.now().getTime();
  const meeting = { kind: "code-wins" as const };
  for (let day = 1; day <= 20; day += 1) {
    const rule = { scope: "partner" as const, subject: "10002", rule: { meeting } };
    await ports.store.rules.append(shop, { ...rule, from: new Date(from - day * 86_400_000) });
  }
  const first = (await open("?history=none")).history;
  expect(first).toMatchObject({ previous: null, next: 2 });
  expect(first.rows).toHaveLength(20);
  const last = (await open("?history=99")).history;
  expect(last).toMatchObject({ previous: 1, next: null });
  expect(last.rows.at(-2)).toMatchObject({ subject: "Partner Ben Baker" });
}

test("a merchant sees by which rule an order was decided, changes the rule, and sets a code apart", async () => {
  const { world, open, post, openOrder, tryRule } = await merchantPages();
  const orderId = await buyAndDeliver(world, { codes: ["BEN10", "ANNA10"] });
  expect(await openOrder(orderId)).toMatchObject({
    decision: {
      candidates: [
        { code: "BEN10", partner: "Ben Baker", verdict: "Earns the order" },
        { code: "ANNA10", partner: "Anna Able", verdict: "Entered after the code that earns" },
      ],
      rules: [expect.stringMatching(/^Your shop's rule: .* In force from the start\.$/)],
      others: [
        { rule: expect.stringContaining("took off the most"), isSame: true },
        {
          rule: expect.stringContaining("share the order evenly"),
          outcome: "Ben Baker 50%; Anna Able 50%",
        },
      ],
    },
  });

  expect(await open()).toMatchObject({
    chosen: { meeting: "code-wins", several: "first-entered", clickAlone: "leave" },
    since: expect.stringContaining("from the start"),
    areClicksUntold: false,
    clicksLost: [],
    history: { rows: [] },
  });
  const split = { ...FORM, meeting: "split", codePercent: "70" };
  expect(await post(split)).toEqual({
    status: 422,
    body: {
      ...{ of: "rule", message: null, opened: "none" },
      sent: expect.objectContaining({ meeting: "split", codePercent: "70", clickPercent: "50" }),
      problems: [
        {
          field: "codePercent",
          message: "Both shares must add up to 100%. 70% and 50% make 120%.",
        },
      ],
    },
  });
  expect(await post({ ...split, clickPercent: "30" })).toMatchObject({
    status: 200,
    body: { done: "The rule is in force from now on" },
  });
  expect(await open()).toMatchObject({
    chosen: { meeting: "split", codePercent: "70", clickPercent: "30" },
    since: expect.stringMatching(/^In force since /),
  });
  await expectUntoldClicksAreSaid(world, open);
  const asked = "permission-check";
  const verdict = async () =>
    (await world.ports.store.clicks.listLookUps(world.domain, [asked])).get(asked)?.verdict;
  const [token] = world.account.tokens;
  if (token) token.scopes = ["Retrieve company information"];
  const lacks = expect.stringContaining("edit the token and tick Clicks") as string;
  expect(await post({ ...split, clickPercent: "30" })).toMatchObject({
    status: 200,
    body: { of: "rule", problems: [{ field: "meeting", message: lacks }] },
  });
  expect(await post({ ...FORM, clickAlone: "report" })).toMatchObject({
    body: { problems: [{ field: "clickAlone", message: lacks }] },
  });
  expect(await verdict()).toBe("not-told");
  expect(await post(FORM)).toMatchObject({ body: { problems: [] } });
  if (token) token.scopes = null;
  expect(await post({ ...split, clickPercent: "30" })).toMatchObject({ body: { problems: [] } });
  expect(await verdict()).toBe("unknown-there");
  expect(await post({ intent: "no such thing" })).toMatchObject({ status: 422 });

  const override = { ...FORM, intent: "override", scope: "code", meeting: "code-without-click" };
  expect(await post({ ...override, subject: "NOBODYS" })).toMatchObject({
    status: 422,
    body: { of: "override", problems: [{ field: "subject" }] },
  });
  expect(await post({ ...override, subject: " anna10 " })).toMatchObject({ status: 200 });
  expect(await open()).toMatchObject({
    overrides: [{ name: "ANNA10", rule: "A code earns only where there is no click" }],
  });
  await post({ intent: "take-back", scope: "code", subject: "ANNA10" });
  expect(await open()).toMatchObject({ overrides: [] });
  await expectRulesOfThen(world, open);

  expect(await tryRule({ scope: "code", subject: "anna10", meeting: "code-wins" })).toMatchObject({
    subject: { scope: "code", subject: "ANNA10" },
    chosen: { meeting: "code-wins", several: "first-entered", clickAlone: "leave" },
    tried: { line: expect.stringMatching(/^Of 1 order with a code or a click/) },
  });
  expect(await tryRule({ scope: "partner", subject: "99999", meeting: "split" })).toMatchObject({
    tried: null,
    problems: [{ field: "subject", message: "Choose a partner." }, { field: "codePercent" }],
  });
  const tryDays = (period: string) => tryRule({ meeting: "code-wins", period });
  expect(await tryDays("45")).toMatchObject({
    ...{ period: "45", problems: [] },
    tried: { line: expect.stringMatching(/in the last 45 days/) as string },
  });
  const message = "Enter a whole number of days from 7 to 90.";
  for (const period of ["6", "91", "7.5", "soon", ""]) {
    const refused = { period, tried: null, problems: [{ field: "period", message }] };
    expect(await tryDays(period)).toMatchObject(refused);
  }

  expect(await open()).toMatchObject({
    notAlways: [],
    silenced: expect.stringMatching(/tracks no clicks .* In this shop: Anna Able, Ben Baker\./),
    clicksLost: [
      { id: "10001", name: "Anna Able", url: "/app/codes?partner=10001" },
      { id: "10002", name: "Ben Baker", url: "/app/codes?partner=10002" },
    ],
    isLostCut: false,
  });
  await world.prisma.code.updateMany({ where: { code: "BEN10" }, data: { reach: "WINNER" } });
  expect(await open()).toMatchObject({
    notAlways: [{ code: "BEN10", reach: "WINNER" }],
    isCut: false,
    silenced: expect.stringMatching(/In this shop: Anna Able\./),
    clicksLost: [{ name: "Anna Able" }],
  });
});
