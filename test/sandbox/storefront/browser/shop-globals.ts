/**
 * `window.Shopify` as a theme's pages have it: routes, and the Customer Privacy API, which comes only
 * when a script asks for it. Without consent's being needed everything is allowed until declined.
 */
interface Consent {
  marketing: boolean;
  analytics: boolean;
  preferences: boolean;
  sale_of_data: boolean;
}

const CONSENT = "_tracking_consent";
const { root = "/", needsConsent } = document.currentScript?.dataset ?? {};

function given(): Consent | null {
  const [, value] = new RegExp(`(?:^|; )${CONSENT}=([^;]*)`).exec(document.cookie) ?? [];
  return value ? (JSON.parse(decodeURIComponent(value)) as Consent) : null;
}

/** Sale of data is opted out of; the rest is opted in to, where consent is needed. */
function allows(purpose: keyof Consent): boolean {
  const isAllowedUnasked = purpose === "sale_of_data" || needsConsent !== "true";
  return given()?.[purpose] ?? isAllowedUnasked;
}

const customerPrivacy = {
  marketingAllowed: () => allows("marketing"),
  analyticsProcessingAllowed: () => allows("analytics"),
  preferencesProcessingAllowed: () => allows("preferences"),
  saleOfDataAllowed: () => allows("sale_of_data"),
  shouldShowBanner: () => needsConsent === "true" && given() === null,
  setTrackingConsent(consent: Consent, done: () => void) {
    const value = encodeURIComponent(JSON.stringify(consent));
    document.cookie = `${CONSENT}=${value}; Path=/; SameSite=Lax`;
    const detail = {
      marketingAllowed: consent.marketing,
      analyticsAllowed: consent.analytics,
      preferencesAllowed: consent.preferences,
      saleOfDataAllowed: consent.sale_of_data,
    };
    document.dispatchEvent(new CustomEvent("visitorConsentCollected", { detail }));
    done();
  },
};

const shopify: Record<string, unknown> = {
  routes: { root },
  loadFeatures(features: { name: string }[], done: (error?: Error) => void) {
    setTimeout(() => {
      const unknown = features.find(({ name }) => name !== "consent-tracking-api");
      if (unknown) return done(new Error(`There is no feature ${unknown.name}.`));
      shopify["customerPrivacy"] = customerPrivacy;
      done();
    });
  },
};
Object.assign(window, { Shopify: shopify });

/** The shop's own banner, over the page and not in it. */
function askForConsent(): void {
  const banner = document.querySelector<HTMLElement>("[data-consent-banner]");
  if (!banner || !customerPrivacy.shouldShowBanner()) return;
  banner.hidden = false;
  banner.addEventListener("click", (event) => {
    const answer = (event.target as HTMLElement).dataset["consent"];
    if (answer === undefined) return;
    const yes = answer === "yes";
    const consent = { marketing: yes, analytics: yes, preferences: yes, sale_of_data: yes };
    customerPrivacy.setTrackingConsent(consent, () => (banner.hidden = true));
  });
}

document.addEventListener("DOMContentLoaded", askForConsent);

export {};
