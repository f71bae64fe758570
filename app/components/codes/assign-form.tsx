import { Form } from "@remix-run/react";
import { BlockStack, Button, Card, InlineStack, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { PartnerPicker, type PickablePartner } from "../discounts/partner-picker.tsx";

interface Props {
  code: string;
  partners: PickablePartner[];
  partnerId: string | null;
  /** yyyy-mm-dd in the shop's time zone. */
  since: string;
  earliest: string;
  today: string;
  isLoading: boolean;
}

/** Whose the code is, and since when; shows what that would change. */
export function AssignForm(props: Props) {
  const { code, partners, earliest, today, isLoading } = props;
  const [partnerId, setPartnerId] = useState(props.partnerId ?? "");
  const [since, setSince] = useState(props.since);
  const chosen = partners.find((partner) => partner.partnerId === partnerId);
  return (
    <Card>
      <Form method="get">
        <BlockStack gap="400">
          <input type="hidden" name="code" value={code} />
          <input type="hidden" name="partner" value={partnerId} />
          <PartnerPicker
            partners={partners}
            chosen={new Set(chosen ? [chosen.partnerId] : [])}
            onToggle={(partner) => setPartnerId(partner.partnerId)}
          />
          <Text as="p">{chosen ? `Partner: ${chosen.name}` : "No partner chosen yet."}</Text>
          <TextField
            label="The partner's since"
            type="date"
            name="since"
            value={since}
            min={earliest}
            max={today}
            onChange={setSince}
            autoComplete="off"
            helpText="Orders from that day on are the partner's. impact.com takes no older ones."
          />
          <InlineStack>
            <Button submit disabled={!chosen} loading={isLoading}>
              Show what changes
            </Button>
          </InlineStack>
        </BlockStack>
      </Form>
    </Card>
  );
}
