import { BlockStack, Card, FormLayout, Text } from "@shopify/polaris";
import type { CodeCheck } from "#app/core/codes/check-codes.ts";
import { normalizeCode } from "#app/core/codes/code-text.ts";
import { CodeField } from "./code-field.tsx";
import { PartnerPicker, type PickablePartner } from "./partner-picker.tsx";
import type { CodePartner, DraftCode } from "./use-draft-codes.ts";
import type { FieldErrors } from "./use-field-errors.ts";

interface Props {
  partners: (PickablePartner & CodePartner)[];
  codes: DraftCode[];
  toggle: (partner: CodePartner) => void;
  typeCode: (partnerId: string, code: string) => void;
  errors: FieldErrors;
  /** What saving found of each code. */
  checks: Pick<CodeCheck, "code" | "partnerId" | "problem">[];
}

/** Who gets a code, and which. */
export function PartnersCard({ partners, codes, toggle, typeCode, errors, checks }: Props) {
  const chosen = new Set(codes.map(({ partnerId }) => partnerId));
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Partners and their codes
        </Text>
        <FormLayout>
          <PartnerPicker
            partners={partners}
            chosen={chosen}
            onToggle={toggle}
            {...errors("partners")}
          />
          {codes.length === 0 && (
            <Text as="p" tone="subdued">
              Each partner you choose gets a code of their own. A code is suggested; you can change
              it.
            </Text>
          )}
          {codes.map((draft) => (
            <CodeField
              key={draft.partnerId}
              draft={draft}
              refusal={refusalOf(draft, checks)}
              onChange={(code) => typeCode(draft.partnerId, code)}
              onRemove={() => toggle(draft)}
            />
          ))}
        </FormLayout>
      </BlockStack>
    </Card>
  );
}

/** Only as long as the field still holds the code that was refused. */
function refusalOf(draft: DraftCode, checks: Props["checks"]): string | null {
  const check = checks.find(({ partnerId }) => partnerId === draft.partnerId);
  return check?.code === normalizeCode(draft.code) ? check.problem : null;
}
