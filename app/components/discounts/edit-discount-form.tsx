import { Form } from "@remix-run/react";
import { BlockStack } from "@shopify/polaris";
import type { TermsProblem } from "#app/core/codes/terms-draft.ts";
import { RefusedBanner } from "../refused-banner.tsx";
import type { DraftTerms } from "./draft-terms.ts";
import { SaveActions } from "./save-actions.tsx";
import { TermsCards, type TermsShop } from "./terms-cards.tsx";
import { useTermsForm } from "./use-terms-form.ts";

interface Props extends TermsShop {
  id: string;
  start: DraftTerms;
  hasBegun: boolean;
  refusal: { fields: TermsProblem[]; message: string | null } | undefined;
}

/** The terms of a discount that Shopify has made; its codes have pages of their own. */
export function EditDiscountForm({ id, start, hasBegun, refusal, ...shop }: Props) {
  const { fields, isDirty } = useTermsForm(start, refusal?.fields);
  return (
    <Form method="post">
      <input type="hidden" name="opened" value={JSON.stringify(start)} />
      <BlockStack gap="400">
        {refusal && (
          <RefusedBanner refusal={refusal}>
            {refusal.message ??
              "Nothing was changed yet. What has to change stands beside its field."}
          </RefusedBanner>
        )}
        <TermsCards {...fields} {...shop} isMade hasBegun={hasBegun} />
      </BlockStack>
      <SaveActions isDirty={isDirty} label="Save" backTo={`/app/discounts/${id}`} />
    </Form>
  );
}
