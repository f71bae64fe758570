import { json, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData, useNavigation, useSubmit } from "@remix-run/react";
import {
  Banner,
  BlockStack,
  Box,
  Button,
  Card,
  InlineStack,
  Page,
  Pagination,
  Text,
} from "@shopify/polaris";
import { randomUUID } from "node:crypto";
import { useState } from "react";
import { z } from "zod";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { pickedField, pickedIn } from "#app/components/adopting/adopt-query.ts";
import { AdoptableTable } from "#app/components/adopting/adoptable-table.tsx";
import { adoptableRow } from "#app/components/adopting/adoptable-view.server.ts";
import { SearchField } from "#app/components/search-field.tsx";
import type { AdoptionSource } from "#app/core/adopting/adoption.ts";
import { services } from "#app/services.server.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateShop(request);
  const query = new URL(request.url).searchParams;
  const search = query.get("search")?.trim() ?? "";
  const after = query.get("after");
  const page = await services.listAdoptable({ shop, search, after });
  return json({
    ...{ search, isFirst: after === null, draftKey: randomUUID() },
    rows: page.ok ? page.value.discounts.map(adoptableRow) : [],
    next: page.ok ? page.value.next : null,
    problem: page.ok ? null : page.problem.message,
  });
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
  const { search, rows, next, isFirst, problem, ...data } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const [draftKey] = useState(data.draftKey);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const submit = useSubmit();
  const isBusy = useNavigation().state === "submitting";
  const shown = rows.filter(({ id }) => picked.has(id));
  const begin = (source: AdoptionSource["kind"]) => {
    const form = new FormData();
    form.set("draftKey", draftKey);
    form.set("source", source);
    form.set("search", search);
    for (const row of source === "picked" ? shown : []) form.append("discount", pickedField(row));
    submit(form, { method: "post" });
  };
  const toggle = (id: string) => {
    const others = [...picked].filter((one) => one !== id);
    setPicked(new Set(picked.has(id) ? others : [...picked, id]));
  };
  const said = answer?.problem ?? problem;
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
          <Box padding="300">
            <SearchField label="Search discounts in Shopify by title" value={search} />
          </Box>
          {rows.length > 0 && (
            <Box padding="300" borderBlockStartWidth="025" borderColor="border-secondary">
              <InlineStack gap="300" blockAlign="center">
                <Button
                  variant="primary"
                  disabled={shown.length === 0}
                  loading={isBusy}
                  onClick={() => begin("picked")}
                >
                  {shown.length > 1 ? `Read codes of ${shown.length} discounts` : "Read codes"}
                </Button>
                <Button disabled={isBusy} onClick={() => begin("every")}>
                  {search ? "Read codes of all that match" : "Read codes of all discounts"}
                </Button>
                <Text as="span" tone="subdued">
                  Nothing is adopted before you have seen what was found.
                </Text>
              </InlineStack>
            </Box>
          )}
          {rows.length > 0 ? (
            <AdoptableTable rows={rows} picked={picked} onToggle={toggle} />
          ) : (
            !problem && <NoneFound search={search} />
          )}
          {(next !== null || !isFirst) && (
            <Box padding="300" borderBlockStartWidth="025" borderColor="border-secondary">
              <InlineStack align="center">
                <Pagination
                  accessibilityLabel="Pages of discounts"
                  hasPrevious={!isFirst}
                  previousURL={`/app/adopt?${new URLSearchParams({ search })}`}
                  previousTooltip="First page"
                  hasNext={next !== null}
                  {...(next !== null && {
                    nextURL: `/app/adopt?${new URLSearchParams({ search, after: next })}`,
                  })}
                />
              </InlineStack>
            </Box>
          )}
        </Card>
      </BlockStack>
    </Page>
  );
}

function NoneFound({ search }: { search: string }) {
  const text = search
    ? `No discount in Shopify has “${search}” in its title.`
    : "Shopify has no discount with codes yet.";
  return (
    <Box padding="600" borderBlockStartWidth="025" borderColor="border-secondary">
      <Text as="p" tone="subdued" alignment="center">
        {text}
      </Text>
    </Box>
  );
}
