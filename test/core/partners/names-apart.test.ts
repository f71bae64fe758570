import { expect, test } from "vitest";
import { namesApart } from "#app/components/names-apart.ts";

test("partners of one name are told apart by their ids, and no others", () => {
  const partners = [
    { partnerId: "1", name: "Anna Able" },
    { partnerId: "2", name: "Ben" },
    { partnerId: "3", name: "anna  able " },
  ];
  expect([...namesApart(partners).values()]).toEqual(["Anna Able (1)", "Ben", "anna  able (3)"]);
});
