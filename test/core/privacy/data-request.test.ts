import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { OrderId } from "#app/core/ids.ts";
import { exportHeldOrders } from "#app/core/privacy/export-held-orders.ts";
import { heldOrdersCsv } from "#app/core/privacy/held-order.ts";
import { listCompliance } from "#app/core/privacy/list-compliance.ts";
import { redactOrders } from "#app/core/privacy/redact-orders.ts";
import { disconnectImpact } from "#app/core/program/connect-impact.ts";
import { withSecondShop } from "#test/core/given/second-shop.ts";
import { worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { buyAndDeliver, deliver, webhookFor } from "#test/support/shopper.ts";
import { createWorld, type World } from "#test/support/world.ts";

const CUSTOMER = { id: 1, email: "kim@example.com", phone: "+1 555 0100" };

async function request(
  world: World,
  topic: string,
  ids: string,
  webhookId?: ReturnType<typeof randomUUID>,
) {
  const field = topic === "customers/redact" ? "orders_to_redact" : "orders_requested";
  const body = `{"customer":${JSON.stringify(CUSTOMER)},"${field}":[${ids}]}`;
  await deliver(world, webhookFor(world, body, { topic, ...(webhookId && { webhookId }) }));
  await world.drain();
}

function records({ ports, domain }: World) {
  return listCompliance(ports, domain);
}

async function exported(world: World) {
  const { ports, domain: shop } = world;
  const [record] = await records(world);
  if (!record) throw new Error("no record");
  return exportHeldOrders(ports, { shop, recordId: record.id, timeZone: "America/New_York" });
}

test("a data request is answered with what is held of the orders it names", async () => {
  const world = await worldWithCodes();
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  await buyAndDeliver(world);
  const receivedAt = world.clock.now();
  await request(world, "customers/data_request", `${orderId},9007199254740993`);

  expect(await records(world)).toMatchObject([
    {
      topic: "customers/data_request",
      receivedAt,
      doneAt: world.clock.now(),
      outcome: "1 of 2 named orders can be downloaded. Hand the file to the customer.",
      orderIds: [orderId, "9007199254740993"],
    },
  ]);
  const held = await exported(world);
  expect(held).toHaveLength(1);
  expect(held?.[0]).toMatchObject({
    orderId,
    placedAt: expect.stringMatching(/-05:00$/) as string,
    typedCodes: ["ANNA10"],
    items: [
      { title: "Mug", quantity: 1, beforeDiscounts: "20.00", discounts: "2.00" },
      { title: "Kettle", quantity: 1, beforeDiscounts: "49.00", discounts: "4.90" },
    ],
    emailFingerprintHeld: false,
    earnedBy: "Anna Able",
    reported: [{ amount: "62.10", customer: expect.stringMatching(/NEW|EXISTING/) as string }],
  });
  expect(heldOrdersCsv(held ?? []).split("\r\n")).toHaveLength(4);
  expect(JSON.stringify(held)).not.toMatch(/kim@example|555 0100|[0-9a-f]{40}/);
});

test("an export says that a customer's fingerprint is held, until it is redacted", async () => {
  const world = await worldWithCodes();
  await disconnectImpact(world.ports, world.domain);
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  await request(world, "customers/data_request", orderId);
  expect(await exported(world)).toMatchObject([{ emailFingerprintHeld: true }]);
  const { domain: shop, ports } = world;
  await redactOrders(ports, { shop, deliveryId: randomUUID(), orderIds: [orderId] });
  expect(await exported(world)).toMatchObject([{ emailFingerprintHeld: false }]);
});

test("a request that names no order, or none of ours, says so and has nothing to download", async () => {
  const world = await createWorld();
  await request(world, "customers/data_request", "");
  world.clock.pass(1_000);
  await request(world, "customers/data_request", "9007199254740993");
  expect((await records(world)).map(({ outcome }) => outcome)).toEqual([
    "None of the orders it names is held here.",
    "It names no order, so nothing is held of this customer.",
  ]);
  expect(await exported(world)).toEqual([]);
});

test("each request is recorded once, however often it is delivered or its job runs", async () => {
  const world = await createWorld();
  const same = randomUUID();
  await request(world, "customers/redact", "1,2", same);
  await request(world, "customers/redact", "1,2", same);
  const delivery = await world.prisma.delivery.findFirstOrThrow();
  await redactOrders(world.ports, {
    shop: world.domain,
    deliveryId: delivery.id,
    orderIds: ["1", "2"] as OrderId[],
  });
  expect(await records(world)).toMatchObject([
    {
      topic: "customers/redact",
      outcome: "Nothing of the customer is held any more with the 2 orders it names.",
    },
  ]);
});

test("no shop can download what another was asked for", async () => {
  const world = await worldWithCodes();
  const other = await withSecondShop(world);
  const theirs = await buyAndDeliver(other, { codes: ["COFFEE"] });
  await request(other, "customers/data_request", theirs);
  const [record] = await records(other);
  const recordId = record?.id ?? "";
  const timeZone = "UTC";
  expect(
    await exportHeldOrders(other.ports, { shop: other.domain, recordId, timeZone }),
  ).toHaveLength(1);
  expect(
    await exportHeldOrders(world.ports, { shop: world.domain, recordId, timeZone }),
  ).toBeNull();
  // Nor does naming another shop's order in a request of its own give anything.
  await request(world, "customers/data_request", theirs);
  expect(await exported(world)).toEqual([]);
});

test.each(["", "x", "00000000-0000-4000-8000-000000000000"])(
  "there is no export of the request %j",
  async (recordId) => {
    const { ports, domain: shop } = await createWorld();
    expect(await exportHeldOrders(ports, { shop, recordId, timeZone: "UTC" })).toBeNull();
  },
);

test("an order without items has its row in the CSV file too", async () => {
  const world = await worldWithCodes();
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  await request(world, "customers/data_request", orderId);
  const [held] = (await exported(world)) ?? [];
  if (!held) throw new Error("nothing is held");
  const [titles = "", row = ""] = heldOrdersCsv([{ ...held, items: [] }]).split("\r\n");
  expect(row).toContain(orderId);
  expect(row.split(",")).toHaveLength(titles.split(",").length);
});
