import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData, useNavigation, useSubmit } from "@remix-run/react";
import { Banner, BlockStack, Box, Card, Layout, Page, Text } from "@shopify/polaris";
import { z } from "zod";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { CodeTable } from "#app/components/discounts/code-table.tsx";
import { discountView, type DiscountView } from "#app/components/discounts/discount-view.server.ts";
import { PhaseBadge } from "#app/components/discounts/phase-badge.tsx";
import { ProgressCard } from "#app/components/discounts/progress-card.tsx";
import { TermsCard } from "#app/components/discounts/terms-card.tsx";
import { usePolling } from "#app/components/use-polling.ts";
import { useSuccessToast } from "#app/components/use-success-toast.ts";
import { services } from "#app/services.server.ts";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, timeZone } = await authenticateShop(request);
  const detail = await services.readDiscount({ shop, discountId: readDiscountId(params) });
  if (!detail) throw noSuchDiscount();
  return json(discountView(detail, { timeZone, now: new Date() }));
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { shop } = await authenticateShop(request);
  await services.retryDiscount({ shop, discountId: readDiscountId(params) });
  return json({ done: "Trying again" });
}

function readDiscountId(params: LoaderFunctionArgs["params"]): string {
  const id = z.uuid().safeParse(params["discountId"]);
  if (!id.success) throw noSuchDiscount();
  return id.data;
}

function noSuchDiscount(): Response {
  return new Response("This shop has no such discount of Partner Codes.", { status: 404 });
}

export default function DiscountPage() {
  const discount = useLoaderData<typeof loader>();
  const { title, shopifyId, terms, counts, codes } = discount;
  useSuccessToast(useActionData<typeof action>());
  usePolling(discount.isWorking);
  return (
    <Page
      title={title}
      titleMetadata={<PhaseBadge phase={terms.phase} />}
      backAction={{ content: "Discounts", url: "/app/discounts" }}
      secondaryActions={[
        { content: "Upload codes", url: `/app/discounts/${discount.id}/upload` },
        ...(shopifyId
          ? [{ content: "View in Shopify", url: `shopify:admin/discounts/${shopifyId}` }]
          : []),
      ]}
    >
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            <ProblemBanner {...discount} />
            <ProgressCard counts={counts} />
            <Card padding="0">
              <Box padding="400">
                <Text as="h2" variant="headingMd">
                  Codes
                </Text>
              </Box>
              <CodeTable rows={codes} />
            </Card>
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <TermsCard terms={terms} />
        </Layout.Section>
      </Layout>
    </Page>
  );
}

/** What stands in the way, and the button that tries again. */
function ProblemBanner(props: Pick<DiscountView, "batchProblem" | "canRetry" | "counts">) {
  const { batchProblem, canRetry, counts } = props;
  const submit = useSubmit();
  const isSubmitting = useNavigation().state === "submitting";
  if (!canRetry && !batchProblem) return null;
  const retry = {
    content: "Try again",
    loading: isSubmitting,
    onAction: () => submit(null, { method: "post" }),
  };
  const failed = counts.failed === 1 ? "1 code failed." : `${counts.failed} codes failed.`;
  return (
    <Banner tone={canRetry ? "critical" : "info"} {...(canRetry && { action: retry })}>
      <p>
        {counts.failed > 0 && `${failed} `}
        {batchProblem ?? "The reason stands beside each. Mend it, then try again."}
      </p>
    </Banner>
  );
}
