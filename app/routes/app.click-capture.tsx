import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { services } from "#app/services.server.ts";

/** Whether the checkout's pixel is on, of which Shopify is asked only once Home is there, and what else tells clicks. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateShop(request);
  const [read, areLandingsRead] = await Promise.all([
    services.readPixel(shop),
    services.areLandingsRead(shop),
  ]);
  const landings = onOrOff(areLandingsRead);
  return read.ok
    ? json({ landings, pixel: onOrOff(read.value.isOn) })
    : json({ landings, problem: read.problem.message });
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await authenticateShop(request);
  const landings = (await request.formData()).get("landings");
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
