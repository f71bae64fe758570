import { useSearchParams, useSubmit } from "@remix-run/react";
import { BlockStack, Button, Card, InlineStack, Text, TextField } from "@shopify/polaris";
import type { AdoptionView } from "./adoption-view.server.ts";

/** From when the partners have their codes, what that changes of past orders, and the button. */
export function AdoptCard({ view, isBusy }: { view: AdoptionView; isBusy: boolean }) {
  const { toAdopt, assigned, since, earliest, today, late, isOurs, keptUntil } = view;
  const [, setQuery] = useSearchParams();
  const submit = useSubmit();
  const codes = toAdopt === 1 ? "1 code" : `${toAdopt.toLocaleString("en")} codes`;
  const verb = isOurs ? "Assign" : "Adopt";
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {isOurs ? "Assign them" : "Adopt them"}
        </Text>
        {assigned > 0 && (
          <TextField
            label="Belong to partners from"
            type="date"
            value={since}
            min={earliest}
            max={today}
            onChange={(day) =>
              setQuery({ since: day }, { replace: true, preventScrollReset: true })
            }
            autoComplete="off"
            helpText="Orders from that day on are the partners'. Today means from now on. impact.com takes none from before the earliest day."
          />
        )}
        <Text as="p">{sayLate(late)}</Text>
        <Text as="p" tone="subdued">
          {isOurs
            ? "Codes that get a partner are registered at impact.com."
            : "Nothing changes in Shopify: customers use the codes as before. Those with a partner are registered at impact.com, and registrations that stand there are taken over."}{" "}
          What was read is kept until {keptUntil}.
        </Text>
        <InlineStack>
          <Button
            variant="primary"
            loading={isBusy}
            disabled={toAdopt === 0}
            onClick={() => submit({ intent: "adopt", since }, { method: "post" })}
          >
            {toAdopt === 0 ? `Nothing to ${verb.toLowerCase()}` : `${verb} ${codes}`}
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

function sayLate({ orders, worth, more }: AdoptionView["late"]): string {
  if (orders === 0 && more === 0) return "No past order is attributed by it.";
  const counted = orders === 1 ? "1 past order" : `${orders.toLocaleString("en")} past orders`;
  const known = `${counted} from that day on, worth ${worth} after refunds, will be attributed to these partners too.`;
  if (more === 0) return known;
  return `${known} ${more.toLocaleString("en")} more may be as well: your rule for their clicks decides, or they are too many to be added up here.`;
}
