import { randomUUID } from "node:crypto";
import type { LoaderFunctionArgs } from "@remix-run/node";
import { expect, test } from "vitest";
import { adminRequest, callRoute, loadApp } from "#test/support/app.ts";
import { setDatabaseUp } from "#test/support/database-outage.ts";
import { draftFor, makeDiscount, setUpProgram } from "#test/support/merchant.ts";
import { createWorld } from "#test/support/world.ts";

type Route = (args: LoaderFunctionArgs) => unknown;

test("codes are drawn from the form, followed on the batch's page, cancelled and resumed", async () => {
  const world = await createWorld({ startsAt: new Date() });
  await setUpProgram(world);
  const discountId = await makeDiscount(world, draftFor([["10001", "ANNA10"]]));
  await world.drain();
  await loadApp(world);
  const draw = await import("#app/routes/app.discounts.$discountId_.draw.tsx");
  const preview = await import("#app/routes/app.discounts.$discountId_.draw_.preview.tsx");
  const batch = await import("#app/routes/app.batches.$batchId.tsx");
  const file = await import("#app/routes/app.batches.$batchId_.failed.tsx");
  const ask = (route: Route, params: Record<string, string>, form?: URLSearchParams) =>
    callRoute(route, adminRequest(world, world.domain, "/app", form), params);
  const pairs = (form: Record<string, string>) => new URLSearchParams(form);

  const form = { draftKey: randomUUID(), pattern: "{FIRST}-{RANDOM:6}", codesEach: "3" };
  const open = (address: string) =>
    callRoute(draw.loader, adminRequest(world, world.domain, address), { discountId });
  const page = await open(`/app?draft=${form.draftKey}`);
  expect(await page.json()).toMatchObject({ title: "Creators", batchId: null });
  const refused = await ask(draw.action, { discountId }, pairs(form));
  expect(refused.status).toBe(422);
  expect(await refused.json()).toMatchObject({ problems: [{ field: "partners" }] });
  const families = { ...form, everyone: "on", pattern: "TEA-{RANDOM:6}", asFamilies: "yes" };
  const clash = await ask(draw.action, { discountId }, pairs(families));
  expect(await clash.json()).toMatchObject({ problems: [{ field: "asFamilies" }] });
  const send = () => ask(draw.action, { discountId }, pairs({ ...form, everyone: "on" }));
  const [one, two] = [await send(), await send()];
  expect(one.status).toBe(302);
  expect(two.headers.get("location")).toBe(one.headers.get("location"));
  const batchId = one.headers.get("location")?.split("/").at(-1) ?? "";
  const again = await open(`/app?draft=${form.draftKey}`);
  expect(await again.json()).toMatchObject({ draftKey: form.draftKey, batchId });
  const fresh = await open("/app?host=abc");
  expect(fresh.status).toBe(302);
  expect(fresh.headers.get("location")).toMatch(/^\/app\?host=abc&draft=[0-9a-f-]{36}$/);

  const read = async () => {
    const page = (await (await ask(batch.loader, { batchId })).json()) as { made: unknown };
    return page.made;
  };
  expect(await read()).toMatchObject({ title: "Creators", state: "running", canCancel: true });
  const cancelled = await ask(batch.action, { batchId }, pairs({ intent: "cancel" }));
  expect(await cancelled.json()).toEqual({ done: "Cancelling" });
  await world.drain();
  expect(await read()).toMatchObject({ state: "cancelled", canCancel: false, canResume: true });
  const nowhere = await ask(file.loader, { batchId: randomUUID() });
  expect(nowhere.status).toBe(404);

  await ask(batch.action, { batchId }, pairs({ intent: "resume" }));
  await world.drain();
  expect(await read()).toMatchObject({ state: "done", isWorking: false, waiting: 0, failed: 0 });

  const problem = "“Sale” has it, and that's all.";
  const [code] = await world.prisma.code.findMany({ where: { batchId }, take: 1 });
  const failed = { shopifyState: "failed", shopifyProblem: problem };
  await world.prisma.code.update({ where: { id: code?.id ?? "" }, data: failed });
  expect(await read()).toMatchObject({ failed: 1, canResume: true, failedCodes: [{ problem }] });
  const csv = await ask(file.loader, { batchId });
  expect(csv.headers.get("content-disposition")).toMatch(/filename="failed-codes-.*\.csv"/);
  expect((await csv.text()).split("\r\n")[1]).toContain(`${code?.code},`);

  const path = `/app?pattern=${encodeURIComponent("{RANDOM:3}")}&codesEach=2&everyone=on`;
  const look = () =>
    callRoute(preview.loader, adminRequest(world, world.domain, path), { discountId });
  expect(await (await look()).json()).toMatchObject({ odds: { verdict: "open" }, problems: [] });
  await setDatabaseUp(world.databaseUrl, false);
  const down = await look();
  await setDatabaseUp(world.databaseUrl, true);
  expect(await down.json()).toEqual({ failed: "No examples just now. Go on typing to try again." });
});
