import { expect, test } from "vitest";
import { shopAtWork } from "#test/core/given/shop-at-work.ts";
import { withRichSecondShop } from "#test/core/given/theirs.ts";
import { adminRequest, callRoute, loadApp } from "#test/support/app.ts";
import { addressWith } from "./shop-isolation/addresses.ts";
import { ownParams } from "./shop-isolation/params.ts";
import { readRoutes } from "./shop-isolation/read-routes.ts";
import { wholeAnswer } from "./shop-isolation/whole-answer.ts";

/** What differs from one request to the next of the same page: instants, days' times, random draws. */
function normalised(said: string): string {
  return said
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "(instant)")
    .replaceAll(/"key":"[0-9a-f-]{36}"|"draftKey":"[0-9a-f-]{36}"/g, '"key":"(drawn)"')
    .replaceAll(/\?draft=[0-9a-f-]{36}/g, "?draft=(drawn)");
}

test("no page of a shop says another word or number because another shop has data", async () => {
  const world = await shopAtWork();
  const { other, theirs } = await withRichSecondShop(world);
  await loadApp(world);
  const routes = await readRoutes();
  const mine = { ...theirs, ...(await ownParams(world)) };

  const answers = async () => {
    const said: Record<string, string> = {};
    for (const [name, { loader }] of routes) {
      if (!loader) continue;
      const asked = [
        ["/app", theirs],
        [addressWith(theirs), theirs],
        ["/app", mine],
        [addressWith(mine), mine],
      ] as const;
      for (const [index, [address, ids]] of asked.entries()) {
        world.clock.passTo(new Date());
        const request = adminRequest(world, world.domain, address);
        const answer = await callRoute(loader, request, { ...ids, part: "1" });
        said[`${name} ${index}`] = normalised(await wholeAnswer(answer));
      }
    }
    return said;
  };
  // The first time a shop is opened is noted, and a page may say so.
  await answers();
  const beside = await answers();
  await other.ports.store.shops.erase(other.domain, { but: theirs.deliveryId });
  expect(await other.prisma.order.count({ where: { shop: other.domain } })).toBe(0);
  expect(await answers()).toEqual(beside);
});
