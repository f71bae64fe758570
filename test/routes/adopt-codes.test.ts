import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { discountByHand } from "#test/core/given/adopting.ts";
import { registerElsewhere } from "#test/core/given/register-elsewhere.ts";
import { adminRequest, callRoute, loadApp } from "#test/support/app.ts";
import { setUpProgram } from "#test/support/merchant.ts";
import { createWorld, type World } from "#test/support/world.ts";

async function routesOf(world: World) {
  await loadApp(world);
  return {
    list: await import("#app/routes/app.adopt._index.tsx"),
    page: await import("#app/routes/app.adopt.$adoptionId.tsx"),
    file: await import("#app/routes/app.adopt_.$adoptionId.file.tsx"),
    left: await import("#app/routes/app.adopt_.$adoptionId.left.tsx"),
    wrong: await import("#app/routes/app.adopt_.$adoptionId.wrong-rows.tsx"),
    batch: await import("#app/routes/app.batches.$batchId.tsx"),
  };
}

type Fields = Record<string, string>;
type Route = Parameters<typeof callRoute>[0];

test("discounts are listed, their codes read, partners found by a pattern and a file, and adopted", async () => {
  const world = await createWorld({ startsAt: new Date() });
  await setUpProgram(world);
  const podcast = discountByHand(world, "Spring podcast", ["ANNA-1", "BEN-1", "ODD"]);
  discountByHand(world, "Welcome", ["WELCOME5"]);
  registerElsewhere(world, "ANNA-1", "10001");
  const { list, page, file, left, wrong, batch } = await routesOf(world);
  const ask = (route: Route, path: string, fields?: Fields, params = {}) => {
    // A session token is signed by the wall clock, which a slow run lets get ahead.
    world.clock.passTo(new Date());
    return callRoute(route, adminRequest(world, world.domain, path, fields), params);
  };
  const read = async (route: Route, path: string, params = {}) =>
    (await ask(route, path, undefined, params)).json() as Promise<unknown>;
  const post = (route: Route, fields: Fields, params = {}) =>
    ask(route, "/app/adopt", fields, params);

  expect(await read(list.loader, "/app/adopt?search=spring")).toMatchObject({
    list: {
      rows: [{ title: "Spring podcast", codes: 3, managed: 0, example: "ANNA-1", state: "active" }],
    },
  });
  expect(await read(list.loader, "/app/adopt?at=nobodys")).toMatchObject({ nobodys: 0 });
  const picked = { draftKey: randomUUID(), source: "picked" };
  expect((await post(list.action, picked)).status).toBe(422);
  expect((await post(list.action, { ...picked, source: "nonsense" })).status).toBe(400);
  const discount = `${podcast.id} Spring podcast`;
  const begun = await post(list.action, { ...picked, discount });
  const adoptionId = begun.headers.get("location")?.split("/").at(-1) ?? "";
  const of = { adoptionId };
  const view = () => read(page.loader, `/app/adopt/${adoptionId}`, of);
  expect(await view()).toMatchObject({ state: "reading", title: "Spring podcast" });
  await world.drain();
  expect(await view()).toMatchObject({
    ...{ state: "checked", by: "impact", counted: 3, assigned: 1, nobodys: 2, toAdopt: 3 },
    partners: [{ name: "Anna Able", codes: 1 }],
  });

  const choose = (fields: Fields) => post(page.action, { intent: "choose", ...fields }, of);
  const refused = await choose({ by: "pattern", pattern: "nothing" });
  expect(await refused.json()).toMatchObject({ at: "pattern" });
  expect((await choose({ by: "nonsense" })).status).toBe(400);
  await choose({ by: "pattern", pattern: "{first}-*" });
  await world.drain();
  expect(await view()).toMatchObject({ by: "pattern", assigned: 2, nobodys: 1 });

  const body = "Code,Partner\nODD,Ben Baker\nBEN-1,10002\nOTHER,10001\n";
  world.clock.passTo(new Date());
  const { headers } = adminRequest(world, world.domain, "/");
  const url = `https://app.example.com/app/adopt/${adoptionId}/file?name=partners.csv`;
  const sent = await callRoute(
    file.action,
    new Request(url, { method: "POST", headers, body }),
    of,
  );
  expect(await sent.json()).toEqual({ kind: "checked", uploadId: adoptionId });
  await world.drain();
  expect(await view()).toMatchObject({
    ...{ by: "file", assigned: 2, nobodys: 1 },
    file: { name: "partners.csv", rows: 3, wrong: 1, wrongRows: [{ id: "4" }] },
  });
  const download = async (route: Route) => (await ask(route, "/app/adopt", undefined, of)).text();
  expect(await download(wrong.loader)).toContain("OTHER is none of the codes that were found");
  expect(await download(left.loader)).toContain("ANNA-1,,The file names no partner for it.");

  const adopt = { intent: "adopt", since: "" };
  const taken = await post(page.action, adopt, of);
  const batchId = taken.headers.get("location")?.split("/").at(-1) ?? "";
  await world.drain();
  const made = { batchId };
  expect(await read(batch.loader, "/app/batches", made)).toMatchObject({
    adopted: {
      ...{ title: "Codes are adopted", state: "done" },
      counts: {
        all: 3,
        taken: 3,
        assigned: 2,
        nobodys: 1,
        registered: 2,
        unregistrable: 0,
        ended: 0,
      },
    },
  });
  expect(await read(list.loader, "/app/adopt?at=nobodys")).toMatchObject({ nobodys: 1 });
  const nowhere = { adoptionId: randomUUID() };
  for (const route of [page.loader, left.loader, wrong.loader]) {
    expect((await ask(route, "/app/adopt", undefined, nowhere)).status).toBe(404);
  }
});
