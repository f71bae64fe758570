import { expect, test } from "vitest";
import type { ShopDomain } from "#app/core/ids.ts";
import type { IncomingDelivery } from "#app/core/orders/delivery.ts";
import { gatherDeliveries } from "#app/core/orders/gather-deliveries.ts";

function deliveryOf(webhookId: string): IncomingDelivery {
  const shop = "tea-house.myshopify.com" as ShopDomain;
  const content = { kind: "notice" } as const;
  return { shop, webhookId, eventId: null, topic: "app/uninstalled", triggeredAt: null, content };
}

/** A receiver whose commits end when the test says so. */
function slowReceiver() {
  const commits: { ids: string[]; end: () => void; fail: (error: Error) => void }[] = [];
  const receive = (deliveries: readonly IncomingDelivery[]) =>
    new Promise<void>((end, fail) => {
      commits.push({ ids: deliveries.map(({ webhookId }) => webhookId), end, fail });
    });
  return { commits, receive };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
/** A commit ends in one turn, and the next one starts in another. */
const settled = async () => {
  for (let turns = 0; turns < 3; turns += 1) await turn();
};

test("a delivery that comes alone is committed at once, and so is a second one beside it", async () => {
  const { commits, receive } = slowReceiver();
  const take = gatherDeliveries(receive, turn);
  void take(deliveryOf("1"));
  await settled();
  void take(deliveryOf("2"));
  await settled();
  expect(commits.map(({ ids }) => ids)).toEqual([["1"], ["2"]]);
});

test("deliveries that come while two commits are under way share the next one, 200 at most", async () => {
  const { commits, receive } = slowReceiver();
  const take = gatherDeliveries(receive, turn);
  for (let number = 1; number <= 252; number += 1) {
    void take(deliveryOf(`${number}`));
    if (number <= 2) await settled();
  }
  expect(commits).toHaveLength(2);
  commits[0]?.end();
  await settled();
  expect(commits[2]?.ids).toHaveLength(200);
  commits[1]?.end();
  await settled();
  expect(commits[3]?.ids).toHaveLength(50);
});

test("nobody is answered before their own commit has ended", async () => {
  const { commits, receive } = slowReceiver();
  const take = gatherDeliveries(receive, turn);
  const answered: string[] = [];
  for (const id of ["1", "2", "3"]) {
    void take(deliveryOf(id)).then(() => answered.push(id));
    await settled();
  }
  commits[1]?.end();
  await settled();
  expect(answered).toEqual(["2"]);
  commits[2]?.end();
  await settled();
  expect(answered).toEqual(["2", "3"]);
});

test("where a shared commit fails, only the delivery that can't be stored fails", async () => {
  const stored: string[] = [];
  const receive = async (deliveries: readonly IncomingDelivery[]) => {
    await settled();
    if (deliveries.some(({ webhookId }) => webhookId === "poison")) throw new Error("not stored");
    stored.push(...deliveries.map(({ webhookId }) => webhookId));
  };
  const take = gatherDeliveries(receive, turn);
  const ids = ["1", "2", "3", "poison", "4"];
  const ends = await Promise.allSettled(ids.map((id) => take(deliveryOf(id))));
  expect(ends.map(({ status }) => status)).toEqual([
    "fulfilled",
    "fulfilled",
    "fulfilled",
    "rejected",
    "fulfilled",
  ]);
  expect(stored.sort()).toEqual(["1", "2", "3", "4"]);
});
