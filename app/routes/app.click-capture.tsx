import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { services } from "#app/services.server.ts";

export { clientAction, shouldRevalidate } from "#app/components/keep-form.ts";

/** Whether the checkout's pixel is on, of which Shopify is asked only once Home is there, and what else tells clicks. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateShop(request);
  const [read, { areRead, name }] = await Promise.all([
    services.readPixel(shop),
    services.readLandings(shop),
  ]);
  const landings = { landings: onOrOff(areRead), parameter: name ?? "" };
  return read.ok
    ? json({ ...landings, pixel: onOrOff(read.value.isOn) })
    : json({ ...landings, problem: read.problem.message });
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await authenticateShop(request);
  const form = await request.formData();
  const parameter = form.get("parameter");
  if (typeof parameter === "string") {
    const named = await services.nameClicks({ shop, name: parameter });
    return json(named.ok ? { done: "Name saved" } : { problem: named.problem.message });
  }
  const landings = form.get("landings");
  if (landings === "on" || landings === "off") {
    await services.turnLandings({ shop, isOn: landings === "on" });
    return json({ landings: onOrOff(landings === "on") });
  }
  const turned = await services.turnOnPixel(shop);
  return json(turned.ok ? { pixel: onOrOff(true) } : { problem: turned.problem.message });
}

function onOrOff(isOn: boolean): "on" | "off" {
  return isOn ? "on" : "off";
}
