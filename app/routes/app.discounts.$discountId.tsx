import { json, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData, useSubmit } from "@remix-run/react";
import { Banner, BlockStack, Box, Card, Layout, Page, Text } from "@shopify/polaris";
import { useState } from "react";
import { z } from "zod";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { CodePaging } from "#app/components/discounts/code-paging.tsx";
import { CodeTable } from "#app/components/discounts/code-table.tsx";
import {
  ActivatedBanner,
  EndMovedBanner,
  LifeBanner,
  ProblemBanner,
  StartMovedBanner,
} from "#app/components/discounts/discount-banners.tsx";
import { discountView } from "#app/components/discounts/discount-view.server.ts";
import { EndDiscountModal, type Ending } from "#app/components/discounts/end-discount-modal.tsx";
import { pageActions } from "#app/components/discounts/page-actions.ts";
import { PhaseBadge } from "#app/components/discounts/phase-badge.tsx";
import { ProgressCard } from "#app/components/discounts/progress-card.tsx";
import { TermsCard } from "#app/components/discounts/terms-card.tsx";
import { usePolling } from "#app/components/use-polling.ts";
import { useSuccessToast } from "#app/components/use-success-toast.ts";
import type { EndAnswer } from "#app/core/codes/end-discount.ts";
import type { CodesBeside } from "#app/core/ports/code-stores.ts";
import { services } from "#app/services.server.ts";

export { clientAction, shouldRevalidate } from "#app/components/keep-form.ts";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, timeZone } = await authenticateShop(request);
  const asked = { shop, discountId: readDiscountId(params), beside: besideIn(request) };
  const detail = await services.readDiscount(asked);
  if (!detail) throw noSuchDiscount();
  const query = new URL(request.url).searchParams;
  const saved = query.get("saved");
  const batchId = z.uuid().safeParse(query.get("batch")).data ?? null;
  return json({ ...discountView(detail, { timeZone, now: new Date() }), saved, batchId });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { shop } = await authenticateShop(request);
  const asked = { shop, discountId: readDiscountId(params) };
  const form = new URLSearchParams(await request.text());
  switch (intent.parse(form.get("intent"))) {
    case "activate":
      return told(await services.switchDiscount({ ...asked, to: "active" }), "Activated");
    case "deactivate":
      return told(await services.switchDiscount({ ...asked, to: "inactive" }), "Deactivated");
    case "delete": {
      const answer = await services.deleteDiscount(asked);
      if (answer.ok && answer.batchId) return redirect(`/app/batches/${answer.batchId}`);
      return told(answer, "Deleted");
    }
    case "retry":
      await services.retryDiscount(asked);
      return json({ done: "Trying again", batchId: null });
  }
}

const intent = z.enum(["activate", "deactivate", "delete", "retry"]).catch("retry");

function told(answer: EndAnswer, done: string) {
  return answer.ok
    ? json({ done, batchId: answer.batchId ?? null })
    : json({ refused: answer.message }, 422);
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
  const { title, terms, codes, saved } = discount;
  const answer = useActionData<typeof action>();
  const submit = useSubmit();
  const [ending, setEnding] = useState<Ending | null>(null);
  const send = (intent: "activate" | Ending) => {
    setEnding(null);
    submit({ intent }, { method: "post" });
  };
  useSuccessToast(answer);
  usePolling(discount.isWorking);
  return (
    <Page
      title={title}
      titleMetadata={<PhaseBadge phase={terms.phase} />}
      backAction={{ content: "Discounts", url: "/app/discounts" }}
      {...pageActions(discount, { onEnd: setEnding, onActivate: () => send("activate") })}
    >
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            {answer && "refused" in answer && (
              <Banner tone="critical">
                <p>{answer.refused}</p>
              </Banner>
            )}
            {saved === "end" && <EndMovedBanner />}
            {saved === "start" && <StartMovedBanner batchId={discount.batchId} />}
            {answer && "done" in answer && answer.batchId && (
              <ActivatedBanner batchId={answer.batchId} />
            )}
            <LifeBanner {...discount} />
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
      <EndDiscountModal
        {...{ ending, discount }}
        onClose={() => setEnding(null)}
        onConfirm={send}
      />
    </Page>
  );
}
