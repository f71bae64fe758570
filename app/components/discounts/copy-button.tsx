import { useAppBridge } from "@shopify/app-bridge-react";
import { Button } from "@shopify/polaris";
import { ClipboardIcon } from "@shopify/polaris-icons";

interface Props {
  text: string;
  label: string;
  /** What the toast says was copied, where the text itself is long. */
  what?: string;
}

export function CopyButton({ text, label, what = text }: Props) {
  const shopify = useAppBridge();
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    shopify.toast.show(`${what} copied`);
  };
  return (
    <Button
      variant="tertiary"
      size="micro"
      icon={ClipboardIcon}
      accessibilityLabel={label}
      onClick={() => void copy()}
    />
  );
}
