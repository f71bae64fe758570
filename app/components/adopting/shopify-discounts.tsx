import { Box, Button, InlineStack, Pagination, Text } from "@shopify/polaris";
import { useState } from "react";
import { SearchField } from "../search-field.tsx";
import { AdoptableTable } from "./adoptable-table.tsx";
import type { AdoptableRow } from "./adoptable-view.server.ts";
import { useBeginAdoption } from "./use-begin-adoption.ts";

interface Props {
  search: string;
  rows: AdoptableRow[];
  /** Where the next page begins; null at the end. */
  next: string | null;
  isFirst: boolean;
  hasFailed: boolean;
  draftKey: string;
}

/** A page of Shopify's discounts; the codes of some of them, or of all, can be read. */
export function ShopifyDiscounts(props: Props) {
  const { search, rows, next, isFirst, hasFailed, draftKey } = props;
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const { begin, isBusy } = useBeginAdoption(draftKey);
  const shown = rows.filter(({ id }) => picked.has(id));
  const toggle = (id: string) => {
    const others = [...picked].filter((one) => one !== id);
    setPicked(new Set(picked.has(id) ? others : [...picked, id]));
  };
  return (
    <>
      <Box padding="300">
        <SearchField label="Search discounts in Shopify by title" value={search} />
      </Box>
      {rows.length > 0 && (
        <Box padding="300" borderBlockStartWidth="025" borderColor="border-secondary">
          <InlineStack gap="300" blockAlign="center">
            <Button
              variant="primary"
              disabled={shown.length === 0}
              loading={isBusy}
              onClick={() => begin({ kind: "picked" }, shown)}
            >
              {shown.length > 1 ? `Read codes of ${shown.length} discounts` : "Read codes"}
            </Button>
            <Button disabled={isBusy} onClick={() => begin({ kind: "every", search })}>
              {search ? "Read codes of all that match" : "Read codes of all discounts"}
            </Button>
            <Text as="span" tone="subdued">
              Nothing is adopted before you have seen what was found.
            </Text>
          </InlineStack>
        </Box>
      )}
      {rows.length > 0 && <AdoptableTable rows={rows} picked={picked} onToggle={toggle} />}
      {rows.length === 0 && !hasFailed && <NoneFound search={search} />}
      {(next !== null || !isFirst) && (
        <Box padding="300" borderBlockStartWidth="025" borderColor="border-secondary">
          <InlineStack align="center">
            <Pagination
              accessibilityLabel="Pages of discounts"
              hasPrevious={!isFirst}
              previousURL={`/app/adopt?${new URLSearchParams({ search })}`}
              previousTooltip="First page"
              hasNext={next !== null}
              {...(next !== null && {
                nextURL: `/app/adopt?${new URLSearchParams({ search, after: next })}`,
              })}
            />
          </InlineStack>
        </Box>
      )}
    </>
  );
}

function NoneFound({ search }: { search: string }) {
  const text = search
    ? `No discount in Shopify has “${search}” in its title.`
    : "Shopify has no discount with codes yet.";
  return (
    <Box padding="600" borderBlockStartWidth="025" borderColor="border-secondary">
      <Text as="p" tone="subdued" alignment="center">
        {text}
      </Text>
    </Box>
  );
}
