import type { TestAdmin } from "#test/sandbox/shopify/admin/test-admin.ts";
import type { UserError } from "#test/sandbox/shopify/admin/user-error.ts";

export const validDiscount = {
  title: "Creators 10%",
  code: "ANNA10",
  startsAt: "2026-11-01T00:00:00Z",
  context: { all: "ALL" },
  customerGets: { value: { percentage: 0.1 }, items: { all: true } },
};

interface CreatePayload {
  discountCodeBasicCreate: { codeDiscountNode: { id: string } | null; userErrors: UserError[] };
}

/** Sends discountCodeBasicCreate with a valid input, changed as a test likes. */
export async function createDiscount(admin: TestAdmin, changes: object = {}) {
  const { data } = await admin.graphql<CreatePayload>(
    `mutation Create($input: DiscountCodeBasicInput!) {
      discountCodeBasicCreate(basicCodeDiscount: $input) {
        codeDiscountNode { id }
        userErrors { field message code extraInfo }
      }
    }`,
    { input: { ...validDiscount, ...changes } },
  );
  const { codeDiscountNode, userErrors } = data.discountCodeBasicCreate;
  return { id: codeDiscountNode?.id ?? "", userErrors };
}

interface AddPayload {
  discountRedeemCodeBulkAdd: {
    bulkCreation: { id: string; done: boolean; importedCount: number } | null;
    userErrors: UserError[];
  };
}

export async function addCodes(admin: TestAdmin, discountId: string, codes: string[]) {
  const { data, errors } = await admin.graphql<AddPayload | undefined>(
    `mutation Add($discountId: ID!, $codes: [DiscountRedeemCodeInput!]!) {
      discountRedeemCodeBulkAdd(discountId: $discountId, codes: $codes) {
        bulkCreation { id done importedCount }
        userErrors { field message code }
      }
    }`,
    { discountId, codes: codes.map((code) => ({ code })) },
  );
  return { ...data?.discountRedeemCodeBulkAdd, errors };
}

interface CreationPayload {
  discountRedeemCodeBulkCreation: {
    done: boolean;
    codesCount: number;
    importedCount: number;
    failedCount: number;
    codes: {
      nodes: { code: string; errors: UserError[]; discountRedeemCode: { id: string } | null }[];
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  };
}

export async function readCreation(admin: TestAdmin, id: string, first = 250, after = "") {
  const { data } = await admin.graphql<CreationPayload>(
    `query Creation($id: ID!, $first: Int!, $after: String) {
      discountRedeemCodeBulkCreation(id: $id) {
        done codesCount importedCount failedCount
        codes(first: $first, after: $after) {
          nodes { code errors { code message field } discountRedeemCode { id } }
          pageInfo { hasNextPage endCursor }
        }
      }
    }`,
    { id, first, after: after || null },
  );
  return data.discountRedeemCodeBulkCreation;
}

const DETAIL = `query Detail($id: ID!) { codeDiscountNode(id: $id) { id codeDiscount { __typename
  ... on DiscountCodeBasic {
    title status summary startsAt endsAt usageLimit appliesOncePerCustomer asyncUsageCount tags
    codes(first: 5) { nodes { code asyncUsageCount } }
    codesCount { count precision }
    combinesWith { orderDiscounts productDiscounts shippingDiscounts }
    minimumRequirement { ... on DiscountMinimumSubtotal {
      greaterThanOrEqualToSubtotal { amount currencyCode } } }
    customerGets { value {
      ... on DiscountPercentage { percentage }
      ... on DiscountAmount { appliesOnEachItem amount { amount currencyCode } } } }
  } } } }`;

interface Detail {
  codeDiscountNode: { codeDiscount: Record<string, unknown> } | null;
}

/** Everything the tests read of a discount; undefined when there is none. */
export async function readDiscount(admin: TestAdmin, id: string) {
  const { data } = await admin.graphql<Detail>(DETAIL, { id });
  return data.codeDiscountNode?.codeDiscount;
}
