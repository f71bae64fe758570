/* global document, fetch, location, PerformanceObserver, URLSearchParams, window */
// Notes the click id of an impact.com link in a first-party cookie and puts it on the cart, where the
// visitor allows it. Where there is no click it ends at once: nothing is asked, stored or drawn.
(({ days, parameter, items, held, heldAt }) => {
  const COOKIE = "pc_click";
  const keptFor = (Number(days) || 30) * 86400;
  // impact.com's click ids have up to 64 characters; a cookie takes these as they are (RFC 6265).
  const CLICK_ID = /^[!#-+\--:<-[\]-~]{1,64}$/;
  const query = new URLSearchParams(location.search);
  const landed = ["irclickid", "im_ref", parameter]
    .map((name) => (name && query.get(name)) || "")
    .find((id) => CLICK_ID.test(id));
  const { Shopify = {} } = window;
  let hasItems = Number(items) > 0;

  function isOver(seen) {
    return Date.now() / 1000 - seen > keptFor;
  }

  /** Seconds since 1970, a dot, the click id: the pixel reads the same. */
  function kept() {
    const [, seen, id] = /(?:^|; )pc_click=(\d{1,11})\.([^;]+)/.exec(document.cookie) || [];
    return id && CLICK_ID.test(id) && !isOver(seen) ? { seen: Number(seen), id } : null;
  }

  function keep(value, seconds) {
    document.cookie = `${COOKIE}=${value}; Max-Age=${seconds}; Path=/; SameSite=Lax; Secure`;
  }

  /** The one request there is: for a cart that does not carry what it should. */
  function putOnCart(id, seen) {
    held = id;
    const attributes = { irclickid: id, irclickid_seen: seen };
    fetch(`${Shopify.routes?.root ?? "/"}cart/update.js`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ attributes }),
      keepalive: true,
      priority: "low",
    }).catch(() => {});
  }

  function act() {
    const { customerPrivacy: privacy } = Shopify;
    if (!privacy) return;
    if (!privacy.marketingAllowed() || !privacy.saleOfDataAllowed()) {
      if (kept()) keep("", 0);
      if (held) putOnCart("", "");
      return;
    }
    const before = kept();
    const isNew = landed && landed !== before?.id;
    const click = isNew ? { seen: Math.floor(Date.now() / 1000), id: landed } : before;
    if (!click) {
      // A cart may outlive the cookie, but no click the days it is kept for.
      if (held && isOver(Date.parse(heldAt) / 1000)) putOnCart("", "");
      return;
    }
    if (isNew) keep(`${click.seen}.${click.id}`, keptFor);
    // An empty cart is left alone: making one here could cross with the visitor's first item.
    if (hasItems && held !== click.id) {
      putOnCart(click.id, new Date(click.seen * 1000).toISOString());
    }
  }

  function watchCart() {
    new PerformanceObserver((list) => {
      if (!list.getEntries().some(({ name }) => /\/cart\/add(\.js)?(\?|$)/.test(name))) return;
      // What the page was told of its cart may be of an older one.
      hasItems = true;
      act();
    }).observe({ type: "resource", buffered: true });
  }

  if (Shopify.designMode || !(landed || kept() || held) || !Shopify.loadFeatures) return;
  Shopify.loadFeatures([{ name: "consent-tracking-api", version: "0.1" }], (error) => {
    if (error) return;
    act();
    watchCart();
    document.addEventListener("visitorConsentCollected", act);
  });
})(document.currentScript.dataset);
