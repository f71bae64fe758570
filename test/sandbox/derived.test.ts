import fc from "fast-check";
import { expect, test } from "vitest";
import { derived, indexedBy } from "./derived.ts";

const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant("add"), key: fc.constantFrom("a", "b", "c") }),
    fc.record({
      kind: fc.constant("lose"),
      place: fc.nat(12),
      count: fc.integer({ min: 1, max: 3 }),
    }),
    fc.record({ kind: fc.constant("look"), key: fc.constantFrom("a", "b", "c") }),
  ),
  { maxLength: 40 },
);

test("an index finds what a walk through the list finds, whatever was added and lost", () => {
  fc.assert(
    fc.property(steps, (taken) => {
      const list: { key: string }[] = [];
      const byKey = indexedBy((entry: { key: string }) => entry.key);
      for (const step of taken) {
        if ("count" in step) list.splice(step.place, step.count);
        else if (step.kind === "add") list.push({ key: step.key });
        else expect(byKey(list, step.key)).toEqual(list.filter(({ key }) => key === step.key));
      }
    }),
  );
});

test("every entry is gone through once while a list only grows", () => {
  let gone = 0;
  const count = derived(
    () => ({}),
    () => {
      gone += 1;
    },
  );
  const list: object[] = [];
  for (let size = 0; size < 20; size += 1) {
    list.push({});
    count(list);
  }
  expect(gone).toBe(20);
});

test("two lists are indexed apart", () => {
  const byKey = indexedBy((entry: { key: string }) => entry.key);
  const [one, other] = [[{ key: "a" }], [{ key: "a" }]];
  expect(byKey(one, "a")[0]).toBe(one[0]);
  expect(byKey(other, "a")[0]).toBe(other[0]);
});
