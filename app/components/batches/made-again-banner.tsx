import { Banner, Link } from "@shopify/polaris";
import type { BatchView } from "./batch-view.server.ts";

/** What this batch had made, and which batch made it again. */
export function MadeAgainBanner({ batch: { madeAgain } }: { batch: Pick<BatchView, "madeAgain"> }) {
  if (madeAgain.length === 0) return null;
  return (
    <Banner tone="info">
      {madeAgain.map(({ batchId, codes }) => (
        <p key={batchId}>
          {sentence(codes, batchId !== null)}
          {batchId && <Link url={`/app/batches/${batchId}`}>See their batch</Link>}
        </p>
      ))}
    </Banner>
  );
}

function sentence(codes: number, isMadeAgain: boolean): string {
  const subject = codes === 1 ? "1 code" : `${codes.toLocaleString("en")} codes`;
  if (!isMadeAgain) return `Making ${subject} of this batch again was cancelled.`;
  const were = codes === 1 ? "was" : "were";
  return `${subject} of this batch ${were} missing in Shopify, and ${codes === 1 ? "is" : "are"} made again in another batch. `;
}
