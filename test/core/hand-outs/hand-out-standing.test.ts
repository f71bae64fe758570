import { expect, test } from "vitest";
import {
  notReadySentence,
  whyNotReady,
  type HandOutStanding,
} from "#app/core/hand-outs/hand-out-standing.ts";

const READY: HandOutStanding = {
  shopifyState: "live",
  impactState: "registered",
  isHeld: false,
  hasContract: true,
  discountState: "open",
};

test("a live code that is registered to a partner with a contract is handed out", () => {
  expect(whyNotReady(READY)).toBeNull();
});

test.each<[Partial<HandOutStanding>, RegExp]>([
  [{ impactState: "planned" }, /not registered at impact\.com.*earn nobody/],
  [{ impactState: "failed" }, /refused to register it.*Problems page/],
  [{ impactState: "expired" }, /expired at impact\.com/],
  [{ shopifyState: "planned", impactState: "planned" }, /still being made/],
  [{ isHeld: true }, /being changed/],
  [{ hasContract: false }, /no live contract/],
  [{ discountState: "ended" }, /has ended, or its discount is deactivated/],
  [{ discountState: "deactivated" }, /has ended, or its discount is deactivated/],
  [{ discountState: "deleted" }, /gone from Shopify/],
])("a code with %j is not handed out, and the sentence says why", (changes, sentence) => {
  const reason = whyNotReady({ ...READY, ...changes });
  expect(reason && notReadySentence(reason)).toMatch(sentence);
});
