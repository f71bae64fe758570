import { Form } from "@remix-run/react";
import { BlockStack } from "@shopify/polaris";
import { useState } from "react";
import type { CodeCheck } from "#app/core/codes/check-codes.ts";
import type { FieldProblem } from "#app/core/codes/discount-draft.ts";
import { RefusedBanner } from "../refused-banner.tsx";
import type { DraftTerms } from "./draft-terms.ts";
import { PartnersCard } from "./partners-card.tsx";
import type { PickablePartner } from "./partner-picker.tsx";
import { SaveActions } from "./save-actions.tsx";
import { TermsCards, type TermsShop } from "./terms-cards.tsx";
import { useDraftCodes, type CodePartner } from "./use-draft-codes.ts";
import { useTermsForm } from "./use-terms-form.ts";

interface Props extends TermsShop {
  /** Whatever is sent from this form makes one discount. */
  draftKey: string;
  start: DraftTerms;
  partners: (PickablePartner & CodePartner)[];
  codesInUse: string[];
  refusal:
    | { fields: FieldProblem[]; codes: Pick<CodeCheck, "partnerId" | "code" | "problem">[] }
    | undefined;
}

export function NewDiscountForm({ currency, timeZone, partners, refusal, ...props }: Props) {
  const [inUse] = useState(() => new Set(props.codesInUse));
  const { fields, forget, isDirty } = useTermsForm(props.start, refusal?.fields);
  const { codes, toggle, typeCode } = useDraftCodes(numberIn(fields.terms.value), inUse);
  return (
    <Form method="post">
      <input type="hidden" name="draftKey" value={props.draftKey} />
      <BlockStack gap="400">
        {refusal && (
          <RefusedBanner refusal={refusal}>
            Nothing was made yet. What has to change stands beside its field.
          </RefusedBanner>
        )}
        <TermsCards {...fields} {...{ currency, timeZone }} isMade={false} hasBegun={false}>
          <PartnersCard
            partners={partners}
            codes={codes}
            toggle={(partner) => {
              toggle(partner);
              forget(["partners"]);
            }}
            typeCode={typeCode}
            errors={fields.errors}
            checks={refusal?.codes ?? []}
          />
        </TermsCards>
      </BlockStack>
      <SaveActions
        isDirty={isDirty || codes.length > 0}
        label="Create discount"
        backTo="/app/discounts"
      />
    </Form>
  );
}

/** The number a suggested code ends in: 15 for 15%. */
function numberIn(value: string): number {
  const number = Math.floor(Number(value.replace("%", "")));
  return Number.isSafeInteger(number) && number > 0 ? number : 0;
}
