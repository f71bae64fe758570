import { expect, test } from "vitest";
import { differencesView } from "#app/components/code-differences/differences-view.server.ts";
import type { CodeDifference } from "#app/core/code-differences/code-difference.ts";
import { explainDifference } from "#app/core/code-differences/explain-difference.ts";
import type { PartnerId } from "#app/core/ids.ts";

const FOUND_AT = new Date("2026-11-26T03:00:00Z");

const FOREIGN: CodeDifference = {
  ...{ kind: "two-partners-there", subject: "OLD5", codeId: null, discountId: null },
  ...{ ourPartnerId: null, theirPartnerId: "10002" as PartnerId, promoCodeId: "77" },
  ...{ familyId: null, isShared: false, endsHere: null, endsThere: null, creditPolicy: null },
  ...{ startsThere: null, codes: 1, familyCodes: 0, familyEndings: 0, problem: null },
  ...{ foundAt: FOUND_AT, discountTitle: null, ourPartner: null, theirPartner: "Ben Baker" },
  isSayable: false,
};
const OURS: CodeDifference = {
  ...{ ...FOREIGN, subject: "ANNA10", codeId: "1", ourPartnerId: "10001" as PartnerId },
  ourPartner: "Anna Able",
};

test("a difference that nothing can be done about here takes no button from the others of its kind", () => {
  const differences = [FOREIGN, OURS].map((one) => explainDifference(one, FOUND_AT));
  expect(differences.map(({ repairs }) => repairs.length > 0)).toEqual([false, true]);
  const { groups } = differencesView(
    {
      groups: [{ kind: "two-partners-there", count: 2, differences }],
      ...{ run: null, lastWhole: null, isImpactChecked: true, hasProgram: true },
      leavesOutTheirs: false,
    },
    { timeZone: "UTC" },
  );
  const [, ours] = differences;
  expect(groups[0]?.repairs.map(({ repair }) => repair)).toEqual(
    ours?.repairs.map(({ repair }) => repair),
  );
});
