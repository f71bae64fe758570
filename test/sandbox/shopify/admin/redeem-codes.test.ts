import { expect, test } from "vitest";
import { deleteRedeemCodes } from "#test/sandbox/shopify/admin/redeem-codes.ts";
import { testAdmin } from "#test/sandbox/shopify/admin/test-admin.ts";
import type { TestAdmin } from "#test/sandbox/shopify/admin/test-admin.ts";
import {
  addCodes,
  createDiscount,
  readCreation,
} from "#test/sandbox/shopify/admin/test-discount.ts";

async function create(admin: TestAdmin, codes: string[]) {
  const { id } = await createDiscount(admin);
  const { bulkCreation } = await addCodes(admin, id, codes);
  return { discountId: id, creationId: bulkCreation?.id ?? "" };
}

test("codes are made by a job that is not done when it is asked for", async () => {
  const admin = await testAdmin({ jobDurationMs: 5_000 });
  const { id } = await createDiscount(admin);
  const { bulkCreation } = await addCodes(admin, id, ["BEN10", "CARA10"]);
  expect(bulkCreation).toMatchObject({ done: false, importedCount: 0 });
  admin.pass(4_999);
  expect(await readCreation(admin, bulkCreation?.id ?? "")).toMatchObject({
    done: false,
    codesCount: 2,
    importedCount: 0,
    failedCount: 0,
  });
  admin.pass(1);
  expect(await readCreation(admin, bulkCreation?.id ?? "")).toMatchObject({
    done: true,
    codesCount: 2,
    importedCount: 2,
    failedCount: 0,
  });
});

test("each code that cannot be made says why", async () => {
  const admin = await testAdmin();
  const long = "L".repeat(256);
  const { creationId } = await create(admin, ["", " ", "A\rB", "A,B", long, "anna10", "GOOD"]);
  const { codes, importedCount, failedCount } = await readCreation(admin, creationId);
  expect(codes.nodes.map(({ code, errors }) => [code, errors[0]?.code ?? null])).toEqual([
    ["", "TOO_SHORT"],
    [" ", "BLANK"],
    ["A\rB", "INVALID"],
    ["A,B", "INVALID"],
    [long, "TOO_LONG"],
    ["anna10", "TAKEN"],
    ["GOOD", null],
  ]);
  expect([importedCount, failedCount]).toEqual([1, 6]);
});

test("a code twice in one batch is made once, whatever its case", async () => {
  const admin = await testAdmin();
  const { creationId } = await create(admin, ["BEN10", "ben10"]);
  const { codes } = await readCreation(admin, creationId);
  expect(codes.nodes.map(({ errors }) => errors.map(({ code }) => code))).toEqual([[], ["TAKEN"]]);
  expect(codes.nodes[0]?.discountRedeemCode?.id).toMatch(/^gid:\/\/shopify\/DiscountRedeemCode\//);
  expect(codes.nodes[1]?.discountRedeemCode).toBeNull();
});

test("the errors of codes can come without a code, as recorded from Shopify", async () => {
  const admin = await testAdmin({ redeemCodeErrorsCarryCode: false });
  const { creationId } = await create(admin, ["anna10"]);
  const { codes } = await readCreation(admin, creationId);
  expect(codes.nodes[0]?.errors).toEqual([
    { code: null, message: "must be unique. Please try a different code.", field: ["code"] },
  ]);
});

test("a code is taken for every discount of the store", async () => {
  const admin = await testAdmin();
  await create(admin, ["BEN10"]);
  const other = await createDiscount(admin, { code: "OTHER" });
  const { bulkCreation } = await addCodes(admin, other.id, ["Ben10"]);
  const { failedCount } = await readCreation(admin, bulkCreation?.id ?? "");
  expect(failedCount).toBe(1);
});

test("the codes of a creation are read page by page", async () => {
  const admin = await testAdmin();
  const { creationId } = await create(admin, ["B", "C", "D"]);
  const first = await readCreation(admin, creationId, 2);
  const cursor = first.codes.pageInfo.endCursor ?? "";
  const second = await readCreation(admin, creationId, 2, cursor);
  expect(first.codes.nodes.map(({ code }) => code)).toEqual(["B", "C"]);
  expect(second.codes.nodes.map(({ code }) => code)).toEqual(["D"]);
  expect(second.codes.pageInfo.hasNextPage).toBe(false);
});

test("no codes, or an unknown discount, start no job", async () => {
  const admin = await testAdmin();
  const { id } = await createDiscount(admin);
  expect(await addCodes(admin, id, [])).toMatchObject({
    bulkCreation: null,
    userErrors: [{ field: ["codes"], message: "Codes can't be blank", code: "BLANK" }],
  });
  expect(await addCodes(admin, "gid://shopify/DiscountCodeNode/1", ["A"])).toMatchObject({
    bulkCreation: null,
    userErrors: [{ field: ["discountId"], code: "INVALID" }],
  });
});

test("codes are deleted by a job", async () => {
  const admin = await testAdmin({ jobDurationMs: 1_000 });
  const { discountId } = await create(admin, ["BEN10"]);
  admin.pass(1_000);
  await admin.graphql("{ shop { name } }");
  const doomed = admin.shop.codes.get("BEN10")?.id;
  interface Deletion {
    discountCodeRedeemCodeBulkDelete: { job: { id: string; done: boolean } };
  }
  const { data } = await admin.graphql<Deletion>(
    `mutation Delete($discountId: ID!, $ids: [ID!]) {
      discountCodeRedeemCodeBulkDelete(discountId: $discountId, ids: $ids) { job { id done } }
    }`,
    { discountId, ids: [doomed] },
  );
  const { job } = data.discountCodeRedeemCodeBulkDelete;
  expect(job.done).toBe(false);
  admin.pass(1_000);
  const after = await admin.graphql("query Job($id: ID!) { job(id: $id) { done } }", {
    id: job.id,
  });
  expect(after.data).toEqual({ job: { done: true } });
  expect([...admin.shop.codes.keys()]).toEqual(["ANNA10"]);
});

test("a deletion that names no codes is refused", async () => {
  const admin = await testAdmin();
  const { id } = await createDiscount(admin);
  const { data } = await admin.graphql(
    `mutation Delete($id: ID!) {
      discountCodeRedeemCodeBulkDelete(discountId: $id) { job { id } userErrors { code } }
    }`,
    { id },
  );
  expect(data).toEqual({
    discountCodeRedeemCodeBulkDelete: { job: null, userErrors: [{ code: "MISSING_ARGUMENT" }] },
  });
});

test("the codes of a discount are counted, searched and sorted", async () => {
  const admin = await testAdmin();
  const { discountId } = await create(admin, ["ZOE10", "BEN10"]);
  await admin.graphql("{ shop { name } }"); // The job runs at the next request.
  for (const code of admin.shop.codes.values()) code.timesUsed = code.code === "ZOE10" ? 3 : 0;
  const { data } = await admin.graphql(
    `query Codes($id: ID!) {
      discountCodesCount(limit: 2) { count precision }
      codeDiscountNode(id: $id) { codeDiscount { ... on DiscountCodeBasic {
        asyncUsageCount
        sorted: codes(first: 9, sortKey: CODE, reverse: true) { nodes { code } }
        used: codes(first: 9, query: "times_used:>0") { nodes { code asyncUsageCount } }
      } } }
    }`,
    { id: discountId },
  );
  expect(data).toEqual({
    discountCodesCount: { count: 2, precision: "AT_LEAST" },
    codeDiscountNode: {
      codeDiscount: {
        asyncUsageCount: 3,
        sorted: { nodes: [{ code: "ZOE10" }, { code: "BEN10" }, { code: "ANNA10" }] },
        used: { nodes: [{ code: "ZOE10", asyncUsageCount: 3 }] },
      },
    },
  });
});

test("the default search finds codes by words, any of which will do, and nothing that isn't indexed", async () => {
  const admin = await testAdmin();
  const { discountId } = await create(admin, ["BEN10", "ZOE10"]);
  const search = async (query: string) => {
    const { data } = await admin.graphql<{
      codeDiscountNode: { codeDiscount: { codes: { nodes: { code: string }[] } } };
    }>(
      `query Codes($id: ID!, $query: String) { codeDiscountNode(id: $id) { codeDiscount {
        ... on DiscountCodeBasic { codes(first: 9, query: $query) { nodes { code } } }
      } } }`,
      { id: discountId, query },
    );
    return data.codeDiscountNode.codeDiscount.codes.nodes.map(({ code }) => code);
  };
  expect(await search('"ben10" OR "ZOE"')).toEqual(["BEN10", "ZOE10"]);
  admin.server.settings.redeemCodesAreIndexed = false;
  expect(await search('"ben10"')).toEqual([]);
  deleteRedeemCodes(admin.shop, ({ code }) => code === "BEN10");
  admin.server.settings.removedCodesAreFound = true;
  expect(await search('"ben10"')).toEqual(["BEN10"]);
});

test("by one reading a discount keeps its last code, by the other it loses it", async () => {
  for (const lastRedeemCodeStays of [true, false]) {
    const admin = await testAdmin();
    admin.server.settings.lastRedeemCodeStays = lastRedeemCodeStays;
    const { discountId } = await create(admin, []);
    const ids = [...admin.shop.codes.values()].map(({ id }) => id);
    await admin.graphql(
      `mutation Delete($discountId: ID!, $ids: [ID!]) {
        discountCodeRedeemCodeBulkDelete(discountId: $discountId, ids: $ids) { job { id } }
      }`,
      { discountId, ids },
    );
    await admin.graphql("{ shop { name } }"); // The job runs at the next request.
    expect(admin.shop.codes.size).toBe(lastRedeemCodeStays ? 1 : 0);
  }
});
