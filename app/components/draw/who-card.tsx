import { BlockStack, Card, Checkbox, FormLayout, InlineStack, Tag, Text } from "@shopify/polaris";
import { PartnerPicker, type PickablePartner } from "../discounts/partner-picker.tsx";

interface Props {
  all: PickablePartner[];
  everyone: boolean;
  partners: PickablePartner[];
  change: (some: { everyone?: boolean; partners?: PickablePartner[] }) => void;
  error: string | null;
}

/** Who gets codes. */
export function WhoCard({ all, everyone, partners, change, error }: Props) {
  const withContract = all.filter(({ hasContract }) => hasContract).length;
  const toggle = (partner: PickablePartner) => {
    const others = partners.filter(({ partnerId }) => partnerId !== partner.partnerId);
    change({ partners: others.length < partners.length ? others : [...partners, partner] });
  };
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Partners
        </Text>
        <FormLayout>
          <Checkbox
            label={`All ${withContract.toLocaleString("en")} partners with a contract`}
            name="everyone"
            checked={everyone}
            onChange={(isOn) => change({ everyone: isOn })}
            {...(everyone && error && { error })}
          />
          {!everyone && (
            <PartnerPicker
              partners={all}
              chosen={new Set(partners.map(({ partnerId }) => partnerId))}
              onToggle={toggle}
              {...(error && { error })}
            />
          )}
          {!everyone && partners.length > 0 && <Chosen partners={partners} remove={toggle} />}
        </FormLayout>
      </BlockStack>
    </Card>
  );
}

interface ChosenProps {
  partners: PickablePartner[];
  remove: (partner: PickablePartner) => void;
}

function Chosen({ partners, remove }: ChosenProps) {
  return (
    <InlineStack gap="200">
      {partners.map((partner) => (
        <Tag key={partner.partnerId} onRemove={() => remove(partner)}>
          {partner.name}
        </Tag>
      ))}
      {partners.map(({ partnerId }) => (
        <input key={partnerId} type="hidden" name="partnerId" value={partnerId} />
      ))}
    </InlineStack>
  );
}
