import { useFetcher, useRouteLoaderData } from "@remix-run/react";
import { BlockStack, Button, Card, InlineError, Text } from "@shopify/polaris";
import { useEffect } from "react";
import type { loader as rootLoader } from "#app/root.tsx";
import type { action, loader } from "#app/routes/app.click-capture.tsx";
import { CLICK_CAPTURE } from "./click-capture-route.ts";
import { LandingPart } from "./landing-part.tsx";
import { Part } from "./part.tsx";
import { useEmbedState } from "./use-embed-state.ts";

/** Whether clicks on partners' links are noted, in the theme and at the checkout, and how to turn that on. */
export function ClickCaptureCard() {
  const embed = useEmbedState();
  const root = useRouteLoaderData<typeof rootLoader>("root");
  const reading = useFetcher<typeof loader>();
  const turning = useFetcher<typeof action>();
  const { load } = reading;
  useEffect(() => load(CLICK_CAPTURE), [load]);
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
          name="In your published theme"
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
            onClick={() => turning.submit(null, { method: "post", action: CLICK_CAPTURE })}
          >
            Turn on
          </Button>
        </Part>
        {answer && "problem" in answer && (
          <InlineError message={answer.problem} fieldID="checkout-pixel" />
        )}
        <LandingPart
          state={reading.data?.landings ?? "unknown"}
          parameter={reading.data?.parameter ?? ""}
        />
      </BlockStack>
    </Card>
  );
}

/** Opens the theme editor with the embed chosen; the merchant saves it there. */
function editorUrl(apiKey: string): string {
  return `shopify://admin/themes/current/editor?context=apps&activateAppId=${apiKey}/click-capture`;
}
