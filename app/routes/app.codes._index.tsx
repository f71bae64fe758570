import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData, useRouteLoaderData } from "@remix-run/react";
import { Banner, BlockStack, Box, Button, Card, EmptyState, Page, Text } from "@shopify/polaris";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { answerViewForm } from "#app/components/codes/answer-view-form.server.ts";
import { CodeFilters } from "#app/components/codes/code-filters.tsx";
import { codeListView } from "#app/components/codes/code-list-view.server.ts";
import { CodeList } from "#app/components/codes/code-list.tsx";
import {
  besideIn,
  codeQueryIn,
  fieldsOf,
  isFiltered,
  type CodeQuery,
  selectionFields,
} from "#app/components/codes/code-query.ts";
import { CodeNotices, type NoticesOf } from "#app/components/codes/code-notices.tsx";
import { CodeTabs } from "#app/components/codes/code-tabs.tsx";
import { ViewBar } from "#app/components/codes/view-bar.tsx";
import emptyPicture from "#app/components/empty-partners.svg";
import { TimeZoneNote } from "#app/components/time-zone-note.tsx";
import { useDownload } from "#app/components/use-download.ts";
import { useSuccessToast } from "#app/components/use-success-toast.ts";
import { services } from "#app/services.server.ts";
import type { loader as codesLoader } from "./app.codes.tsx";

export { clientAction, shouldRevalidate } from "#app/components/keep-form.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, timeZone } = await authenticateShop(request);
  const address = new URL(request.url).searchParams;
  const query = codeQueryIn(address);
  const beside = besideIn(address);
  const list = await services.listCodes({ shop, ...query, beside });
  return json({
    query,
    timeZone,
    search: address.get("search")?.trim() ?? "",
    address: address.toString(),
    list: codeListView(list, { timeZone }),
    notices: beside === null ? noticesOf(query) : null,
  });
}

/** Above all codes and above nobody's: whoever looks for something else is not kept from it. */
function noticesOf(query: CodeQuery): NoticesOf | null {
  if (!isFiltered(query)) return "all";
  const { partnerId, ...others } = query.filter;
  return partnerId === "none" && Object.values(others).every((value) => value === null)
    ? "nobodys"
    : null;
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await authenticateShop(request);
  const answer = await answerViewForm(shop, await request.formData());
  if (!answer) throw new Response(null, { status: 400 });
  return json(answer);
}

export default function Codes() {
  const { query, timeZone, search, address, list, notices } = useLoaderData<typeof loader>();
  const { choices, views } = useRouteLoaderData<typeof codesLoader>("routes/app.codes") ?? NONE;
  const answer = useActionData<typeof action>();
  const { start, loading, problem } = useDownload();
  useSuccessToast(answer);
  const isEmpty = list.matching === 0 && !isFiltered(query);
  const all = { kind: "matching", filter: query.filter } as const;
  const exportAll = () => start(`/app/codes/export?${selectionFields(all)}`);
  return (
    <Page
      title="Codes"
      subtitle="Every code of the shop, whose it is, and how far it is on both sides."
      secondaryActions={[
        ...(query.filter.partnerId === "none" ? [ASSIGN_TOGETHER] : []),
        { content: "Adopt codes", url: "/app/adopt" },
        {
          content: "Export",
          onAction: exportAll,
          loading: loading !== null,
          disabled: list.matching === 0,
        },
      ]}
    >
      <BlockStack gap="400">
        {problem && (
          <Banner tone="critical">
            <p>{problem}</p>
          </Banner>
        )}
        {notices && <CodeNotices of={notices} />}
        <Card padding={isEmpty ? "400" : "0"}>
          {isEmpty ? (
            <NoCodesYet />
          ) : (
            <>
              <CodeTabs query={query} views={views} />
              <CodeFilters query={query} search={search} choices={choices} />
              <ViewBar
                key={`${fieldsOf(query)} ${views.map(({ name }) => name).join()}`}
                query={query}
                views={views}
                problem={answer && "problem" in answer ? answer.problem : null}
              />
              {list.rows.length > 0 ? (
                <CodeList key={address} list={list} query={query} />
              ) : (
                <NoneMatches />
              )}
            </>
          )}
        </Card>
      </BlockStack>
      <TimeZoneNote timeZone={timeZone} />
    </Page>
  );
}

const ASSIGN_TOGETHER = { content: "Assign them together", url: "/app/adopt?at=nobodys" };

const NONE = { choices: { partners: [], discounts: [] }, views: [] };

function NoneMatches() {
  return (
    <Box padding="800" borderBlockStartWidth="025" borderColor="border-secondary">
      <BlockStack gap="300" inlineAlign="center">
        <Text as="p" tone="subdued">
          No code matches.
        </Text>
        <Button url="/app/codes">Show all codes</Button>
      </BlockStack>
    </Box>
  );
}

function NoCodesYet() {
  return (
    <EmptyState
      heading="No codes yet"
      image={emptyPicture}
      action={{ content: "See discounts", url: "/app/discounts" }}
      secondaryAction={{ content: "Adopt codes from Shopify", url: "/app/adopt" }}
    >
      <p>
        Codes are made with a discount, one or thousands for each partner. All of them show here.
      </p>
    </EmptyState>
  );
}
