import { useAppBridge } from "@shopify/app-bridge-react";
import { Button } from "@shopify/polaris";
import { ClipboardIcon } from "@shopify/polaris-icons";

export function CopyButton({ text, label }: { text: string; label: string }) {
  const shopify = useAppBridge();
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    shopify.toast.show(`${text} copied`);
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
