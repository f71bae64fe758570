import type { BatchView } from "./batch-view.server.ts";
import { CancelBatchModal } from "./cancel-batch-modal.tsx";

interface Props {
  batch: BatchView;
  isOpen: boolean;
  onClose: () => void;
}

/** Says what cancelling does before it is done. */
export function CancelModal({ batch, isOpen, onClose }: Props) {
  if (batch.waitsUntil) {
    return (
      <CancelBatchModal isOpen={isOpen} onClose={onClose}>
        <p>
          {`Its codes are not made on ${batch.waitsUntil}, and others may have them. To make them after all, upload their rows again.`}
        </p>
      </CancelBatchModal>
    );
  }
  const waiting = batch.later.filter(({ isCancelled }) => !isCancelled);
  return (
    <CancelBatchModal isOpen={isOpen} onClose={onClose}>
      <p>{madeText(batch.counts.live)}</p>
      <p>
        Codes that Shopify is making at this moment are finished. All others are not made.
        {batch.isRestKept && " You can resume the batch later."}
      </p>
      {waiting.length > 0 && (
        <p>
          Codes of this file that start later have batches of their own, which are not cancelled.
        </p>
      )}
    </CancelBatchModal>
  );
}

function madeText(live: number): string {
  if (live === 0) return "No code is made so far.";
  const made = live === 1 ? "1 code is made." : `${live.toLocaleString("en")} codes are made.`;
  return `${made} What is made stays: customers can use it, and it is registered at impact.com.`;
}
