import { Modal, TitleBar } from "@shopify/app-bridge-react";
import { BlockStack, Box } from "@shopify/polaris";
import type { DiscountView } from "./discount-view.server.ts";

export type Ending = "deactivate" | "delete";

interface Props {
  ending: Ending | null;
  discount: Pick<DiscountView, "title" | "counts">;
  onClose: () => void;
  onConfirm: (ending: Ending) => void;
}

/** Says what happens on either side before customers lose a discount. */
export function EndDiscountModal({ ending, discount, onClose, onConfirm }: Props) {
  const verb = ending === "delete" ? "Delete" : "Deactivate";
  return (
    <Modal open={ending !== null} onHide={onClose}>
      <Box padding="400">
        <BlockStack gap="200">
          {sentences(ending ?? "deactivate", discount.counts).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </BlockStack>
      </Box>
      <TitleBar title={`${verb} ${discount.title}?`}>
        <button variant="primary" tone="critical" onClick={() => onConfirm(ending ?? "deactivate")}>
          {verb}
        </button>
        <button onClick={onClose}>Not now</button>
      </TitleBar>
    </Modal>
  );
}

function sentences(ending: Ending, { live, registered }: DiscountView["counts"]): string[] {
  const codes = live === 1 ? "its code" : `its ${live.toLocaleString("en")} codes`;
  const stays = "Orders that came before stay with their partners.";
  if (ending === "deactivate") {
    return [
      `Customers can't use ${codes} any more, from now on until you activate it again.`,
      "At impact.com nothing changes: registrations stay.",
      stays,
    ];
  }
  return [
    `In Shopify the discount is deleted, and customers can't use ${codes} any more. This can't be undone.`,
    registered === 0
      ? "No code is registered at impact.com."
      : `At impact.com a batch ends ${registered === 1 ? "its registration" : `the ${registered.toLocaleString("en")} registrations`}; that of a code family ends when its last code is retired.`,
    `Here the codes stay as history, and those that were to be made later are not made. ${stays}`,
  ];
}
