import { BlockStack, Box, Card, Text } from "@shopify/polaris";
import { Facts } from "../facts.tsx";
import { RecordTable, type Column } from "../record-table.tsx";
import type { ConversionView } from "./conversion-view.server.ts";

type Item = ConversionView["items"][number];

const COLUMNS: Column<Item>[] = [
  {
    title: "Item",
    phone: "start",
    wide: true,
    cell: ({ name, sku }) => (
      <>
        {name}
        <Text as="p" tone="subdued" variant="bodySm">
          {sku}
        </Text>
      </>
    ),
  },
  { title: "Category", phoneLabel: "Category", cell: ({ category }) => category },
  { title: "Quantity", phoneLabel: "Quantity", align: "end", cell: ({ quantity }) => quantity },
  { title: "Subtotal", phone: "end", align: "end", cell: ({ subtotal }) => subtotal },
];

const NOW: Column<Item> = {
  title: "Held now",
  phoneLabel: "Held now",
  align: "end",
  cell: ({ now }) => now ?? "Unchanged",
};

/** What impact.com was told of the order, and what it holds of it now. */
export function ConversionCard({ conversion }: { conversion: ConversionView }) {
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            {conversion.title ? `At impact.com: ${conversion.title}` : "Conversion at impact.com"}
          </Text>
          <Facts
            facts={[
              { term: "State", value: conversion.state },
              { term: "Problem", value: conversion.problem },
              { term: "Share", value: conversion.part },
              { term: "Next try", value: conversion.nextAttemptAt },
              { term: "Order number", value: conversion.impactOrderId },
              { term: "Code", value: conversion.code },
              { term: "Click id", value: conversion.clickId },
              { term: "Partner", value: conversion.partner },
              { term: "Amount reported", value: conversion.amount },
              { term: "Amount held now", value: conversion.held },
              { term: "Time of order", value: conversion.eventAt },
              { term: "Customer", value: conversion.customer },
              { term: "Program", value: conversion.programId },
              { term: "Event type", value: conversion.eventTypeId },
            ]}
          />
        </BlockStack>
      </Box>
      {conversion.items.length > 0 && (
        <RecordTable
          label="Items reported"
          columns={conversion.isChanged ? [...COLUMNS, NOW] : COLUMNS}
          rows={conversion.items}
        />
      )}
    </Card>
  );
}
