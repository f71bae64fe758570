import { configDefaults, defineConfig } from "vitest/config";
import { LongestFirst } from "./test/support/longest-first.ts";

/** They load the app, whose modules read their environment once, or have browsers or processes of their own. */
const ALONE = ["test/browser", "test/chaos", "test/contracts", "test/extensions", "test/routes"];
const FILES = "*.test.{ts,tsx}";

const common = {
  setupFiles: ["test/support/setup.ts"],
  // In a browser, and for what is tried again after a pause, a test may take minutes on a busy machine.
  testTimeout: 300_000,
  hookTimeout: 120_000,
  // A page or a process may take its time on a busy machine.
  expect: { poll: { timeout: 30_000, interval: 200 } },
};

export default defineConfig({
  test: {
    globalSetup: ["test/support/global-setup.ts"],
    // Two cores; but much of the time is waited for the app in a browser, or for who was killed.
    maxWorkers: 4,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: { ...common, name: "alone", include: ALONE.map((folder) => `${folder}/**/${FILES}`) },
      },
      {
        test: {
          ...common,
          name: "together",
          include: [`test/**/${FILES}`],
          exclude: [...configDefaults.exclude, ...ALONE.map((folder) => `${folder}/**`)],
          // What is slow to load, Shopify's schema above all, is loaded once for many files.
          isolate: false,
        },
      },
    ],
  },
});
