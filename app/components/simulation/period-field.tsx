import { Button, ButtonGroup, InlineStack, TextField } from "@shopify/polaris";
import { useState } from "react";

interface Props {
  first: string;
  error: string | undefined;
}

const USUAL = ["7", "30", "90"];

/** Of how many days the orders are tried: any number that can be, and the usual ones by one press. */
export function PeriodField({ first, error }: Props) {
  const [period, setPeriod] = useState(first);
  return (
    <InlineStack gap="300" blockAlign="start">
      <TextField
        label="Days back from now"
        {...(!error && { helpText: "From 7 to 90." })}
        name="period"
        value={period}
        onChange={setPeriod}
        inputMode="numeric"
        autoComplete="off"
        suffix="days"
        error={error ?? false}
        connectedRight={
          <ButtonGroup variant="segmented">
            {USUAL.map((days) => (
              <Button
                key={days}
                size="large"
                pressed={period === days}
                onClick={() => setPeriod(days)}
                accessibilityLabel={`The last ${days} days`}
              >
                {days}
              </Button>
            ))}
          </ButtonGroup>
        }
      />
    </InlineStack>
  );
}
