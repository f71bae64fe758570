import { Warning } from "./warning.tsx";

const either = new Intl.ListFormat("en", { type: "disjunction" });

/** Shopify lets the app not do what it needs: said before orders fail of it. */
export function MissingPowers({ powers }: { powers: string[] }) {
  return (
    <Warning
      tone="critical"
      headline={`Shopify does not let this app ${either.format(powers)}.`}
      button="See problems"
      url="/app/problems"
    >
      Orders and codes that need it fail until you allow it. Close the app and open it again in your
      Shopify admin: Shopify asks you to allow what the app needs. What has failed by then can be
      tried again.
    </Warning>
  );
}
