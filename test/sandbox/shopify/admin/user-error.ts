/** A DiscountUserError; its code is a DiscountErrorCode, or null as some of Shopify's replies have it. */
export interface UserError {
  field: string[] | null;
  message: string;
  code: string | null;
  extraInfo: null;
}

export function userError(field: string[] | null, message: string, code: string | null): UserError {
  return { field, message, code, extraInfo: null };
}
