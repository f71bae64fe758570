import { LOCATED_NAMES } from "./located-names.ts";

/** Every Admin GraphQL document of the app. A test validates each against 2026-07 and 2026-10. */

export const SHOP_DETAILS = `#graphql
  query ShopDetails {
    shop {
      name
      currencyCode
      ianaTimezone
      primaryDomain { host }
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
        ... on DiscountCodeBasic { status codesCount { count } }
        ... on DiscountCodeBxgy { status codesCount { count } }
        ... on DiscountCodeFreeShipping { status codesCount { count } }
        ... on DiscountCodeApp { status codesCount { count } }
        }
      }
    }
  }`;

const LISTED = "title status codesCount { count } codes(first: 1) { nodes { code } }";

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

export const ACTIVATE_DISCOUNT = `#graphql
  mutation ActivateDiscount($id: ID!) {
    discountCodeActivate(id: $id) {
      codeDiscountNode { id }
      userErrors { field message code }
    }
  }`;

export const CREATE_DISCOUNT = `#graphql
  mutation CreateDiscount($discount: DiscountCodeBasicInput!) {
    discountCodeBasicCreate(basicCodeDiscount: $discount) {
      codeDiscountNode { id }
      userErrors { field message code }
    }
  }`;

export const CREATE_FREE_SHIPPING = `#graphql
  mutation CreateFreeShipping($discount: DiscountCodeFreeShippingInput!) {
    discountCodeFreeShippingCreate(freeShippingCodeDiscount: $discount) {
      codeDiscountNode { id }
      userErrors { field message code }
    }
  }`;

export const UPDATE_DISCOUNT = `#graphql
  mutation UpdateDiscount($id: ID!, $discount: DiscountCodeBasicInput!) {
    discountCodeBasicUpdate(id: $id, basicCodeDiscount: $discount) {
      codeDiscountNode { id }
      userErrors { field message code }
    }
  }`;

export const UPDATE_FREE_SHIPPING = `#graphql
  mutation UpdateFreeShipping($id: ID!, $discount: DiscountCodeFreeShippingInput!) {
    discountCodeFreeShippingUpdate(id: $id, freeShippingCodeDiscount: $discount) {
      codeDiscountNode { id }
      userErrors { field message code }
    }
  }`;

export const DELETE_DISCOUNT = `#graphql
  mutation DeleteDiscount($id: ID!) {
    discountCodeDelete(id: $id) {
      deletedCodeDiscountId
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
  query ReadCreation($id: ID!) {
    discountRedeemCodeBulkCreation(id: $id) {
      done
      codesCount
      importedCount
    }
  }`;

export const READ_CREATION_CODES = `#graphql
  query ReadCreationCodes($id: ID!, $after: String) {
    discountRedeemCodeBulkCreation(id: $id) {
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

export const NEWEST_CODES = `#graphql
  query NewestCodes($id: ID!, $after: String) {
    codeDiscountNode(id: $id) {
      codeDiscount {
        ... on DiscountCodeBasic {
          codes(first: 250, sortKey: CREATED_AT, reverse: true, after: $after) {
            nodes { code }
            pageInfo { hasNextPage endCursor }
          }
        }
        ... on DiscountCodeFreeShipping {
          codes(first: 250, sortKey: CREATED_AT, reverse: true, after: $after) {
            nodes { code }
            pageInfo { hasNextPage endCursor }
          }
        }
      }
    }
  }`;

/** `query` is a search that Shopify's index answers; without one all codes are paged. */
export const REDEEM_CODES = `#graphql
  query RedeemCodes($id: ID!, $query: String, $after: String) {
    codeDiscountNode(id: $id) {
      codeDiscount {
        ... on DiscountCodeBasic {
          codesCount { count }
          codes(first: 200, sortKey: ID, query: $query, after: $after) {
            nodes { id code }
            pageInfo { hasNextPage endCursor }
          }
        }
        ... on DiscountCodeBxgy {
          codesCount { count }
          codes(first: 200, sortKey: ID, query: $query, after: $after) {
            nodes { id code }
            pageInfo { hasNextPage endCursor }
          }
        }
        ... on DiscountCodeFreeShipping {
          codesCount { count }
          codes(first: 200, sortKey: ID, query: $query, after: $after) {
            nodes { id code }
            pageInfo { hasNextPage endCursor }
          }
        }
        ... on DiscountCodeApp {
          codesCount { count }
          codes(first: 200, sortKey: ID, query: $query, after: $after) {
            nodes { id code }
            pageInfo { hasNextPage endCursor }
          }
        }
      }
    }
  }`;

export const REMOVE_CODES = `#graphql
  mutation RemoveCodes($discountId: ID!, $ids: [ID!]) {
    discountCodeRedeemCodeBulkDelete(discountId: $discountId, ids: $ids) {
      job { id }
      userErrors { field message code }
    }
  }`;

export const READ_REMOVAL = `#graphql
  query ReadRemoval($id: ID!) {
    job(id: $id) {
      done
    }
  }`;

export const DEACTIVATE_DISCOUNT = `#graphql
  mutation DeactivateDiscount($id: ID!) {
    discountCodeDeactivate(id: $id) {
      codeDiscountNode { id }
      userErrors { field message code }
    }
  }`;

/** Page sizes keep each document below 1,000 points even where a page costs its full length. */
export const ORDER_DETAILS = `#graphql
  query OrderDetails($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on Order {
        id
        customerJourneySummary { ready customerOrderIndex }
        lineItems(first: 10) {
          nodes {
            id
            product { productType }
          }
          pageInfo { hasNextPage endCursor }
        }
      }
    }
  }`;

export const ORDER_PRODUCT_TYPES = `#graphql
  query OrderProductTypes($id: ID!, $after: String) {
    order(id: $id) {
      lineItems(first: 250, after: $after) {
        nodes {
          id
          product { productType }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }`;

/** Never the customer, an address or an e-mail: personal data is not even asked for. */
export const ORDER_BY_ID = `#graphql
  query OrderById($id: ID!, $after: String) {
    order(id: $id) {
      id
      name
      currencyCode
      createdAt
      updatedAt
      cancelledAt
      cancelReason
      displayFinancialStatus
      test
      sourceName
      taxesIncluded
      currentSubtotalPriceSet { shopMoney { amount } }
      currentTotalTaxSet { shopMoney { amount } }
      discountApplications(first: 100) {
        nodes {
          ... on DiscountCodeApplication { code }
        }
      }
      lineItems(first: 150, after: $after) {
        nodes {
          id
          sku
          title
          vendor
          quantity
          currentQuantity
          isGiftCard
          variant { id }
          originalUnitPriceSet { shopMoney { amount } }
          discountAllocations { allocatedAmountSet { shopMoney { amount } } }
          taxLines { priceSet { shopMoney { amount } } }
        }
        pageInfo { hasNextPage endCursor }
      }
      refunds(first: 100) { id }
    }
  }`;

export const REFUND_BY_ID = `#graphql
  query RefundById($id: ID!, $after: String) {
    refund(id: $id) {
      id
      createdAt
      updatedAt
      refundLineItems(first: 200, after: $after) {
        nodes {
          quantity
          subtotalSet { shopMoney { amount } }
          totalTaxSet { shopMoney { amount } }
          lineItem { id }
        }
        pageInfo { hasNextPage endCursor }
      }
      orderAdjustments(first: 100) {
        nodes {
          reason
          amountSet { shopMoney { amount } }
        }
      }
      refundShippingLines(first: 20) {
        nodes { subtotalAmountSet { shopMoney { amount } } }
      }
    }
  }`;

export const ORDERS_CHANGED = `#graphql
  query OrdersChanged($query: String!, $after: String) {
    orders(first: 120, sortKey: UPDATED_AT, query: $query, after: $after) {
      nodes {
        id
        createdAt
        updatedAt
        cancelledAt
        displayFinancialStatus
        refunds(first: 5) { id }
      }
      pageInfo { hasNextPage endCursor }
    }
  }`;

export const ORDERS_COUNT = `#graphql
  query OrdersCount($query: String!) {
    ordersCount(query: $query, limit: null) {
      count
      precision
    }
  }`;
