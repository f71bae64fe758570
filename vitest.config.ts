import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/support/longest-first.ts";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts", "test/**/*.test.tsx"],
    globalSetup: ["test/support/global-setup.ts"],
    setupFiles: ["test/support/setup.ts"],
    // In a browser, and for what is tried again after a pause, a test may take minutes on a busy machine.
    testTimeout: 300_000,
    hookTimeout: 120_000,
    // A page or a process may take its time on a busy machine.
    expect: { poll: { timeout: 30_000, interval: 200 } },
    // Two cores; but a third of the time is waited for the app in a browser, or for who was killed.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
  },
});
