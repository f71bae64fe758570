import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Banner, BlockStack, Page } from "@shopify/polaris";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { EndedBanner } from "#app/components/discounts/ended-banner.tsx";
import { FileCard } from "#app/components/uploads/file-card.tsx";
import { MappingCard } from "#app/components/uploads/mapping-card.tsx";
import { useUpload } from "#app/components/uploads/use-upload.ts";
import { isRowId } from "#app/core/ids.ts";
import { services } from "#app/services.server.ts";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop } = await authenticateShop(request);
  const discountId = params["discountId"] ?? "";
  const detail = isRowId(discountId) ? await services.readDiscount({ shop, discountId }) : null;
  if (!detail) {
    throw new Response("This shop has no such discount of Partner Codes.", { status: 404 });
  }
  return json({ id: discountId, title: detail.discount.title, ended: detail.ended });
}

export default function UploadCodes() {
  const { id, title, ended } = useLoaderData<typeof loader>();
  const uploading = useUpload(
    `/app/discounts/${id}/upload/check`,
    ({ uploadId }) => `/app/uploads/${uploadId}`,
  );
  const { problem, asked } = uploading;
  return (
    <Page
      narrowWidth
      title="Upload codes"
      subtitle={title}
      backAction={{ content: title, url: `/app/discounts/${id}` }}
    >
      <BlockStack gap="400">
        {problem && (
          <Banner tone="critical">
            <p>{problem}</p>
          </Banner>
        )}
        {asked && <MappingCard key={JSON.stringify(asked)} {...uploading} asked={asked} />}
        {ended ? <EndedBanner discountId={id} sentence={ended} /> : <FileCard {...uploading} />}
      </BlockStack>
    </Page>
  );
}
