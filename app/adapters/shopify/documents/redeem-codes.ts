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
          codesCount { count precision }
          codes(first: 200, sortKey: ID, query: $query, after: $after) {
            nodes { id code }
            pageInfo { hasNextPage endCursor }
          }
        }
        ... on DiscountCodeBxgy {
          codesCount { count precision }
          codes(first: 200, sortKey: ID, query: $query, after: $after) {
            nodes { id code }
            pageInfo { hasNextPage endCursor }
          }
        }
        ... on DiscountCodeFreeShipping {
          codesCount { count precision }
          codes(first: 200, sortKey: ID, query: $query, after: $after) {
            nodes { id code }
            pageInfo { hasNextPage endCursor }
          }
        }
        ... on DiscountCodeApp {
          codesCount { count precision }
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
