/** Every Admin GraphQL document of the app. A test validates each against 2026-07 and 2026-10. */

export const SHOP_DETAILS = `#graphql
  query ShopDetails {
    shop {
      name
      currencyCode
      ianaTimezone
    }
  }`;

export const DISCOUNT_BY_CODE = `#graphql
  query DiscountByCode($code: String!) {
    codeDiscountNodeByCode(code: $code) {
      id
      codeDiscount {
        ... on DiscountCodeBasic { title tags }
        ... on DiscountCodeBxgy { title tags }
        ... on DiscountCodeFreeShipping { title tags }
        ... on DiscountCodeApp { title tags }
      }
    }
  }`;

export const CREATE_DISCOUNT = `#graphql
  mutation CreateDiscount($discount: DiscountCodeBasicInput!) {
    discountCodeBasicCreate(basicCodeDiscount: $discount) {
      codeDiscountNode { id }
      userErrors { field message code }
    }
  }`;

export const ADD_CODES = `#graphql
  mutation AddCodes($discountId: ID!, $codes: [DiscountRedeemCodeInput!]!) {
    discountRedeemCodeBulkAdd(discountId: $discountId, codes: $codes) {
      bulkCreation { id }
      userErrors { field message code }
    }
  }`;

export const READ_CREATION = `#graphql
  query ReadCreation($id: ID!, $after: String) {
    discountRedeemCodeBulkCreation(id: $id) {
      done
      codes(first: 250, after: $after) {
        nodes {
          code
          discountRedeemCode { id }
          errors { code message }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }`;

export const ORDER_DETAILS = `#graphql
  query OrderDetails($id: ID!, $after: String) {
    order(id: $id) {
      customerJourneySummary { ready customerOrderIndex }
      lineItems(first: 100, after: $after) {
        nodes {
          id
          product { productType }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }`;
