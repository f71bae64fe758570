import { expect, test } from "vitest";
import { loadApp } from "#test/support/app.ts";
import { createWorld } from "#test/support/world.ts";
import { setUpProgram } from "#test/support/merchant.ts";

const TOLD = {
  shop: "tea-house.myshopify.com",
  checkoutToken: "0123456789abcdef0123456789abcdef",
  orderId: "5001",
  clickId: "Click-1",
  seen: 1_764_000_000,
};

test("the pixel's endpoint takes a click, refuses what is none, and no more than a few a minute", async () => {
  const world = await createWorld();
  await setUpProgram(world);
  const { prisma } = await loadApp(world);
  const { action, loader } = await import("#app/routes/clicks.tsx");
  let sender = 0;
  const post = async (body: unknown, address = `198.51.100.${(sender += 1)}`) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const request = new Request("https://app.example.com/clicks", {
      method: "POST",
      headers: { "x-forwarded-for": `203.0.113.9, ${address}` },
      body: text,
    });
    return action({ request, params: {}, context: {} });
  };

  const taken = await post(TOLD);
  expect([taken.status, taken.headers.get("access-control-allow-origin")]).toEqual([204, "*"]);
  expect((await post(TOLD)).status).toBe(204);
  expect(await prisma.click.findMany({ select: { shop: true, clickId: true } })).toEqual([
    { shop: TOLD.shop, clickId: "Click-1" },
  ]);

  const garbage = [
    "",
    "{",
    "[]",
    { ...TOLD, clickId: "" },
    { ...TOLD, clickId: "x".repeat(65) },
    { ...TOLD, clickId: "\u0000" },
    { ...TOLD, clickId: ["a", "b"] },
    { ...TOLD, checkoutToken: "short" },
    { ...TOLD, orderId: "1; DROP TABLE" },
    { ...TOLD, seen: -1 },
    { ...TOLD, shop: "tea-house.example" },
  ];
  for (const body of garbage) expect([body, (await post(body)).status]).toEqual([body, 400]);
  expect((await post({ ...TOLD, more: "x".repeat(2_000) })).status).toBe(413);
  expect((await post({ ...TOLD, shop: "nobody.myshopify.com" })).status).toBe(404);
  expect(await prisma.click.count()).toBe(1);

  const many: number[] = [];
  // Twice as many as a minute takes, so that a minute may end meanwhile.
  for (let index = 0; index < 241; index += 1) {
    const checkoutToken = `checkout-${index}`;
    many.push((await post({ ...TOLD, checkoutToken }, "198.51.100.250")).status);
  }
  expect(many.slice(0, 2)).toEqual([204, 204]);
  expect(many).toContain(429);
  expect(loader().status).toBe(405);
});
