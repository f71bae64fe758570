/** Keys that vanish, wherever they stand: gadget_2025-04_orders_1 in the reference samples. */
const PERSONAL = new Set([
  "address1",
  "address2",
  "city",
  "contact_email",
  "email",
  "email_marketing_consent",
  "first_name",
  "last_name",
  "latitude",
  "longitude",
  "phone",
  "sms_marketing_consent",
  "zip",
]);

const PEOPLE = ["customer", "billing_address", "shipping_address"];

/** The payload as an app without level 2 of protected customer data gets it. */
export function withoutPersonalData(payload: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(payload)
      .filter(([key]) => !PERSONAL.has(key))
      .map(([key, value]) => [key, PEOPLE.includes(key) ? withoutKeys(value) : value]),
  );
}

function withoutKeys(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !PERSONAL.has(key) && key !== "name")
      .map(([key, member]) => [key, withoutKeys(member)]),
  );
}
