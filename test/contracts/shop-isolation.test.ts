import { readdir } from "node:fs/promises";
import { expect, test } from "vitest";
import type { JobName } from "#app/core/ports/queue.ts";
import { jobs } from "#app/jobs/jobs.ts";
import { everythingOf } from "#test/core/given/everything-of.ts";
import { shopAtWork } from "#test/core/given/shop-at-work.ts";
import { SECRETS, withRichSecondShop } from "#test/core/given/theirs.ts";
import { adminRequest, callRoute, loadApp } from "#test/support/app.ts";
import type { World } from "#test/support/world.ts";
import { FOR_ALL_SHOPS, JOB_CASES } from "./shop-isolation/job-cases.ts";
import { addressWith } from "./shop-isolation/addresses.ts";
import { readRoutes, type RouteFunction } from "./shop-isolation/read-routes.ts";
import {
  NOT_OF_A_SHOP,
  ROUTE_CASES,
  TELL_NOTHING,
  type Form,
} from "./shop-isolation/route-cases.ts";
import { wholeAnswer } from "./shop-isolation/whole-answer.ts";

/** A shop at work, beside another whose ids it has got hold of. */
async function twoShops() {
  const world = await shopAtWork();
  const { other, theirs } = await withRichSecondShop(world);
  const secrets = [
    ...SECRETS,
    ...["GUARDED-CODE", "GUARDEDF"],
    other.shop.name,
    other.domain,
    ...Object.values<string>({ ...theirs }),
  ];
  return { world, other, theirs, secrets: secrets.filter((text) => !SHARED.includes(text)) };
}

/** Both shops have the same partners, and a word is no secret. */
const SHARED = ["10001", "second"];

function formWith(form: Form): URLSearchParams {
  return new URLSearchParams(
    Object.entries(form).flatMap(([name, value]) =>
      [value].flat().map((each): [string, string] => [name, each]),
    ),
  );
}

function requestsNaming({ impact }: World, text: string): number {
  const said = (request: (typeof impact.requests)[number]) =>
    JSON.stringify({ ...request, form: [...request.form], query: [...request.query] });
  return impact.requests.filter((request) => said(request).includes(text)).length;
}

test("every route and every job has its case", async () => {
  const files = await readdir(new URL("../../app/routes", import.meta.url));
  const routes = files.filter((file) => /\.tsx?$/.test(file));
  expect(Object.keys(ROUTE_CASES).concat(NOT_OF_A_SHOP).sort()).toEqual(routes.sort());
  expect(Object.keys(JOB_CASES).sort()).toEqual(Object.keys(jobs).sort());
});

test("no route shows or changes anything of another shop's, with the other's ids in hand", async () => {
  const { world, other, theirs, secrets } = await twoShops();
  // Only what impact.com knows of is handed out.
  const registered = { impactState: "registered", registeredAt: world.clock.now() };
  await world.prisma.code.updateMany({ where: { id: theirs.codeId }, data: registered });
  await loadApp(world);
  const routes = await readRoutes();
  const params: Record<string, string> = { ...theirs, part: "1" };
  const formsOf = (name: string) => ROUTE_CASES[name]?.(theirs) ?? [];
  const withoutForms = routes.filter(([name, { action }]) => action && formsOf(name).length === 0);
  expect(withoutForms.map(([name]) => name)).toEqual([]);
  const before = await everythingOf(world, other.domain);
  const sent = requestsNaming(world, theirs.orderId);
  expect(sent).toBeGreaterThan(0);
  for (const [name] of routes) {
    for (const [, param = ""] of name.matchAll(/\$([a-zA-Z]+)/g)) {
      expect({ name, param, isGiven: param in params }).toEqual({ name, param, isGiven: true });
    }
  }

  const ask = async (shop: string, run: RouteFunction, address: string, form?: Form) => {
    // A session token is signed by the wall clock, which a slow run lets get ahead.
    world.clock.passTo(new Date());
    const request = adminRequest(world, shop, address, form && formWith(form));
    return wholeAnswer(await callRoute(run, request, params));
  };
  const check = async (name: string, said: string, given: string) => {
    const seen = secrets.filter((text) => said.includes(text) && !given.includes(text));
    expect({ name, seen }).toEqual({ name, seen: [] });
    expect(await everythingOf(world, other.domain), name).toBe(before);
  };

  for (const [name, { loader }] of routes) {
    if (!loader) continue;
    const address = addressWith(theirs);
    await check(name, await ask(world.domain, loader, "/app"), "");
    // A page may say back the ids in its address.
    await check(name, await ask(world.domain, loader, address), decodeURIComponent(address));
  }
  for (const [name, { action }] of routes) {
    for (const form of action ? formsOf(name) : []) {
      const said = action ? await ask(world.domain, action, "/app", form) : "";
      await check(`${name} ${JSON.stringify(form)}`, said, JSON.stringify(form));
    }
  }
  await world.drain();
  expect(await everythingOf(world, other.domain)).toBe(before);
  expect(requestsNaming(world, theirs.orderId)).toBe(sent);

  // The other shop's own pages do say it, at the same addresses, so its absence above means something.
  // It signs in for the first time, and Shopify's stand-in takes no session token of what is to come.
  world.clock.passTo(new Date());
  const silent: string[] = [];
  for (const [name, { loader }] of routes) {
    if (!loader) continue;
    const plain = await ask(other.domain, loader, "/app");
    const named = await ask(other.domain, loader, addressWith(theirs));
    const given = decodeURIComponent(addressWith(theirs));
    const tells = secrets.some(
      (text) => plain.includes(text) || (named.includes(text) && !given.includes(text)),
    );
    if (!tells) silent.push(name);
  }
  expect(silent.sort()).toEqual(Object.keys(TELL_NOTHING).sort());
});

test("no job of a shop changes or sends anything of another's, with the other's ids in hand", async () => {
  const { world, other, theirs } = await twoShops();
  const mine = world.domain;
  const sent = () => requestsNaming(world, theirs.orderId) + requestsNaming(world, theirs.code);
  const sentBefore = sent();
  const last: JobName[] = ["uninstall-shop", "erase-shop"];
  const names = (Object.keys(jobs) as JobName[]).filter((name) => !last.includes(name));
  for (const name of [...names, ...last]) {
    if (name === "uninstall-shop") world.uninstall();
    const isForAll = FOR_ALL_SHOPS.includes(name);
    // Its runs, and what a run begins with.
    const except = isForAll ? ["Reconciliation", "PartnerSync"] : [];
    const before = await everythingOf(world, other.domain, except);
    const payload = JOB_CASES[name](mine, theirs);
    await jobs[name].run(world.ports, payload);
    const { list } = jobs[name];
    await list?.run(world.ports, { shop: mine, ids: [0, 1].flatMap(() => list.read(payload).ids) });
    await dropJobsOf(world, isForAll ? other.domain : null);
    expect(await everythingOf(world, other.domain, except), name).toBe(before);
  }
  expect(sent()).toBe(sentBefore);
  expect(await world.prisma.order.count({ where: { shop: mine } })).toBe(0);
});

/** A run that was started for a shop has its own job. */
async function dropJobsOf({ prisma }: World, shop: string | null): Promise<void> {
  if (shop !== null) await prisma.$executeRaw`DELETE FROM pgboss.job WHERE data->>'shop' = ${shop}`;
}
