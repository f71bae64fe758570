import { LOCATED_NAMES } from "../located-names.ts";

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

const COMMON_TERMS = `
          title tags startsAt endsAt usageLimit appliesOncePerCustomer
          combinesWith { orderDiscounts productDiscounts shippingDiscounts }`;

const LIMITS = `
          recurringCycleLimit
          context { __typename }
          minimumRequirement {
            ... on DiscountMinimumSubtotal { greaterThanOrEqualToSubtotal { amount } }
            ... on DiscountMinimumQuantity { greaterThanOrEqualToQuantity }
          }`;

/** Without the products, collections and segments themselves: those are asked for one by one. */
const TERMS = `
        __typename
        ... on DiscountCodeBasic {${COMMON_TERMS}${LIMITS}
          customerGets {
            appliesOnOneTimePurchase appliesOnSubscription
            items { __typename }
            value {
              ... on DiscountPercentage { percentage }
              ... on DiscountAmount { appliesOnEachItem amount { amount } }
            }
          }
        }
        ... on DiscountCodeFreeShipping {${COMMON_TERMS}${LIMITS}
          appliesOnOneTimePurchase appliesOnSubscription
          maximumShippingPrice { amount }
          destinationSelection { __typename }
        }
        ... on DiscountCodeBxgy {${COMMON_TERMS}
        }
        ... on DiscountCodeApp {${COMMON_TERMS}
        }`;

export const DISCOUNT_TERMS = `#graphql
  query DiscountTerms($code: String!) {
    shop { currencyCode }
    codeDiscountNodeByCode(code: $code) {
      id
      codeDiscount {
${TERMS}
      }
    }
  }`;

export const DISCOUNTS_BY_ID = `#graphql
  query DiscountsById($ids: [ID!]!) {
    shop { currencyCode }
    nodes(ids: $ids) {
      ... on DiscountCodeNode {
        id
        codeDiscount {${TERMS}
        ... on DiscountCodeBasic { status codesCount { count precision } }
        ... on DiscountCodeBxgy { status codesCount { count precision } }
        ... on DiscountCodeFreeShipping { status codesCount { count precision } }
        ... on DiscountCodeApp { status codesCount { count precision } }
        }
      }
    }
  }`;

const LISTED = "title status codesCount { count precision } codes(first: 1) { nodes { code } }";

/** `query` is "" for all; with its first code, a discount of a single code is read with it. */
export const CODE_DISCOUNTS = `#graphql
  query CodeDiscounts($query: String, $after: String) {
    codeDiscountNodes(first: 25, sortKey: CREATED_AT, reverse: true, query: $query, after: $after) {
      nodes {
        id
        codeDiscount {
          ... on DiscountCodeBasic { summary ${LISTED} }
          ... on DiscountCodeBxgy { summary ${LISTED} }
          ... on DiscountCodeFreeShipping { summary ${LISTED} }
          ... on DiscountCodeApp { ${LISTED} }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }`;

/** More than a hundred products or collections no discount has. */
export const DISCOUNT_ITEMS = `#graphql
  query DiscountItems($id: ID!) {
    codeDiscountNode(id: $id) {
      codeDiscount {
        ... on DiscountCodeBasic {
          customerGets {
            items {
              ... on DiscountProducts {
                products(first: 100) {
                  nodes { id title }
                  pageInfo { hasNextPage }
                }
                productVariants(first: 1) {
                  nodes { id }
                }
              }
              ... on DiscountCollections {
                collections(first: 100) {
                  nodes { id title }
                  pageInfo { hasNextPage }
                }
              }
            }
          }
        }
      }
    }
  }`;

/** Needs the optional scope read_customers, as does the next. */
export const DISCOUNT_SEGMENTS = `#graphql
  query DiscountSegments($id: ID!) {
    codeDiscountNode(id: $id) {
      codeDiscount {
        ... on DiscountCodeBasic {
          context { ... on DiscountCustomerSegments { segments { id name } } }
        }
        ... on DiscountCodeFreeShipping {
          context { ... on DiscountCustomerSegments { segments { id name } } }
        }
      }
    }
  }`;

export const SEGMENTS = `#graphql
  query Segments($query: String, $after: String) {
    segments(first: 50, query: $query, after: $after) {
      nodes { id name }
      pageInfo { hasNextPage endCursor }
    }
  }`;

const located = (name: string) => `
    ${name}: codeDiscountNodeByCode(code: $${name}) {
      id
      codeDiscount {
        ... on DiscountCodeBasic { title }
        ... on DiscountCodeBxgy { title }
        ... on DiscountCodeFreeShipping { title }
        ... on DiscountCodeApp { title }
      }
    }`;

export const LOCATE_CODES = `#graphql
  query LocateCodes(${LOCATED_NAMES.map((name) => `$${name}: String!`).join(", ")}) {
${LOCATED_NAMES.map(located).join("")}
  }`;
