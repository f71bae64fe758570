import { afterAll, expect, test } from "vitest";
import { closeBrowser, visit, type Visit } from "./click-journey.ts";

afterAll(closeBrowser);

async function addToCart({ page }: Visit): Promise<void> {
  await page.getByRole("button", { name: "Add to cart" }).last().click();
  await page.getByRole("heading", { name: "Your cart" }).waitFor();
  await page.waitForLoadState("networkidle");
}

async function checkOut({ page }: Visit): Promise<void> {
  await page.getByRole("link", { name: "Check out" }).click();
  await page.getByRole("heading", { name: "Checkout" }).waitFor();
}

function clickOn({ paid }: Visit): unknown {
  const attributes = paid.at(-1)?.payload["note_attributes"] as { name: string; value: string }[];
  return attributes.find(({ name }) => name === "irclickid")?.value ?? null;
}

test("a click is kept while the visitor browses, and comes with the order by one request", async () => {
  await using v = await visit({});
  await v.land("/?irclickid=Click-1_~x");
  expect(v.cartRequests.length).toBe(0);
  await v.land("/products/mug");
  await addToCart(v);
  expect(v.cartRequests.map((request) => request.method())).toEqual(["POST"]);
  await v.land("/products/kettle");
  await addToCart(v);
  expect(v.cartRequests.length).toBe(1);
  await checkOut(v);
  await v.pay();
  expect(clickOn(v)).toBe("Click-1_~x");
});

test("a theme that adds without leaving the page gets the click onto its cart too", async () => {
  await using v = await visit({});
  await v.land("/?im_ref=Click-2");
  const { id } = v.shop.products[1]?.variants[0] ?? {};
  await v.page.evaluate(async (variant) => {
    const body = JSON.stringify({ id: variant });
    await fetch("/tea-house/cart/add.js", { method: "POST", body });
  }, id);
  await expect.poll(() => v.cartRequests.length).toBe(2);
  await v.page.waitForLoadState("networkidle");
  await v.page.goto(`${v.url}/checkout`);
  await v.pay();
  expect(clickOn(v)).toBe("Click-2");
});

test("the next order of the same visitor carries the click again, on its new cart", async () => {
  await using v = await visit({});
  await v.land("/?irclickid=Click-3");
  for (const page of ["/", "/products/mug"]) {
    await v.land(page);
    await addToCart(v);
    await checkOut(v);
    await v.pay();
  }
  expect(v.paid.length).toBe(2);
  expect(clickOn(v)).toBe("Click-3");
});

test("of two clicks the newer one stands, also on a cart that carries the older", async () => {
  await using v = await visit({});
  await v.land("/?irclickid=Click-4");
  await addToCart(v);
  await v.land("/?irclickid=Click-5");
  await v.page.goto(`${v.url}/checkout`);
  await v.pay();
  expect(clickOn(v)).toBe("Click-5");
});

test("the merchant's own name of the click id is read, and kept for the days chosen", async () => {
  await using v = await visit({ embed: { days: 7, parameter: "ref" } });
  await v.land("/?ref=Click-6");
  expect(await v.keptClick()).toMatch(/^\d+\.Click-6$/);
  const kept = (await v.page.context().cookies()).find(({ name }) => name === "pc_click");
  expect(((kept?.expires ?? 0) * 1_000 - Date.now()) / 86_400_000).toBeCloseTo(7, 1);
});

test("what can't be a click id is none: nothing is kept or asked", async () => {
  await using v = await visit({});
  for (const query of BAD_CLICK_IDS) {
    await v.land(`/?${query}`);
    expect([query, await v.keptClick()]).toEqual([query, null]);
  }
  await addToCart(v);
  expect(v.cartRequests.length).toBe(0);
});

const BAD_CLICK_IDS = [
  "irclickid=",
  `irclickid=${"x".repeat(65)}`,
  "irclickid=%00%01%FF",
  "irclickid=a%20b",
  "irclickid=%22%3E%3Cscript%3Ealert(1)%3C/script%3E%3B",
];

test("of several click ids in one address the first that can be one counts", async () => {
  await using v = await visit({});
  await v.land("/?irclickid=&im_ref=Click-7&irclickid=Click-8");
  expect(await v.keptClick()).toMatch(/\.Click-7$/);
});

test("where consent is needed nothing is stored before the visitor answers, and then it is", async () => {
  await using v = await visit({ needsConsent: true });
  await v.land("/?irclickid=Click-9");
  expect(await v.isAsked()).toBe(true);
  expect(await v.keptClick()).toBeNull();
  await v.page.getByRole("button", { name: "Accept" }).click();
  await expect.poll(() => v.keptClick()).toMatch(/\.Click-9$/);
  await addToCart(v);
  await checkOut(v);
  await v.pay();
  expect(clickOn(v)).toBe("Click-9");
});

test("who changes their mind loses the click that was kept, from the cart as well", async () => {
  await using v = await visit({});
  await v.land("/?irclickid=Click-11");
  await addToCart(v);
  await v.page.evaluate(() => {
    const { Shopify } = window as unknown as {
      Shopify: { customerPrivacy: { setTrackingConsent(consent: object, done: () => void): void } };
    };
    const no = { marketing: false, analytics: false, preferences: false, sale_of_data: false };
    Shopify.customerPrivacy.setTrackingConsent(no, () => {});
  });
  await v.page.waitForLoadState("networkidle");
  expect(await v.keptClick()).toBeNull();
  await checkOut(v);
  await v.pay();
  expect(clickOn(v)).toBeNull();
});

test("a cart that outlives the days loses its click, and one whose cookie alone is gone keeps it", async () => {
  const carted = async (daysAgo: number) => {
    await using v = await visit({});
    await v.page.clock.setFixedTime(Date.now() - daysAgo * 86_400_000);
    await v.land("/?irclickid=Click-13");
    await addToCart(v);
    await v.page.clock.setFixedTime(Date.now());
    // Safari ends a script's cookies after a week.
    await v.page.context().clearCookies({ name: "pc_click" });
    await v.land("/products/kettle");
    await v.land("/cart");
    await checkOut(v);
    await v.pay();
    return clickOn(v);
  };
  expect(await Promise.all([carted(31), carted(29)])).toEqual([null, "Click-13"]);
});

test("where the embed is off, and on a page without a click, nothing happens at all", async () => {
  await using off = await visit({ embed: null });
  await off.land("/?irclickid=Click-12");
  expect(await off.keptClick()).toBeNull();
  await using plain = await visit({});
  await plain.land("/");
  await addToCart(plain);
  expect([await plain.keptClick(), plain.cartRequests.length]).toEqual([null, 0]);
});
