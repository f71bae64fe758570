import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData, useNavigation, useSubmit } from "@remix-run/react";
import { Banner, BlockStack, Box, Card, Layout, Page, Text } from "@shopify/polaris";
import { z } from "zod";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { CodePaging } from "#app/components/discounts/code-paging.tsx";
import { CodeTable } from "#app/components/discounts/code-table.tsx";
import { discountView, type DiscountView } from "#app/components/discounts/discount-view.server.ts";
import { PhaseBadge } from "#app/components/discounts/phase-badge.tsx";
import { ProgressCard } from "#app/components/discounts/progress-card.tsx";
import { TermsCard } from "#app/components/discounts/terms-card.tsx";
import { usePolling } from "#app/components/use-polling.ts";
import { useSuccessToast } from "#app/components/use-success-toast.ts";
import type { CodesBeside } from "#app/core/ports/code-stores.ts";
import { services } from "#app/services.server.ts";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, timeZone } = await authenticateShop(request);
  const asked = { shop, discountId: readDiscountId(params), beside: besideIn(request) };
  const detail = await services.readDiscount(asked);
  if (!detail) throw noSuchDiscount();
  return json(discountView(detail, { timeZone, now: new Date() }));
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { shop } = await authenticateShop(request);
  await services.retryDiscount({ shop, discountId: readDiscountId(params) });
  return json({ done: "Trying again" });
}

/** The address says which page: the codes after one, or before it. */
function besideIn(request: Request): CodesBeside | null {
  const query = new URL(request.url).searchParams;
  const after = query.get("after");
  const before = query.get("before");
  if (after) return { side: "after", code: after };
  return before ? { side: "before", code: before } : null;
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
  const { id, title, shopifyId, terms, codes } = discount;
  useSuccessToast(useActionData<typeof action>());
  usePolling(discount.isWorking);
  return (
    <Page
      title={title}
      titleMetadata={<PhaseBadge phase={terms.phase} />}
      backAction={{ content: "Discounts", url: "/app/discounts" }}
      primaryAction={{ content: "Add codes", url: `/app/discounts/${id}/draw` }}
      secondaryActions={[
        { content: "Upload codes", url: `/app/discounts/${id}/upload` },
        { content: "Change codes", url: `/app/codes/change?discount=${id}` },
        { content: "Hand out codes", url: `/app/hand-outs?discount=${id}` },
        ...(shopifyId
          ? [{ content: "View in Shopify", url: `shopify:admin/discounts/${shopifyId}` }]
          : []),
      ]}
    >
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            <ProblemBanner {...discount} />
            <ProgressCard {...discount} />
            <Card padding="0">
              <Box padding="400">
                <Text as="h2" variant="headingMd">
                  Codes
                </Text>
              </Box>
              {codes.length > 0 ? (
                <CodeTable rows={codes} />
              ) : (
                <Box padding="400" paddingBlockStart="0">
                  <Text as="p" tone="subdued">
                    This discount has no codes here. Add codes to give partners theirs.
                  </Text>
                </Box>
              )}
              <CodePaging {...discount} />
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
  const failed =
    counts.failed === 1 ? "1 code failed." : `${counts.failed.toLocaleString("en")} codes failed.`;
  return (
    <Banner tone={canRetry ? "critical" : "info"} {...(canRetry && { action: retry })}>
      <p>
        {counts.failed > 0 && `${failed} `}
        {batchProblem ?? "The reason stands beside each. Mend it, then try again."}
      </p>
    </Banner>
  );
}
