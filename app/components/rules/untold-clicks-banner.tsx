import { Banner } from "@shopify/polaris";

/** Without it nothing would tell a merchant that one partner's code and click are taken for two partners'. */
export function UntoldClicksBanner() {
  return (
    <Banner
      tone="warning"
      title="impact.com doesn't tell whose clicks lead to your orders"
      action={{ content: "Connect another token", url: "/app/impact" }}
    >
      <p>
        So a partner's code earns the order whatever click came with it, and your rule can give
        clicks nothing. At impact.com, under Settings → Technical → API, edit the access token and
        tick Clicks; if you make a new token, disconnect impact.com here and connect it again with
        that. Orders that come after that are judged by whose click it was.
      </p>
    </Banner>
  );
}
