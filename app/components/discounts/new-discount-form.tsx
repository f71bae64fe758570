import { Form, useNavigate, useNavigation } from "@remix-run/react";
import { SaveBar, useAppBridge } from "@shopify/app-bridge-react";
import { BlockStack, Banner, PageActions } from "@shopify/polaris";
import { useRef, useState } from "react";
import type { CodeCheck } from "#app/core/codes/check-codes.ts";
import type { FieldProblem } from "#app/core/codes/discount-draft.ts";
import { ConditionsCard } from "./conditions-card.tsx";
import { emptyTerms, type DraftTerms } from "./draft-terms.ts";
import { PartnersCard } from "./partners-card.tsx";
import type { PickablePartner } from "./partner-picker.tsx";
import { useDraftCodes, type CodePartner } from "./use-draft-codes.ts";
import { useFieldErrors } from "./use-field-errors.ts";
import { ValueCard } from "./value-card.tsx";

interface Props {
  draftKey: string;
  currency: string;
  timeZone: string;
  today: string;
  partners: (PickablePartner & CodePartner)[];
  codesInUse: string[];
  refusal:
    | { fields: FieldProblem[]; codes: Pick<CodeCheck, "partnerId" | "code" | "problem">[] }
    | undefined;
}

export function NewDiscountForm({ currency, timeZone, today, partners, refusal, ...props }: Props) {
  // The first key stays: whatever is sent from this form makes one discount.
  const [draftKey] = useState(props.draftKey);
  const [inUse] = useState(() => new Set(props.codesInUse));
  const [terms, setTerms] = useState(() => emptyTerms(today));
  const { codes, toggle, typeCode } = useDraftCodes(numberIn(terms.value), inUse);
  const { errors, forget } = useFieldErrors(refusal?.fields);
  const change = (some: Partial<DraftTerms>) => {
    setTerms({ ...terms, ...some });
    forget(Object.keys(some));
  };
  const isDirty = codes.length > 0 || JSON.stringify(terms) !== JSON.stringify(emptyTerms(today));
  return (
    <Form method="post" id={FORM_ID}>
      <input type="hidden" name="draftKey" value={draftKey} />
      <BlockStack gap="400">
        {refusal && (
          <Banner tone="critical">
            <p>Nothing was made yet. What has to change stands beside its field.</p>
          </Banner>
        )}
        <ValueCard terms={terms} change={change} errors={errors} currency={currency} />
        <PartnersCard
          partners={partners}
          codes={codes}
          toggle={(partner) => {
            toggle(partner);
            forget(["partners"]);
          }}
          typeCode={typeCode}
          errors={errors}
          checks={refusal?.codes ?? []}
        />
        <ConditionsCard {...{ terms, change, errors, currency, timeZone }} />
      </BlockStack>
      <SaveActions isDirty={isDirty} />
    </Form>
  );
}

const FORM_ID = "new-discount";

/** The number a suggested code ends in: 15 for 15%. */
function numberIn(value: string): number {
  const number = Math.floor(Number(value.replace("%", "")));
  return Number.isSafeInteger(number) && number > 0 ? number : 0;
}

/** Shopify's save bar while there is something to save, and the same at the foot of the page. */
function SaveActions({ isDirty }: { isDirty: boolean }) {
  const shopify = useAppBridge();
  const navigate = useNavigate();
  const isSaving = useNavigation().formMethod === "POST";
  const form = useRef<HTMLSpanElement>(null);
  const save = () => form.current?.closest("form")?.requestSubmit();
  const discard = () => {
    void shopify.saveBar.hide(SAVE_BAR_ID);
    navigate("/app/discounts");
  };
  return (
    <span ref={form}>
      <SaveBar id={SAVE_BAR_ID} open={isDirty}>
        <button variant="primary" type="button" onClick={save} disabled={isSaving} />
        <button type="button" onClick={discard} disabled={isSaving} />
      </SaveBar>
      <PageActions
        primaryAction={{ content: "Create discount", onAction: save, loading: isSaving }}
      />
    </span>
  );
}

const SAVE_BAR_ID = "new-discount-save-bar";
