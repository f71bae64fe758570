import { onTestFinished, vi } from "vitest";

/** JSON.parse as it is before Node 22: the reviver hears of no source text. */
export function forgetSourceTexts(): void {
  const parse = JSON.parse;
  const spy = vi
    .spyOn(JSON, "parse")
    .mockImplementation((text, reviver): unknown =>
      parse(text, reviver && ((key, value: unknown) => reviver.call(null, key, value) as unknown)),
    );
  onTestFinished(() => spy.mockRestore());
}
