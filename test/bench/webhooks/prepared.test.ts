import { createHmac, randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { prepare, renumbered } from "./prepared.ts";

const sign = (body: string) => createHmac("sha256", "secret").update(body).digest("base64");

test("a delivery is signed as it is, and again as of another order", async () => {
  const file = path.join(os.tmpdir(), `${randomUUID()}.ndjson`);
  const body = (id: string) => `{"id":${id},"gid":"gid://shopify/Order/${id}","name":"Zoë"}`;
  const [id, other] = ["9007199254741993", "9500000000000001"];
  await writeFile(file, `${JSON.stringify({ shop: "a.example", orderId: id, body: body(id) })}\n`);
  const [delivery] = prepare(file, "secret");
  if (!delivery) throw new Error("nothing prepared");
  expect([`${delivery.body}`, delivery.hmac]).toEqual([body(id), sign(body(id))]);
  const again = renumbered(delivery, other, "secret");
  expect([`${again.body}`, again.hmac]).toEqual([body(other), sign(body(other))]);
  expect(`${delivery.body}`).toBe(body(id));
  expect(() => renumbered(delivery, "1", "secret")).toThrow("ids of different lengths");
});
