import { json, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Banner, BlockStack, Card, Page } from "@shopify/polaris";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { pickedIn } from "#app/components/adopting/adopt-query.ts";
import { AdoptTabs, adoptTabIn } from "#app/components/adopting/adopt-tabs.tsx";
import { adoptableRow } from "#app/components/adopting/adoptable-view.server.ts";
import { ShopifyDiscounts } from "#app/components/adopting/shopify-discounts.tsx";
import { WholeSourceCard } from "#app/components/adopting/whole-source-card.tsx";
import type { AdoptionSource } from "#app/core/adopting/adoption.ts";
import { services } from "#app/services.server.ts";

export { clientAction, shouldRevalidate } from "#app/components/keep-form.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateShop(request);
  const query = new URL(request.url).searchParams;
  const tab = adoptTabIn(query);
  const draftKey = randomUUID();
  if (tab !== "shopify") {
    const { nobodys, isConnected } = await services.countNobodys(shop);
    return json({ tab, draftKey, nobodys, isConnected, list: null, problem: null });
  }
  const search = query.get("search")?.trim() ?? "";
  const after = query.get("after");
  const page = await services.listAdoptable({ shop, search, after });
  const list = {
    ...{ search, isFirst: after === null },
    rows: page.ok ? page.value.discounts.map(adoptableRow) : [],
    next: page.ok ? page.value.next : null,
  };
  const problem = page.ok ? null : page.problem.message;
  return json({ tab, draftKey, nobodys: 0, isConnected: false, list, problem });
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await authenticateShop(request);
  const form = await request.formData();
  const draftKey = z.uuid().safeParse(form.get("draftKey"));
  const source = sourceIn(form);
  if (!draftKey.success || !source) throw new Response("No such form", { status: 400 });
  const begun = await services.startAdoption({
    ...{ shop, draftKey: draftKey.data, source, discounts: pickedIn(form) },
  });
  if (!begun.ok) return json({ problem: begun.problem.message }, { status: 422 });
  return redirect(`/app/adopt/${begun.value.adoptionId}`);
}

function sourceIn(form: FormData): AdoptionSource | null {
  const kind = form.get("source");
  if (kind === "picked" || kind === "nobodys" || kind === "impact") return { kind };
  const search = form.get("search");
  return kind === "every" && typeof search === "string" ? { kind, search } : null;
}

export default function Adopt() {
  const { tab, draftKey, nobodys, isConnected, list, problem } = useLoaderData<typeof loader>();
  const said = useActionData<typeof action>()?.problem ?? problem;
  return (
    <Page
      title="Adopt codes"
      subtitle="Codes that live in Shopify already, whoever made them, are managed here from then on."
      backAction={{ content: "Codes", url: "/app/codes" }}
    >
      <BlockStack gap="400">
        {said && (
          <Banner tone="critical">
            <p>{said}</p>
          </Banner>
        )}
        <Card padding="0">
          <AdoptTabs tab={tab} />
          {list && <ShopifyDiscounts {...list} hasFailed={problem !== null} draftKey={draftKey} />}
          {tab !== "shopify" && (
            <WholeSourceCard key={tab} source={tab} {...{ nobodys, isConnected, draftKey }} />
          )}
        </Card>
      </BlockStack>
    </Page>
  );
}
