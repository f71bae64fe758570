import { afterEach, beforeEach, expect, vi } from "vitest";

// What is printed as an error is a failure that nobody asserted.
beforeEach(() => {
  // What a failed test says when it has ended is not of the next one.
  vi.spyOn(console, "error").mockClear();
});

afterEach(() => {
  expect(console.error).not.toHaveBeenCalled();
});
