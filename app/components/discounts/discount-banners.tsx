import { useNavigation, useSubmit } from "@remix-run/react";
import { Banner, Link } from "@shopify/polaris";
import type { DiscountView } from "./discount-view.server.ts";

/** What stands in the way of its codes, and the button that tries again. */
export function ProblemBanner(props: Pick<DiscountView, "batchProblem" | "canRetry" | "counts">) {
  const { batchProblem, canRetry, counts } = props;
  const submit = useSubmit();
  const isSubmitting = useNavigation().state === "submitting";
  if (!canRetry && !batchProblem) return null;
  const retry = {
    content: "Try again",
    loading: isSubmitting,
    onAction: () => submit(null, { method: "post" }),
  };
  const failed =
    counts.failed === 1 ? "1 code failed." : `${counts.failed.toLocaleString("en")} codes failed.`;
  return (
    <Banner tone={canRetry ? "critical" : "info"} {...(canRetry && { action: retry })}>
      <p>
        {counts.failed > 0 && `${failed} `}
        {batchProblem ?? "The reason stands beside each. Mend it, then try again."}
      </p>
    </Banner>
  );
}

/** What may not be done from here, and why. */
export function LifeBanner({ life, shopifyId }: Pick<DiscountView, "life" | "shopifyId">) {
  if (life.isDeleted) {
    return (
      <Banner tone="info">
        <p>Shopify does not have this discount any more. Its codes stay here as history.</p>
      </Banner>
    );
  }
  if (!life.isThere || life.canEdit) return null;
  return (
    <Banner tone="info">
      <p>
        {"Some of its terms are more than this app can say. "}
        <Link url={`shopify:admin/discounts/${shopifyId ?? ""}`}>Change them in Shopify</Link>
        {"; this page follows."}
      </p>
    </Banner>
  );
}

/** The end has moved, which registrations at impact.com may not know yet. */
export function EndMovedBanner() {
  return (
    <Banner tone="warning" title="Saved, with another end">
      <p>
        {
          "Registrations at impact.com may end when the discount did before. Both sides are being compared: "
        }
        <Link url="/app/codes/differences">see the differences</Link>
        {" in a few minutes, and repair them by one click."}
      </p>
    </Banner>
  );
}

/** The start has moved to an earlier day, and registrations at impact.com follow it. */
export function StartMovedBanner({ batchId }: { batchId: string | null }) {
  return (
    <Banner tone="info" title="Saved, with an earlier start">
      <RegisteredAnew batchId={batchId} />
    </Banner>
  );
}

/** Customers can use it before its day, and registrations at impact.com follow. */
export function ActivatedBanner({ batchId }: { batchId: string }) {
  return (
    <Banner tone="info" title="Activated before its day">
      <RegisteredAnew batchId={batchId} />
    </Banner>
  );
}

function RegisteredAnew({ batchId }: { batchId: string | null }) {
  return (
    <p>
      {
        "impact.com has its codes from the later start on. They are registered anew, and their orders wait until that is done: "
      }
      <Link url={batchId ? `/app/batches/${batchId}` : "/app/batches"}>see the batch</Link>.
    </p>
  );
}
