import { expect, test } from "vitest";
import { withMixedCodes } from "#test/core/given/mixed-codes.ts";
import { adminRequest, callRoute, loadApp } from "#test/support/app.ts";
import { draftFor, makeDiscount, setUpProgram } from "#test/support/merchant.ts";
import { createWorld } from "#test/support/world.ts";

interface Shown {
  list: { rows: { code: string }[]; matching: number | null; previous: string; next: string };
}

test("the Codes page filters, turns pages, keeps views and exports, all by its address", async () => {
  const world = await createWorld({ startsAt: new Date(), ianaTimezone: "Asia/Tokyo" });
  await setUpProgram(world);
  await makeDiscount(world, draftFor([["10001", "TEA1"]], { title: "=HYPERLINK(1)" }));
  await withMixedCodes(world, 130);
  await world.drain();
  await loadApp(world);
  const page = await import("#app/routes/app.codes._index.tsx");
  const frame = await import("#app/routes/app.codes.tsx");
  const file = await import("#app/routes/app.codes.export.tsx");
  const request = (path: string, form?: Record<string, string>) =>
    adminRequest(world, world.domain, path, form);
  const show = async (query: string) =>
    (await (await callRoute(page.loader, request(`/app/codes?${query}`))).json()) as Shown;
  const codesOf = ({ list }: Shown) => list.rows.map(({ code }) => code);

  const first = await show("sort=code");
  expect(first.list).toMatchObject({ matching: 131, previous: null });
  const second = await show(`sort=code&after=${first.list.next}`);
  const back = await show(`sort=code&before=${second.list.previous}`);
  expect(codesOf(second)).toHaveLength(50);
  expect(codesOf(back)).toEqual(codesOf(first));
  expect(codesOf(await show("search=tea1&partner=10001&shopify=live&impact=registered"))).toEqual([
    "TEA1",
  ]);
  expect(codesOf(await show("search=tea1&partner=none"))).toEqual([]);
  const strange = "discount=1&shopify=x&impact=toString&used=maybe&sort=-no&after=nowhere";
  expect((await show(strange)).list.matching).toBe(131);

  const send = async (form: Record<string, string>) =>
    (await callRoute(page.action, request("/app/codes", form))).json() as Promise<unknown>;
  const views = async () => {
    const answer = await callRoute(frame.loader, request("/app/codes"));
    return ((await answer.json()) as { views: { id: string; name: string; query: string }[] })
      .views;
  };
  const save = { intent: "save-view", name: " Live   teas ", query: "shopify=live&search=tea&x=1" };
  expect(await send(save)).toEqual({ done: "Live teas saved" });
  expect(await send(save)).toMatchObject({ problem: expect.stringMatching(/already/) as string });
  expect(await send({ ...save, name: " " })).toEqual({ problem: "Give the view a name." });
  const [view] = await views();
  expect(view).toMatchObject({ name: "Live teas", query: "search=TEA&shopify=live" });
  await send({ ...save, name: "Others", query: "partner=none" });
  const rename = { intent: "rename-view", view: view?.id ?? "" };
  expect(await send({ ...rename, name: "Others" })).toHaveProperty("problem");
  expect(await send({ ...rename, name: "Teas" })).toEqual({ done: "View renamed" });
  expect(await send({ intent: "remove-view", view: view?.id ?? "" })).toHaveProperty("done");
  expect(await send({ ...rename, name: "Teas" })).toHaveProperty("problem");
  expect((await views()).map(({ name }) => name)).toEqual(["Others"]);
  expect((await callRoute(page.action, request("/app/codes", { intent: "?" }))).status).toBe(400);

  const csv = async (query: string) => {
    const answer = await callRoute(file.loader, request(`/app/codes/export?${query}`));
    expect(answer.headers.get("content-disposition")).toMatch(/"codes-\d{4}-\d\d-\d\d\.csv"/);
    return (await answer.text()).trimEnd().split("\r\n");
  };
  expect(await csv("all=1")).toHaveLength(132);
  expect(await csv("")).toHaveLength(1);
  const [heading, tea, ...others] = await csv("search=TEA1");
  expect(heading).toContain("Made (Asia/Tokyo)");
  // What a spreadsheet would run as a formula does not begin with its sign.
  expect(tea).toMatch(
    /^TEA1,Anna Able,10001,'=HYPERLINK\(1\),Live,Registered,,\d{4}-\d\d-\d\d \d\d:\d\d,$/,
  );
  expect(others).toEqual([]);
  const { id = "" } = (await world.prisma.code.findFirst({ where: { code: "TEA1" } })) ?? {};
  expect(await csv(`id=${id}&id=nonsense`)).toEqual([heading, tea]);
});
