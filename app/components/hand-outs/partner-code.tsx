import { BlockStack, Button, InlineStack, Link, Text } from "@shopify/polaris";
import { CodeText } from "../code-text.tsx";
import { CopyButton } from "../discounts/copy-button.tsx";
import styles from "./partner-code.module.css";
import type { PartnerCodeView } from "./partner-view.server.ts";

interface Props {
  code: PartnerCodeView;
  isLoading: boolean;
  onPicture: () => void;
}

/** One code of a partner: what to hand out, or why it is kept back. */
export function PartnerCode({ code, isLoading, onPicture }: Props) {
  const { code: name, link, terms, needsClick, picture, notReady, warning } = code;
  const { discountId, discount, brought } = code;
  return (
    <div className={styles["code"]}>
      {picture ? (
        <img className={styles["picture"]} src={picture} alt={`QR picture of ${name}`} />
      ) : (
        <div className={styles["picture"]} />
      )}
      <BlockStack gap="150">
        <InlineStack gap="100" blockAlign="center">
          <Text as="h3" variant="headingMd">
            <CodeText>{name}</CodeText>
          </Text>
          <CopyButton text={name} label={`Copy code ${name}`} />
        </InlineStack>
        {terms && <Text as="p">{terms}</Text>}
        {link && (
          <InlineStack gap="100" blockAlign="center" wrap={false}>
            <span className={styles["link"]}>{link}</span>
            <CopyButton text={link} label={`Copy link of ${name}`} what={`Link of ${name}`} />
          </InlineStack>
        )}
        {needsClick && (
          <Text as="p">Pays only where a click of the partner's came before as well.</Text>
        )}
        {notReady && (
          <Text as="p" tone="caution">
            {notReady}
          </Text>
        )}
        {warning && (
          <Text as="p" tone="caution">
            {`Easy to guess: ${warning}`}
          </Text>
        )}
        <Text as="p" tone="subdued">
          {`${brought} · `}
          <Link url={`/app/discounts/${discountId}`}>{discount}</Link>
        </Text>
        {picture && (
          <InlineStack>
            <Button
              size="slim"
              onClick={onPicture}
              loading={isLoading}
              accessibilityLabel={`Download QR picture of ${name}`}
            >
              Download QR picture
            </Button>
          </InlineStack>
        )}
      </BlockStack>
    </div>
  );
}
