import { expect, test } from "vitest";
import { testAdmin } from "#test/sandbox/shopify/admin/test-admin.ts";
import type { TestAdmin } from "#test/sandbox/shopify/admin/test-admin.ts";

// 11 root mutations of 10 points each.
const DEAR = `mutation {
${Array.from({ length: 11 }, (_, index) => `m${index}: discountCodeDelete(id: "gid://shopify/DiscountCodeNode/1") { deletedCodeDiscountId }`).join("\n")}
}`;

async function drain(admin: TestAdmin) {
  for (;;) {
    const answer = await admin.graphql(DEAR);
    if (answer.errors) return answer;
  }
}

test("an empty bucket answers 200 with THROTTLED and says what is left", async () => {
  const admin = await testAdmin();
  const { errors, extensions, data } = await drain(admin);
  expect(data).toBeUndefined();
  expect(errors).toEqual([
    {
      message: "Throttled",
      extensions: {
        code: "THROTTLED",
        documentation: "https://shopify.dev/api/usage/rate-limits",
      },
    },
  ]);
  // 18 calls of 110 leave 20 of 2000.
  expect(extensions.cost).toEqual({
    requestedQueryCost: 110,
    actualQueryCost: null,
    throttleStatus: { maximumAvailable: 2_000, currentlyAvailable: 20, restoreRate: 100 },
  });
});

test("the bucket fills at the plan's rate", async () => {
  const admin = await testAdmin();
  await drain(admin);
  admin.pass(900);
  expect((await admin.graphql(DEAR)).errors).toBeUndefined();
  expect((await admin.graphql(DEAR)).errors?.[0]?.message).toBe("Throttled");
});

test("a plan sets bucket and rate", async () => {
  const plans = ["advanced", "plus", "enterprise"] as const;
  const statuses = [];
  for (const plan of plans) {
    const { graphql } = await testAdmin({ plan });
    statuses.push((await graphql("{ shop { name } }")).extensions.cost.throttleStatus);
  }
  expect(statuses).toEqual([
    { maximumAvailable: 4_000, currentlyAvailable: 3_999, restoreRate: 200 },
    { maximumAvailable: 20_000, currentlyAvailable: 19_999, restoreRate: 1_000 },
    { maximumAvailable: 40_000, currentlyAvailable: 39_999, restoreRate: 2_000 },
  ]);
});

test("waiting does not overfill the bucket", async () => {
  const admin = await testAdmin();
  await admin.graphql("{ shop { name } }");
  admin.pass(60_000);
  const { extensions } = await admin.graphql("{ shop { name } }");
  expect(extensions.cost.throttleStatus.currentlyAvailable).toBe(1_999);
});

test("throttling can be answered with 429 instead", async () => {
  const { server, post, shop } = await testAdmin({ throttleStatus: 429 });
  server.faults.throttleNext(1);
  const [token = ""] = shop.installation?.accessTokens.keys() ?? [];
  const response = await post(
    "/admin/api/2026-07/graphql.json",
    { query: "{ shop { name } }" },
    { "x-shopify-access-token": token },
  );
  expect(response.status).toBe(429);
  expect(response.headers.get("retry-after")).toBe("1");
});
