import { Banner } from "@shopify/polaris";

/** In place of the forms that would make codes nobody could use. */
export function EndedBanner({ discountId, sentence }: { discountId: string; sentence: string }) {
  const action = { content: "Open the discount", url: `/app/discounts/${discountId}` };
  return (
    <Banner tone="warning" title="This discount takes no more codes" action={action}>
      <p>{sentence}</p>
    </Banner>
  );
}
