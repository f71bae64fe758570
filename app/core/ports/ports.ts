import type { CodeMaking } from "./code-making.ts";
import type { Impact } from "./impact.ts";
import type { Shopify } from "./shopify.ts";
import type { Store } from "./store.ts";

/** What the outside world gives core. Everything here is scoped by shop. */
export interface Ports {
  clock: { now(): Date };
  /** Resolves once so many milliseconds of the clock have passed. */
  pause: (ms: number) => Promise<void>;
  /** In [0, 1), for waiting times; codes are drawn with codeMaking. */
  random: () => number;
  codeMaking: CodeMaking;
  store: Store;
  shopify: Shopify;
  impact: Impact;
}
