import { useFetcher } from "@remix-run/react";
import { BlockStack } from "@shopify/polaris";
import { useEffect } from "react";
import type { loader } from "#app/routes/app.codes.notices.tsx";
import { FileHintCard } from "../files/file-hint-card.tsx";
import { UnassignedCard } from "./unassigned-card.tsx";

/** Above which list they stand. */
export type NoticesOf = "all" | "nobodys";

/**
 * What wants to be done about codes, above their list. It is asked for once the list is there: summing
 * it takes the longer the more orders a shop has, and nobody who looks for a code waits for it.
 */
export function CodeNotices({ of }: { of: NoticesOf }) {
  const { load, data } = useFetcher<typeof loader>();
  useEffect(() => load(`/app/codes/notices?of=${of}`), [load, of]);
  if (!data || (data.rows.length === 0 && !data.hint)) return null;
  return (
    <BlockStack gap="400">
      <UnassignedCard rows={data.rows} />
      {of === "all" && data.hint && <FileHintCard hint={data.hint} batchId={null} />}
    </BlockStack>
  );
}
