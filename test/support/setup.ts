import { afterEach, beforeEach, expect, vi } from "vitest";

// What is printed as an error is a failure that nobody asserted.
beforeEach(() => {
  vi.spyOn(console, "error");
});

afterEach(() => {
  expect(console.error).not.toHaveBeenCalled();
});
