import { Form } from "@remix-run/react";
import { Box, Button, InlineStack, TextField } from "@shopify/polaris";
import { useState } from "react";
import { PERIOD_DAYS } from "#app/core/ledger/ledger-period.ts";
import type { LedgerView } from "./ledger-view.server.ts";

type Props = Pick<LedgerView, "days" | "firstDay" | "lastDay"> & { isLoading: boolean };

/** Today, some days that end today, or any two dates. */
export function PeriodPicker({ days, firstDay, lastDay, isLoading }: Props) {
  return (
    <Box paddingInline={{ xs: "400", sm: "0" }}>
      <InlineStack align="space-between" blockAlign="end" gap="300">
        <nav aria-label="Period">
          <InlineStack gap="200">
            {PERIOD_DAYS.map((each) => (
              <Button
                key={each}
                url={`/app/ledger?days=${each}`}
                variant={each === days ? "primary" : "secondary"}
                size="slim"
              >
                {each === 1 ? "Today" : `${each} days`}
              </Button>
            ))}
          </InlineStack>
        </nav>
        <Dates key={`${firstDay}/${lastDay}`} {...{ firstDay, lastDay, isLoading }} />
      </InlineStack>
    </Box>
  );
}

function Dates({ firstDay, lastDay, isLoading }: Omit<Props, "days">) {
  const [from, setFrom] = useState(firstDay);
  const [to, setTo] = useState(lastDay);
  return (
    <Form method="get">
      <InlineStack gap="200" blockAlign="end">
        <TextField
          label="From"
          type="date"
          name="from"
          value={from}
          onChange={setFrom}
          autoComplete="off"
        />
        <TextField
          label="To"
          type="date"
          name="to"
          value={to}
          onChange={setTo}
          autoComplete="off"
        />
        <Button submit loading={isLoading} disabled={from === "" || to === ""}>
          Show
        </Button>
      </InlineStack>
    </Form>
  );
}
