import { expect, test } from "vitest";
import { testAdmin } from "#test/sandbox/shopify/admin/test-admin.ts";
import type { TestAdmin } from "#test/sandbox/shopify/admin/test-admin.ts";
import {
  addCodes,
  createDiscount,
  readDiscount,
} from "#test/sandbox/shopify/admin/test-discount.ts";
import type { UserError } from "#test/sandbox/shopify/admin/user-error.ts";

interface UpdatePayload {
  discountCodeBasicUpdate: { userErrors: UserError[] };
}

async function update(admin: TestAdmin, id: string, input: object) {
  const { data } = await admin.graphql<UpdatePayload>(
    `mutation Update($id: ID!, $input: DiscountCodeBasicInput!) {
      discountCodeBasicUpdate(id: $id, basicCodeDiscount: $input) {
        userErrors { field message code }
      }
    }`,
    { id, input },
  );
  return data.discountCodeBasicUpdate.userErrors;
}

async function statusAfter(admin: TestAdmin, mutation: string, id: string) {
  await admin.graphql(
    `mutation Change($id: ID!) { ${mutation}(id: $id) { userErrors { message } } }`,
    { id },
  );
  return (await readDiscount(admin, id))?.["status"];
}

test("an update changes what it names and leaves the rest", async () => {
  const admin = await testAdmin();
  const { id } = await createDiscount(admin, { usageLimit: 5 });
  expect(await update(admin, id, { title: "New title", endsAt: "2026-12-31T00:00:00Z" })).toEqual(
    [],
  );
  expect(await readDiscount(admin, id)).toMatchObject({
    title: "New title",
    endsAt: "2026-12-31T00:00:00Z",
    usageLimit: 5,
    customerGets: { value: { percentage: 0.1 } },
  });
});

test("an update may rename the only code, but not one of many", async () => {
  const admin = await testAdmin();
  const { id } = await createDiscount(admin);
  expect(await update(admin, id, { code: "ANNA15" })).toEqual([]);
  expect([...admin.shop.codes.keys()]).toEqual(["ANNA15"]);
  await addCodes(admin, id, ["BEN15"]);
  expect(await update(admin, id, { code: "CARA15" })).toEqual([
    { field: ["id"], message: "Cannot update the code of a bulk discount.", code: null },
  ]);
});

test("an update of an unknown discount is refused", async () => {
  const admin = await testAdmin();
  expect(await update(admin, "gid://shopify/DiscountCodeNode/1", { title: "X" })).toEqual([
    { field: ["id"], message: "Discount does not exist", code: null },
  ]);
});

test("deactivating expires a discount and activating revives it", async () => {
  const admin = await testAdmin();
  const { id } = await createDiscount(admin);
  expect(await statusAfter(admin, "discountCodeDeactivate", id)).toBe("EXPIRED");
  expect(await statusAfter(admin, "discountCodeActivate", id)).toBe("ACTIVE");
});

test("activating a scheduled discount starts it now", async () => {
  const admin = await testAdmin();
  const { id } = await createDiscount(admin, { startsAt: "2027-01-01T00:00:00Z" });
  expect((await readDiscount(admin, id))?.["status"]).toBe("SCHEDULED");
  expect(await statusAfter(admin, "discountCodeActivate", id)).toBe("ACTIVE");
});

test("a deleted discount takes its codes with it", async () => {
  const admin = await testAdmin();
  const { id } = await createDiscount(admin);
  const { data } = await admin.graphql(
    "mutation D($id: ID!) { discountCodeDelete(id: $id) { deletedCodeDiscountId } }",
    { id },
  );
  expect(data).toEqual({ discountCodeDelete: { deletedCodeDiscountId: id } });
  expect(admin.shop.codes.size).toBe(0);
  expect(await readDiscount(admin, id)).toBeUndefined();
});

test("a code finds its discount in any case", async () => {
  const admin = await testAdmin();
  const { id } = await createDiscount(admin);
  const { data } = await admin.graphql(
    '{ found: codeDiscountNodeByCode(code: "aNNa10") { id } missing: codeDiscountNodeByCode(code: "X") { id } }',
  );
  expect(data).toEqual({ found: { id }, missing: null });
});

test("discounts are listed by status, page by page", async () => {
  const admin = await testAdmin();
  for (const code of ["A", "B", "C"]) await createDiscount(admin, { code, title: code });
  await createDiscount(admin, { code: "D", title: "D", startsAt: "2027-01-01T00:00:00Z" });
  interface Page {
    codeDiscountNodes: {
      nodes: { codeDiscount: { title: string } }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    };
  }
  const titles: string[][] = [];
  let after: string | null = null;
  for (let more = true; more;) {
    const { data }: { data: Page } = await admin.graphql<Page>(
      `query List($after: String) {
        codeDiscountNodes(first: 2, after: $after, query: "status:active") {
          nodes { codeDiscount { ... on DiscountCodeBasic { title } } }
          pageInfo { hasNextPage endCursor }
        }
      }`,
      { after },
    );
    titles.push(data.codeDiscountNodes.nodes.map(({ codeDiscount }) => codeDiscount.title));
    after = data.codeDiscountNodes.pageInfo.endCursor;
    more = data.codeDiscountNodes.pageInfo.hasNextPage;
  }
  expect(titles).toEqual([["A", "B"], ["C"]]);
});
