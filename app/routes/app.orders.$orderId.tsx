import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData, useNavigation, useSubmit } from "@remix-run/react";
import { Banner, BlockStack, Layout, Page } from "@shopify/polaris";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { ArithmeticCard } from "#app/components/orders/arithmetic-card.tsx";
import { ConversionCard } from "#app/components/orders/conversion-card.tsx";
import { DecisionCard } from "#app/components/orders/decision-card.tsx";
import { OrderStateBadge } from "#app/components/orders/order-state-badge.tsx";
import { orderView, type OrderView } from "#app/components/orders/order-view.server.ts";
import { TimelineCard } from "#app/components/orders/timeline-card.tsx";
import { usePolling } from "#app/components/use-polling.ts";
import { useSuccessToast } from "#app/components/use-success-toast.ts";
import { isOrderId, type OrderId } from "#app/core/ids.ts";
import { services } from "#app/services.server.ts";

export { clientAction, shouldRevalidate } from "#app/components/keep-form.ts";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, timeZone } = await authenticateShop(request);
  const history = await services.readOrder({ shop, orderId: readOrderId(params) });
  if (!history) throw noSuchOrder();
  return json(orderView(history, { timeZone }));
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { shop } = await authenticateShop(request);
  const retried = await services.retryOrder({ shop, orderId: readOrderId(params) });
  // Where nothing can help, the page says so by itself.
  return json(retried.ok ? { done: "Trying it again" } : {});
}

function readOrderId({ orderId = "" }: LoaderFunctionArgs["params"]): OrderId {
  if (!isOrderId(orderId)) throw noSuchOrder();
  return orderId;
}

function noSuchOrder(): Response {
  const sentence = "This shop has no such order, or it was placed before the app was installed.";
  return new Response(sentence, { status: 404 });
}

export default function OrderPage() {
  const order = useLoaderData<typeof loader>();
  const submit = useSubmit();
  const isSending = useNavigation().state === "submitting";
  useSuccessToast(useActionData<typeof action>());
  usePolling(order.isWaiting);
  const { retryLabel, connectLabel } = order;
  const retry = retryLabel !== null && {
    content: retryLabel,
    loading: isSending,
    onAction: () => submit(null, { method: "post" }),
  };
  const connect = connectLabel !== null && { content: connectLabel, url: "/app/impact" };
  const way = retry || connect;
  const tone = toneOf(order);
  return (
    <Page
      title={order.name}
      subtitle={`${order.placedAt} · ${order.amount} net${order.kept ? `, ${order.kept} of it kept` : ""}`}
      titleMetadata={<OrderStateBadge state={order.state} />}
      backAction={{ content: "Orders", url: "/app/orders" }}
      secondaryActions={[{ content: "View in Shopify", url: `shopify:admin/orders/${order.id}` }]}
    >
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            <Banner {...(order.state !== "ignored" && { tone })} {...(way && { action: way })}>
              <BlockStack gap="200">
                <p>{order.why}</p>
                {order.nextStep && <p>{order.nextStep}</p>}
              </BlockStack>
            </Banner>
            <DecisionCard decision={order.decision} />
            <ArithmeticCard arithmetic={order.arithmetic} />
            {order.conversions.map((conversion) => (
              <ConversionCard key={conversion.id} conversion={conversion} />
            ))}
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <TimelineCard timeline={order.timeline} />
        </Layout.Section>
      </Layout>
    </Page>
  );
}

function toneOf({ state, connectLabel }: Pick<OrderView, "state" | "connectLabel">) {
  if (state === "failed") return "critical";
  if (connectLabel !== null) return "warning";
  return state === "waiting" ? "info" : "success";
}
