import { Banner, BlockStack, Text } from "@shopify/polaris";
import type { HomeView } from "./home-view.server.ts";

type Props = Pick<HomeView, "unregistered" | "isProgramChosen" | "orders" | "failedDeliveries">;

/** What costs partners money until the merchant looks at it. */
export function Warnings({ unregistered, isProgramChosen, orders, failedDeliveries }: Props) {
  return (
    <BlockStack gap="400">
      {unregistered > 0 && <Unregistered count={unregistered} isProgramChosen={isProgramChosen} />}
      {orders.failed > 0 && (
        <Banner
          tone="critical"
          action={{ content: "See failed orders", url: "/app/orders?state=failed" }}
        >
          <Headline>{`${many(orders.failed, "order", "orders")} could not be credited.`}</Headline>
          <p>The reason stands beside each order. Mend it, then send the order again.</p>
        </Banner>
      )}
      {failedDeliveries > 0 && (
        <Banner tone="critical" action={{ content: "See deliveries", url: "/app/orders" }}>
          <Headline>
            {`${many(failedDeliveries, "delivery", "deliveries")} from Shopify could not be used.`}
          </Headline>
          <p>Their orders are missing here and were not reported.</p>
        </Banner>
      )}
    </BlockStack>
  );
}

function Unregistered({ count, isProgramChosen }: { count: number; isProgramChosen: boolean }) {
  const verb = count === 1 ? "earns" : "earn";
  const action = isProgramChosen
    ? { content: "See codes", url: "/app/discounts" }
    : { content: "Set up impact.com", url: "/app/impact" };
  return (
    <Banner tone="warning" action={action}>
      <Headline>{`${many(count, "code", "codes")} live in Shopify ${verb} nobody yet.`}</Headline>
      <p>
        {isProgramChosen
          ? "Customers can use them, but they are not registered at impact.com yet. Their orders wait until they are."
          : "Customers can use them, but no impact.com program is chosen. Their orders wait until you choose one."}
      </p>
    </Banner>
  );
}

function Headline({ children }: { children: string }) {
  return (
    <Text as="p" fontWeight="semibold">
      {children}
    </Text>
  );
}

function many(count: number, one: string, several: string): string {
  return `${count} ${count === 1 ? one : several}`;
}
