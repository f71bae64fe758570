import { indexedBy } from "#test/sandbox/derived.ts";
import type { Shop, ShopifyState, StoredOrder } from "#test/sandbox/shopify/state.ts";
import { takeId } from "#test/sandbox/shopify/state.ts";

export interface OrderCustomer {
  id: string;
  email: string;
  /** Position of this order among the customer's orders, from 0. */
  orderIndex: number;
}

const ordersByEmail = indexedBy(emailOf);

/** Shopify knows a customer again by e-mail, without regard to case. */
export function findCustomer(
  state: ShopifyState,
  shop: Shop,
  customer: { email: string; returning?: boolean },
): OrderCustomer {
  const email = customer.email.trim();
  // Redaction takes the address off an order that was found by it before.
  const last = ordersByEmail(shop.orders, email.toLowerCase()).findLast(
    (order) => emailOf(order) === email.toLowerCase(),
  );
  const known = last?.payload["customer"];
  if (last && typeof known === "object" && known !== null && "id" in known) {
    return { id: String(known.id), email, orderIndex: (last.customerOrderIndex ?? 0) + 1 };
  }
  return { id: takeId(state), email, orderIndex: customer.returning ? 1 : 0 };
}

function emailOf({ payload }: StoredOrder): string {
  return String(payload["email"] ?? "").toLowerCase();
}

export function customerPayload(customer: OrderCustomer, currency: string, at: string) {
  const { first_name, last_name } = nameOf(customer.email);
  return {
    id: customer.id,
    created_at: at,
    updated_at: at,
    first_name,
    last_name,
    state: "disabled",
    note: null,
    verified_email: true,
    multipass_identifier: null,
    tax_exempt: false,
    email: customer.email,
    phone: null,
    currency,
    tax_exemptions: [],
    admin_graphql_api_id: `gid://shopify/Customer/${customer.id}`,
    default_address: {
      id: `${customer.id}1`,
      customer_id: customer.id,
      ...address(customer.email),
      country_name: "Canada",
      default: true,
    },
  };
}

/** Also the order's billing and shipping address: invented, so that code can leak it and be caught. */
export function address(email: string) {
  const { first_name, last_name } = nameOf(email);
  return {
    first_name,
    last_name,
    name: `${first_name} ${last_name}`,
    company: null,
    address1: "123 Amoebobacterieae St",
    address2: "",
    city: "Ottawa",
    province: "Ontario",
    country: "Canada",
    zip: "K2P0V6",
    phone: "+1 555-625-1199",
    province_code: "ON",
    country_code: "CA",
  };
}

function nameOf(email: string) {
  const [first = "Guest", last = "Customer"] = (email.split("@")[0] ?? "").split(/[._+-]/);
  return { first_name: capitalised(first), last_name: capitalised(last) };
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
