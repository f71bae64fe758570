import { expect, test } from "vitest";
import { serveOperator } from "#test/support/operator.ts";
import { createWorld } from "#test/support/world.ts";

test("without METRICS_TOKEN there is no page of metrics, whatever is sent", async () => {
  const { get } = await serveOperator(await createWorld(), { metricsToken: "" });
  expect((await get("/metrics")).status).toBe(404);
  expect((await get("/metrics", { authorization: "Bearer " })).status).toBe(404);
  expect((await get("/readyz")).status).toBe(200);
});
