import { expect, test } from "vitest";
import { worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { adminRequest, callRoute, loadApp } from "#test/support/app.ts";

const FORM = {
  ...{ intent: "rule", meeting: "code-wins", days: "7", codePercent: "50", clickPercent: "50" },
  ...{ several: "first-entered", clickAlone: "leave", clickDays: "30" },
};
const ANNA10 = { ...FORM, intent: "override", scope: "code", subject: "anna10" };
const TIME = String.raw`\w{3} \d{1,2}, \d{4}, \d{1,2}:\d\d\s[AP]M`;

interface RulesPage {
  chosen: { meeting: string };
  opened: string;
  overrides: { subject: string; opened: string; rule: string }[];
}

interface Refusal {
  of?: string;
  message: string;
  opened: string;
  sent: object;
}

type Form = Record<string, string>;

/** The pages of rules and settings, as a merchant asks for them. One app to a file of tests. */
async function merchantPages() {
  const world = await worldWithCodes({ startsAt: new Date() });
  await loadApp(world);
  const rules = await import("#app/routes/app.rules.tsx");
  const tries = await import("#app/routes/app.rules_.try.tsx");
  const settings = await import("#app/routes/app.settings.tsx");
  const read = async <Page>({ loader }: Pick<typeof rules, "loader">, query = "") => {
    const request = adminRequest(world, world.domain, `/app/x?${query}`);
    return (await (await callRoute(loader, request)).json()) as Page;
  };
  const post = async ({ action }: Pick<typeof rules, "action">, form: Form) => {
    const request = adminRequest(world, world.domain, "/app/x", form);
    const answer = await callRoute(action, request);
    return { status: answer.status, body: (await answer.json()) as Refusal };
  };
  return {
    openRules: () => read<RulesPage>(rules),
    postRules: (form: Form) => post(rules, form),
    tryRule: (form: Form) =>
      read<{ opened: string }>(tries as never, new URLSearchParams(form).toString()),
    openSettings: () => read<{ reporting: { chosen: Form } }>(settings as never),
    postSettings: (form: Form) => post(settings as never, form),
  };
}

type Pages = Awaited<ReturnType<typeof merchantPages>>;

async function expectShopsRuleIsKept({ openRules, postRules, tryRule }: Pages): Promise<void> {
  const { opened } = await openRules();
  const tried = await tryRule({ ...FORM, meeting: "newer-click-wins", period: "30" });
  expect(await postRules({ ...FORM, opened, meeting: "split" })).toMatchObject({ status: 200 });
  const click = { ...FORM, meeting: "newer-click-wins" };
  const newest = (await openRules()).opened;
  for (const older of [{ opened }, { opened: tried.opened }, {}]) {
    const { status, body } = await postRules({ ...click, ...older });
    expect({ status, ...body }).toMatchObject({ status: 422, of: "rule", opened: newest });
    expect(body.sent).toMatchObject({ meeting: "newer-click-wins", days: "7" });
    expect(body.message).toMatch(
      new RegExp(
        `^Nothing was saved\\. A rule for your shop was saved after you opened this page, on ${TIME}: Where a click meets a code, they share the order, 50% .* A click counts for 30 days\\. Save again to replace that by what stands here\\.$`,
      ),
    );
  }
  expect(await openRules()).toMatchObject({ chosen: { meeting: "split" } });
  // What is wrong with a form takes nothing from what it was told before.
  const wrong = await postRules({ ...click, days: "0", opened: newest });
  expect(wrong.body).toMatchObject({ message: null, opened: newest });
  expect(await postRules({ ...click, opened: wrong.body.opened })).toMatchObject({ status: 200 });
  expect(await openRules()).toMatchObject({ chosen: { meeting: "newer-click-wins" } });
}

async function expectCodesRuleIsKept({ openRules, postRules, tryRule }: Pages): Promise<void> {
  const tried = await tryRule({ ...ANNA10, period: "30" });
  expect(tried.opened).toBe("none");
  const split = { ...ANNA10, meeting: "split" };
  expect(await postRules({ ...split, opened: tried.opened })).toMatchObject({ status: 200 });
  const [before] = (await openRules()).overrides;
  const { status, body } = await postRules({ ...ANNA10, opened: tried.opened });
  expect({ status, ...body }).toMatchObject({ status: 422, of: "override" });
  expect(body).toMatchObject({ opened: before?.opened, sent: { subject: "ANNA10" } });
  expect(body.message).toMatch(/A rule for the code ANNA10 was saved after .*: Where a click/);
  expect(await postRules({ ...ANNA10, opened: body.opened })).toMatchObject({ status: 200 });

  const takeBack = { intent: "take-back", scope: "code", subject: "ANNA10" };
  const kept = await postRules({ ...takeBack, opened: before?.opened ?? "" });
  expect(kept).toMatchObject({ status: 422, body: { of: "take-back" } });
  expect(kept.body.message).toMatch(
    /^Nothing was taken back\. A rule for the code ANNA10 was saved .* Take it back once more/,
  );
  const [now] = (await openRules()).overrides;
  expect(now).toMatchObject({ subject: "ANNA10", rule: "The code wins over a click" });
  const opened = now?.opened ?? "";
  expect(await postRules({ ...takeBack, opened })).toMatchObject({ status: 200 });
  const gone = await postRules({ ...split, opened });
  expect(gone).toMatchObject({ status: 422, body: { opened: "none" } });
  expect(gone.body.message).toMatch(/The rule for the code ANNA10 was taken back after you opened/);
  expect(await openRules()).toMatchObject({ overrides: [] });
}

async function expectSettingsAreKept({ openSettings, postSettings }: Pages): Promise<void> {
  const { chosen } = (await openSettings()).reporting;
  const opened = JSON.stringify(chosen);
  expect(await postSettings({ ...chosen, opened, amountBasis: "gross" })).toMatchObject({
    status: 200,
  });
  const now = { ...chosen, amountBasis: "gross" };
  const paid = { ...chosen, reportWhen: "paid" };
  expect(await postSettings({ ...paid, opened })).toEqual({
    status: 422,
    body: {
      ...{ sent: paid, problems: [], opened: now },
      message:
        "Nothing was saved. These settings were changed after you opened this page: which amount impact.com gets (now “Before discounts, without tax”). Save again to replace that by what stands here.",
    },
  });
  for (const unread of [paid, { ...paid, opened: "{" }]) {
    expect(await postSettings(unread)).toMatchObject({ status: 422, body: { opened: now } });
  }
  expect((await openSettings()).reporting.chosen).toEqual(now);
  expect(await postSettings({ ...paid, opened: JSON.stringify(now) })).toMatchObject({
    status: 200,
  });
  expect((await openSettings()).reporting.chosen).toEqual(paid);
}

test("a form of rules or settings that stood open says what was saved meanwhile, and replaces it when sent again", async () => {
  const pages = await merchantPages();
  await expectShopsRuleIsKept(pages);
  await expectCodesRuleIsKept(pages);
  await expectSettingsAreKept(pages);
});
