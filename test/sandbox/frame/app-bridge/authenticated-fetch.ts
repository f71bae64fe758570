const RETRY_HEADER = "X-Shopify-Retry-Invalid-Session-Request";

/**
 * Every request of the app to itself carries a fresh session token. A 401 that asks for it is sent
 * once more with another, as a token lives only a minute.
 */
export function authenticateFetch(idToken: () => Promise<string>): void {
  const plainFetch = window.fetch.bind(window);

  async function withToken(request: Request): Promise<Response> {
    request.headers.set("Authorization", `Bearer ${await idToken()}`);
    return plainFetch(request);
  }

  window.fetch = async (input, init) => {
    const request = new Request(input, init);
    const isOwn = new URL(request.url).origin === window.location.origin;
    if (!isOwn || request.headers.has("Authorization")) return plainFetch(request);

    const again = request.clone();
    const response = await withToken(request);
    if (response.status !== 401 || !response.headers.has(RETRY_HEADER)) return response;
    return withToken(again);
  };
}
