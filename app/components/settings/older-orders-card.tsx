import { useAppBridge } from "@shopify/app-bridge-react";
import { BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { useEffect, useState } from "react";

const SCOPE = "read_all_orders";

type Answer = "unknown" | "not-asked" | "granted" | "declined";

/** Asks Shopify for orders of any age; what is granted is Shopify's own to say. */
export function OlderOrdersCard() {
  const shopify = useAppBridge();
  const [answer, setAnswer] = useState<Answer>("unknown");
  useEffect(() => {
    void shopify.scopes.query().then(({ granted }) => {
      setAnswer(granted.includes(SCOPE) ? "granted" : "not-asked");
    });
  }, [shopify]);
  const ask = async () => {
    const { result } = await shopify.scopes.request([SCOPE]);
    setAnswer(result === "granted-all" ? "granted" : "declined");
  };
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Orders older than 60 days
        </Text>
        <Text as="p">
          Shopify tells this app of each change to an order. If such a notice is lost, the hourly
          check finds it, but only for orders placed within 60 days. Allow older ones if you take
          returns for longer: then a late refund is not missed, and the ledger compares 90 days one
          by one.
        </Text>
        {answer === "granted" ? (
          <Text as="p" fontWeight="semibold">
            Allowed. The ledger compares older orders now.
          </Text>
        ) : (
          <InlineStack>
            <Button disabled={answer === "unknown"} onClick={() => void ask()}>
              Allow older orders
            </Button>
          </InlineStack>
        )}
        {answer === "declined" && (
          <Text as="p">Not allowed. Everything else goes on as before.</Text>
        )}
      </BlockStack>
    </Card>
  );
}
