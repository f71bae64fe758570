import { expect, test } from "vitest";
import { adminRequest, callRoute, loadApp } from "#test/support/app.ts";
import { setDatabaseUp } from "#test/support/database-outage.ts";
import { setUpProgram } from "#test/support/merchant.ts";
import { createWorld } from "#test/support/world.ts";

test("while the database is down a code's check is a sentence at its field, and the form stays", async () => {
  const world = await createWorld({ startsAt: new Date() });
  await setUpProgram(world);
  await loadApp(world);
  const { loader } = await import("#app/routes/app.codes.check.tsx");
  const path = "/app/codes/check?partnerId=10001&code=tea";
  const check = async () => callRoute(loader, adminRequest(world, world.domain, path));
  expect(await (await check()).json()).toEqual({
    partnerId: "10001",
    code: "TEA",
    problem: null,
    warning: expect.stringMatching(/^TEA is only 3 characters long/) as string,
  });

  await setDatabaseUp(world.databaseUrl, false);
  const answer = await check();
  await setDatabaseUp(world.databaseUrl, true);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({
    partnerId: "10001",
    code: "TEA",
    problem: "TEA could not be checked just now. Try again in a minute.",
    warning: null,
  });
});
