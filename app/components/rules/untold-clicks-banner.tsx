import { Banner } from "@shopify/polaris";

/** Without it nothing would tell a merchant that one partner's code and click are taken for two partners'. */
export function UntoldClicksBanner() {
  return (
    <Banner
      tone="warning"
      title="impact.com does not say whose clicks are"
      action={{ content: "Connect again", url: "/app/impact" }}
    >
      <p>
        As long as it doesn't, a partner's code earns the order whatever click came with it, and
        your rule gives clicks nothing there. At impact.com, under Settings → Technical → API, give
        the access token the permission Clicks, then disconnect impact.com here and connect it
        again. Orders that come after that are judged by whose click it was.
      </p>
    </Banner>
  );
}
