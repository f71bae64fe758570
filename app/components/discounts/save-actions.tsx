import { useNavigate, useNavigation } from "@remix-run/react";
import { SaveBar, useAppBridge } from "@shopify/app-bridge-react";
import { PageActions } from "@shopify/polaris";
import { useRef } from "react";

interface Props {
  isDirty: boolean;
  /** On the button at the foot of the page. */
  label: string;
  /** Where discarding leads. */
  backTo: string;
}

/** Shopify's save bar while there is something to save, and the same at the foot of the page. */
export function SaveActions({ isDirty, label, backTo }: Props) {
  const shopify = useAppBridge();
  const navigate = useNavigate();
  const isSaving = useNavigation().formMethod === "POST";
  const form = useRef<HTMLSpanElement>(null);
  const save = () => form.current?.closest("form")?.requestSubmit();
  const discard = () => {
    void shopify.saveBar.hide(SAVE_BAR_ID);
    navigate(backTo);
  };
  return (
    <span ref={form}>
      <SaveBar id={SAVE_BAR_ID} open={isDirty}>
        <button variant="primary" type="button" onClick={save} disabled={isSaving} />
        <button type="button" onClick={discard} disabled={isSaving} />
      </SaveBar>
      <PageActions primaryAction={{ content: label, onAction: save, loading: isSaving }} />
    </span>
  );
}

const SAVE_BAR_ID = "discount-save-bar";
