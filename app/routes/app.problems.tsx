import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useFetcher, useLoaderData } from "@remix-run/react";
import { Banner, BlockStack, Card, EmptyState, Page } from "@shopify/polaris";
import { useState } from "react";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import emptyPicture from "#app/components/empty-orders.svg";
import { FailedBatchesCard, FailedCodesCard } from "#app/components/problems/failed-codes-card.tsx";
import { FailedGroupCard } from "#app/components/problems/failed-group-card.tsx";
import { ImpactWaitCard } from "#app/components/problems/impact-wait-card.tsx";
import { LostDeliveriesCard } from "#app/components/problems/lost-deliveries-card.tsx";
import { problemsView } from "#app/components/problems/problems-view.server.ts";
import { retryProblem } from "#app/components/problems/retry-problem.server.ts";
import { RetryAllModal } from "#app/components/problems/retry-all.tsx";
import { TimeZoneNote } from "#app/components/time-zone-note.tsx";
import { useSuccessToast } from "#app/components/use-success-toast.ts";
import { services } from "#app/services.server.ts";

export { clientAction, shouldRevalidate } from "#app/components/keep-form.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, timeZone } = await authenticateShop(request);
  return json(problemsView(await services.listProblems(shop), { timeZone }));
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await authenticateShop(request);
  return json(await retryProblem(services, shop, await request.formData()));
}

export default function ProblemsPage() {
  const { impactWaits, groups, retryable, codes, batches, deliveries, timeZone } =
    useLoaderData<typeof loader>();
  const [isAsking, setAsking] = useState(false);
  const fetcher = useFetcher<typeof action>();
  useSuccessToast(fetcher.data);
  const again = {
    isBusy: fetcher.state !== "idle",
    retry: (fields: Record<string, string>) => fetcher.submit(fields, { method: "post" }),
  };
  const isEmpty = [impactWaits, groups, codes, batches, deliveries].every(
    (list) => list.length === 0,
  );
  const problem = fetcher.data && "problem" in fetcher.data ? fetcher.data.problem : null;
  return (
    <Page
      title="Problems"
      subtitle="What needs you. Everything else goes on by itself."
      {...(retryable > 0 && {
        primaryAction: {
          content: "Try all orders again",
          loading: again.isBusy,
          onAction: () => setAsking(true),
        },
      })}
    >
      <BlockStack gap="400">
        {problem && (
          <Banner tone="critical">
            <p>{problem}</p>
          </Banner>
        )}
        {isEmpty && <NothingToDo />}
        {impactWaits.map((wait) => (
          <ImpactWaitCard key={wait.need} wait={wait} />
        ))}
        {groups.map((group) => (
          <FailedGroupCard key={group.reason} group={group} {...again} />
        ))}
        <FailedCodesCard rows={codes} {...again} />
        <FailedBatchesCard rows={batches} {...again} />
        <LostDeliveriesCard rows={deliveries} {...again} />
      </BlockStack>
      <TimeZoneNote timeZone={timeZone} />
      <RetryAllModal
        orders={retryable}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        retry={again.retry}
      />
    </Page>
  );
}

function NothingToDo() {
  return (
    <Card padding="0">
      <EmptyState
        heading="Nothing needs you"
        image={emptyPicture}
        action={{ content: "See orders", url: "/app/orders" }}
      >
        <p>
          Every order is reported, ignored with a reason, or on its way. What fails for a while is
          tried again by itself; what fails for good is listed here, with what to do about it.
        </p>
      </EmptyState>
    </Card>
  );
}
