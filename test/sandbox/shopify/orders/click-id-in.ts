/** impact.com puts the click id on the landing URL under either name. */
const CLICK_PARAMETERS = ["irclickid", "im_ref"] as const;

export interface LandingClick {
  parameter: (typeof CLICK_PARAMETERS)[number];
  clickId: string;
}

/** Takes a full URL or a path with a query. */
export function clickIdIn(landingUrl: string): LandingClick | null {
  const { searchParams } = new URL(landingUrl, "https://landing.example");
  for (const parameter of CLICK_PARAMETERS) {
    const clickId = searchParams.get(parameter);
    if (clickId) return { parameter, clickId };
  }
  return null;
}
