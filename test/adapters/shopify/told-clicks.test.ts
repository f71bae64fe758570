import { expect, test } from "vitest";
import { cartClicks, landingClicks, namedOnLanding } from "#app/adapters/shopify/told-clicks.ts";

const attribute = (name: string, value: string) => ({ name, value });

test("our embed's attributes tell the click and when it was", () => {
  const attributes = [
    attribute("gift_note", "For Ann"),
    attribute("irclickid", "Click-1"),
    attribute("irclickid_seen", "2026-11-20T10:00:00.000Z"),
  ];
  expect(cartClicks(attributes)).toEqual([
    { clickId: "Click-1", source: "cart", seenAt: new Date("2026-11-20T10:00:00Z") },
  ]);
});

test("what a merchant's own script writes is read after it, and has no time", () => {
  const attributes = [
    attribute("im_ref", "Click-3"),
    attribute("_irclickid", "Click-2"),
    attribute("irclickid", "Click-1"),
  ];
  expect(cartClicks(attributes).map(({ clickId }) => clickId)).toEqual([
    "Click-1",
    "Click-2",
    "Click-3",
  ]);
});

test.each(["yesterday", "2026-13-45T10:00:00Z", "9".repeat(400), ""])(
  "a time that says %j is no time, and the click stays",
  (seen) => {
    const attributes = [attribute("irclickid", "Click-1"), attribute("irclickid_seen", seen)];
    expect(cartClicks(attributes)).toEqual([{ clickId: "Click-1", source: "cart", seenAt: null }]);
  },
);

test.each([
  ["/products/mug?irclickid=Click-1#top", ["Click-1"]],
  ["https://tea.example/?im_ref=Click-2&utm_source=impact", ["Click-2"]],
  ["/?irclickid=a&irclickid=b&im_ref=c", ["a", "b", "c"]],
  ["/?irclickid=%7Etilde%2Bplus", ["~tilde+plus"]],
  ["/?irclickid=%E0%A4%A", ["\u{fffd}%A"]],
  ["/", []],
  ["not a page at all", []],
  [null, []],
])("the landing page %j brings %j", (page, clickIds) => {
  expect(landingClicks(page).map(({ clickId }) => clickId)).toEqual(clickIds);
});

test("a landing page is read for the shop's own name too, after impact.com's", () => {
  const page = "/?pc_click=own&irclickid=a&PC_CLICK=other";
  const clickIds = landingClicks(page, "pc_click").map(({ clickId }) => clickId);
  expect(clickIds).toEqual(["a", "own"]);
});

test.each([
  ["/?ref=own&irclickid=a&im_ref=b", { ref: "own" }],
  ["/?ref=a&ref=b", { ref: "a" }],
  ["/?ref=two+words&other=&ref=b", { ref: "b" }],
  [`/?${"n".repeat(65)}=a`, null],
  ["/", null],
  [null, null],
])("of the landing page %j what may be a click id under another name is %j", (page, named) => {
  expect(namedOnLanding(page)).toEqual(named);
});

test("of a landing page with a thousand parameters twenty are looked at", () => {
  const page = `/?${Array.from({ length: 1_000 }, (_, index) => `p${index}=x`).join("&")}`;
  expect(Object.keys(namedOnLanding(page) ?? {})).toHaveLength(20);
});
