import { useNavigate } from "@remix-run/react";
import { Box, InlineGrid, Select, type SelectOption } from "@shopify/polaris";
import { SHORTEST_PART, type CodeFilter } from "#app/core/codes/code-selection.ts";
import { IMPACT_STATES, SHOPIFY_STATES } from "#app/core/codes/code-states.ts";
import type { CodeChoices } from "#app/core/codes/list-code-choices.ts";
import { namesApart } from "../names-apart.ts";
import { SearchField } from "../search-field.tsx";
import { codeQueryIn, codesUrl, fieldsOf, sortText, type CodeQuery } from "./code-query.ts";

const ANY: SelectOption = { label: "Any", value: "" };
const optionsOf = (labels: Record<string, string>) =>
  Object.entries(labels).map(([value, label]) => ({ label, value }));

const SHOPIFY: SelectOption[] = [ANY, ...optionsOf(SHOPIFY_STATES)];
const IMPACT: SelectOption[] = [
  ANY,
  ...optionsOf(IMPACT_STATES),
  { label: "Not registered", value: "unregistered" },
];
const USED: SelectOption[] = [
  ANY,
  { label: "On an order", value: "yes" },
  { label: "Never used", value: "no" },
];
const SORTS: SelectOption[] = [
  { label: "Newest first", value: "-created" },
  { label: "Oldest first", value: "created" },
  { label: "Code A–Z", value: "code" },
  { label: "Code Z–A", value: "-code" },
  { label: "Used lately", value: "-used" },
  { label: "Unused longest", value: "used" },
];

interface Props {
  query: CodeQuery;
  /** As typed. */
  search: string;
  choices: CodeChoices;
}

/** Each choice is a page of its own, so that it can be linked and left by the back button. */
export function CodeFilters({ query, search, choices }: Props) {
  const navigate = useNavigate();
  const { filter, sort } = query;
  const fields = fieldsOf(query);
  const select = (label: string, name: string, options: SelectOption[]) => ({
    label,
    options,
    value: fields.get(name) ?? "",
    onChange: (value: string) => {
      const changed = new URLSearchParams(fields);
      changed.set(name, value);
      void navigate(codesUrl(codeQueryIn(changed)));
    },
  });
  const keep = fieldsOf({ sort, filter: { ...filter, text: null } }).toString();
  return (
    <Box padding="300">
      <SearchField
        label="Search codes"
        value={search}
        keep={keep}
        helpText={`Finds any part of a code; fewer than ${SHORTEST_PART} characters, what codes begin with.`}
      />
      <Box paddingBlockStart="300">
        <InlineGrid columns={{ xs: 2, md: 3, lg: 6 }} gap="200">
          <Select {...select("Partner", "partner", partnerOptions(choices, filter))} />
          <Select {...select("Discount", "discount", discountOptions(choices))} />
          <Select {...select("Shopify", "shopify", SHOPIFY)} />
          <Select {...select("impact.com", "impact", IMPACT)} />
          <Select {...select("Use", "used", USED)} />
          <Select {...select("Sort", "sort", SORTS)} value={sortText(sort)} />
        </InlineGrid>
      </Box>
    </Box>
  );
}

function partnerOptions({ partners }: CodeChoices, { partnerId }: CodeFilter): SelectOption[] {
  const isKnown = partners.some((partner) => partner.partnerId === partnerId);
  const isStranger = partnerId !== null && partnerId !== "none" && !isKnown;
  return [
    ANY,
    { label: "Nobody", value: "none" },
    ...(isStranger ? [{ label: `Partner ${partnerId}`, value: partnerId }] : []),
    ...[...namesApart(partners)].map(([value, label]) => ({ label, value })),
  ];
}

function discountOptions({ discounts }: CodeChoices): SelectOption[] {
  return [
    ANY,
    ...discounts.map(({ discountId: value, title }) => ({ label: title || "Untitled", value })),
  ];
}
