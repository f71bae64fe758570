import { Banner, Link } from "@shopify/polaris";
import type { BatchView } from "./batch-view.server.ts";

/** What of a file starts later, and where it waits for that. */
export function LaterBanner({ batch }: { batch: BatchView }) {
  const { waitsUntil, later } = batch;
  const codes = (count: number) => (count === 1 ? "1 code" : `${count.toLocaleString("en")} codes`);
  if (waitsUntil) {
    return (
      <Banner tone="info">
        <p>
          These codes are made in Shopify on {waitsUntil}, when they start. Until then nobody can
          use them.
        </p>
      </Banner>
    );
  }
  if (later.length === 0) return null;
  return (
    <Banner tone="info">
      {later.map(({ id, codes: count, startsAt, isCancelled }) => (
        <p key={id}>
          {isCancelled
            ? `What of this file was to start on ${startsAt} was cancelled: `
            : `${codes(count)} of this file ${count === 1 ? "starts" : "start"} on ${startsAt}: `}
          <Link url={`/app/batches/${id}`}>see their batch</Link>
        </p>
      ))}
    </Banner>
  );
}
