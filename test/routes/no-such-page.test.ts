import { expect, test } from "vitest";
import { explainFailure } from "#app/components/explain-failure.ts";
import { adminRequest, callRoute, loadApp } from "#test/support/app.ts";
import { createWorld, type World } from "#test/support/world.ts";

async function signedIn(): Promise<World> {
  const world = await createWorld({ startsAt: new Date() });
  await loadApp(world);
  return world;
}

test("an address that leads nowhere, or holds what no page has, is answered as no such page", async () => {
  const world = await signedIn();
  const nowhere = await import("#app/routes/app.$.tsx");
  const codes = await import("#app/routes/app.codes._index.tsx");
  const get = (path: string) => adminRequest(world, world.domain, path);
  const answers = await Promise.all([
    callRoute(nowhere.loader, get("/app/no-such-page")),
    callRoute(codes.loader, get("/app/codes?search=ANNA%0010")),
    callRoute(codes.loader, get("/app/codes?search=ANNA10")),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 200]);
  for (const answer of answers.slice(0, 2)) {
    const error = { status: 404, statusText: "", internal: false, data: await answer.text() };
    expect(explainFailure(error)).toMatchObject({ title: "There is no such page" });
  }
});
