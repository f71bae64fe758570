import { useFetcher, useRouteLoaderData } from "@remix-run/react";
import { Badge, BlockStack, Button, Card, InlineError, InlineStack, Text } from "@shopify/polaris";
import { useEffect, type ReactNode } from "react";
import type { loader as rootLoader } from "#app/root.tsx";
import type { action, loader } from "#app/routes/app.click-capture.tsx";
import { useEmbedState, type PartState } from "./use-embed-state.ts";

const ROUTE = "/app/click-capture";

/** Whether clicks on partners' links are noted, in the theme and at the checkout, and how to turn that on. */
export function ClickCaptureCard() {
  const embed = useEmbedState();
  const root = useRouteLoaderData<typeof rootLoader>("root");
  const reading = useFetcher<typeof loader>();
  const turning = useFetcher<typeof action>();
  const { load } = reading;
  useEffect(() => load(ROUTE), [load]);
  const answer = turning.data ?? reading.data;
  const pixel = answer && "pixel" in answer ? answer.pixel : "unknown";
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd">
            Clicks on partners’ links
          </Text>
          <Text as="p" tone="subdued">
            Notes which impact.com link brought a customer, and keeps it with the order. In the
            theme and at the checkout nothing is stored where a visitor declines tracking.
          </Text>
        </BlockStack>
        <Part
          name="In your theme"
          state={embed}
          text="Keeps the click until the customer orders, and puts it on the cart."
        >
          <Button url={editorUrl(root?.apiKey ?? "")} target="_top">
            Turn on in the theme editor
          </Button>
        </Part>
        <Part
          name="At the checkout"
          state={pixel}
          text="Tells of clicks on orders that never had a cart, as with “Buy it now”."
        >
          <Button
            accessibilityLabel="Turn on at the checkout"
            loading={turning.state !== "idle"}
            onClick={() => turning.submit(null, { method: "post", action: ROUTE })}
          >
            Turn on
          </Button>
        </Part>
        {answer && "problem" in answer && (
          <InlineError message={answer.problem} fieldID="checkout-pixel" />
        )}
        <LandingPart state={reading.data?.landings ?? "unknown"} />
      </BlockStack>
    </Card>
  );
}

/** Off unless the merchant wants it: Shopify notes landing pages whatever the visitor allowed. */
function LandingPart({ state: read }: { state: PartState }) {
  const turning = useFetcher<typeof action>();
  const answer = turning.data;
  const state = answer && "landings" in answer ? answer.landings : read;
  const turn = (landings: "on" | "off") => (
    <Button
      accessibilityLabel={`Turn ${landings} by the landing page`}
      loading={turning.state !== "idle"}
      onClick={() => turning.submit({ landings }, { method: "post", action: ROUTE })}
    >
      {`Turn ${landings}`}
    </Button>
  );
  return (
    <Part
      name="By the landing page"
      state={state}
      text="Shopify notes the page a visit began at, also where the visitor declined tracking. Turn it on only if your visitors’ consent isn’t needed for that. It holds for orders placed from then on."
      turnOff={turn("off")}
    >
      {turn("on")}
    </Part>
  );
}

interface PartProps {
  name: string;
  state: PartState;
  text: string;
  /** How to turn it on. */
  children: ReactNode;
  turnOff?: ReactNode;
}

function Part({ name, state, text, children, turnOff }: PartProps) {
  return (
    <InlineStack align="space-between" blockAlign="center" gap="200">
      <BlockStack gap="100">
        <InlineStack align="start" gap="200" blockAlign="center">
          <Text as="h3" fontWeight="semibold">
            {name}
          </Text>
          {state === "on" && <Badge tone="success">On</Badge>}
          {state === "off" && <Badge>Off</Badge>}
        </InlineStack>
        <p>{text}</p>
      </BlockStack>
      {state === "off" && children}
      {state === "on" && turnOff}
    </InlineStack>
  );
}

/** Opens the theme editor with the embed chosen; the merchant saves it there. */
function editorUrl(apiKey: string): string {
  return `shopify://admin/themes/current/editor?context=apps&activateAppId=${apiKey}/click-capture`;
}
