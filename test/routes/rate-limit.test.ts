import { expect, test } from "vitest";
import {
  addressOf,
  createFairLimit,
  createRateLimit,
  networkOf,
  senderOf,
} from "#app/rate-limit.server.ts";

test("a key may come so often a minute, and again in the next", () => {
  let now = 0;
  const isWithin = createRateLimit({ most: 2, now: () => now });
  expect(["a", "a", "a", "b"].map(isWithin)).toEqual([true, true, false, true]);
  now = 60_000;
  expect(isWithin("a")).toBe(true);
});

test("beyond the keys it holds, whoever was silent longest is forgotten, and nobody is shut out", () => {
  const isWithin = createRateLimit({ most: 1, mostKeys: 2, now: () => 0 });
  expect(["a", "b", "a", "c", "a", "b"].map(isWithin)).toEqual([
    ...[true, true, false, true, false],
    true,
  ]);
});

test("who goes on asking stays refused, whatever flood of other keys comes between", () => {
  const isWithin = createRateLimit({ most: 1, mostKeys: 3, now: () => 0 });
  isWithin("a");
  for (let other = 0; other < 100; other += 1) {
    expect([isWithin(`${other}`), isWithin("a")]).toEqual([true, false]);
  }
});

test.each([
  ["203.0.113.9", "203.0.113.9"],
  ["::ffff:203.0.113.9", "203.0.113.9"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:0DB8:0001:0002::9", "2001:db8:1:2::/64"],
  ["2001:db8::9", "2001:db8:0:0::/64"],
  ["2001:db8:1:2:3::", "2001:db8:1:2::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["direct", "direct"],
])("%s sends as %s", (address, sender) => {
  expect(senderOf(address)).toBe(sender);
});

test.each([
  ["2001:db8::3:4:5:6:7", "2001:db8:0:3::/64"],
  ["::2:3:4:5:6:7:8", "0:2:3:4::/64"],
])("a shortened %s sends as %s", (address, sender) => {
  expect(senderOf(address)).toBe(sender);
});

const FAIR = { quiet: 2, mostQuiet: 100, mostLoud: 10 };

test("a few networks that use up what is there for loud ones silence nobody else", () => {
  const isWithin = createFairLimit({ ...FAIR, now: () => 0 });
  let passed = 0;
  for (let network = 0; network < 17; network += 1) {
    for (let click = 0; click < 120; click += 1) {
      if (isWithin("tea", `198.51.${network}.0/24`)) passed += 1;
    }
  }
  expect(passed).toBe(17 * FAIR.quiet + FAIR.mostLoud);
  const honest = Array.from({ length: 20 }, (_, network) => `203.0.${network}.0/24`);
  expect(honest.every((network) => isWithin("tea", network))).toBe(true);
});

test("a loud network takes nothing from another shop, and is quiet again in the next minute", () => {
  let now = 0;
  const isWithin = createFairLimit({ ...FAIR, now: () => now });
  for (let click = 0; click < 50; click += 1) isWithin("tea", "a");
  expect([isWithin("tea", "a"), isWithin("mugs", "a"), isWithin("tea", "b")]).toEqual([
    ...[false, true, true],
  ]);
  now = 60_000;
  expect(isWithin("tea", "a")).toBe(true);
});

test("however many networks are quiet, a shop takes so many a minute and no more", () => {
  const isWithin = createFairLimit({ ...FAIR, now: () => 0 });
  const passed = Array.from({ length: 150 }, (_, network) => isWithin("tea", `${network}`));
  expect(passed.filter(Boolean)).toHaveLength(FAIR.mostQuiet);
});

test.each([
  ["203.0.113.9", "203.0.113.0/24"],
  ["::ffff:203.0.113.9", "203.0.113.0/24"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"],
  ["2001:db8::9", "2001:db8:0::/48"],
  ["direct", "direct"],
])("%s stands in the network %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test.each([
  [1, "203.0.113.9", "203.0.113.9"],
  [1, "192.0.2.1, 203.0.113.9", "203.0.113.9"],
  [2, "192.0.2.1, 203.0.113.9, 10.0.0.7", "203.0.113.9"],
  [2, "2001:db8::9,10.0.0.7", "2001:db8::9"],
  [3, "203.0.113.9, 10.0.0.7", "203.0.113.9"],
  [2, null, "direct"],
] as const)("behind %i proxies, “%s” is from %s", (trusted, forwarded, address) => {
  const headers = new Headers(forwarded === null ? {} : { "x-forwarded-for": forwarded });
  expect(addressOf(headers, trusted)).toBe(address);
});
