import type { LoaderFunctionArgs } from "@remix-run/node";
import { expect, test } from "vitest";
import { fileOf, worldWithWaiting } from "#test/core/registration-files/given-file.ts";
import { adminRequest, callRoute, loadApp } from "#test/support/app.ts";

type Route = (args: LoaderFunctionArgs) => unknown;
const DAY = 86_400_000;

test("where nothing arrives within a day, Home and the batch say so, and the codes can be taken back", async () => {
  const { world, batchId } = await worldWithWaiting(3, "TEA-", { startsAt: new Date() });
  const fileId = await fileOf(world);
  await world.prisma.registrationFile.updateMany({
    data: { createdAt: new Date(Date.now() - 2 * DAY) },
  });
  // The stand-in judges session tokens by the world's clock, and they are the wall clock's.
  world.clock.passTo(new Date());
  await loadApp(world);
  const home = await import("#app/routes/app._index.tsx");
  const batch = await import("#app/routes/app.batches.$batchId.tsx");
  const file = await import("#app/routes/app.files.$fileId.tsx");
  const ask = (route: Route, params: Record<string, string> = {}, form?: URLSearchParams) =>
    callRoute(route, adminRequest(world, world.domain, "/app", form), params);
  const overdue = { id: fileId, isOverdue: true, missing: 3 };
  expect(await (await ask(home.loader)).json()).toMatchObject({ overdueFiles: [overdue] });
  expect(await (await ask(batch.loader, { batchId })).json()).toMatchObject({
    hint: { files: [overdue] },
  });
  expect(await (await ask(file.loader, { fileId })).json()).toMatchObject({
    file: { missingCodes: [{ code: "TEA-000001" }, {}, {}] },
  });
  await ask(file.action, { fileId }, new URLSearchParams({ intent: "renew" }));
  await ask(file.action, { fileId }, new URLSearchParams({ intent: "take-back" }));
  expect(await (await ask(file.loader, { fileId })).json()).toMatchObject({
    file: { state: "taken-back" },
  });
  expect(await (await ask(home.loader)).json()).toMatchObject({ overdueFiles: [] });
});
