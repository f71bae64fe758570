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
      checkoutToken
      customAttributes { key value }
      customerJourneySummary { lastVisit { landingPage } }
      currentSubtotalPriceSet { shopMoney { amount } }
      currentTotalTaxSet { shopMoney { amount } }
      totalTipReceivedSet { shopMoney { amount } }
      discountApplications(first: 100) {
        nodes {
          index
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
          discountAllocations {
            allocatedAmountSet { shopMoney { amount } }
            discountApplication { index }
          }
          taxLines { priceSet { shopMoney { amount } } }
        }
        pageInfo { hasNextPage endCursor }
      }
      refunds(first: 100) { id }
    }
  }`;

/** A line does not say that it is a tip, only a sale of it does: one agreement, and its sales page by page. */
export const ORDER_TIPS = `#graphql
  query OrderTips($id: ID!, $after: String, $salesAfter: String) {
    order(id: $id) {
      agreements(first: 1, after: $after) {
        nodes {
          sales(first: 250, after: $salesAfter) {
            nodes {
              ... on TipSale { lineItem { id } }
            }
            pageInfo { hasNextPage endCursor }
          }
        }
        pageInfo { hasNextPage endCursor }
      }
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
          taxAmountSet { shopMoney { amount } }
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
        currencyCode
        currentSubtotalPriceSet { shopMoney { amount } }
        refunds(first: 5) { id updatedAt }
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
