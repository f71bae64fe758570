import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { services } from "#app/services.server.ts";

/** Whether the checkout's pixel is on: Shopify is asked only once Home is there. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateShop(request);
  const read = await services.readPixel(shop);
  return json(read.ok ? { pixel: onOrOff(read.value.isOn) } : { problem: read.problem.message });
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await authenticateShop(request);
  const turned = await services.turnOnPixel(shop);
  return json(turned.ok ? { pixel: onOrOff(true) } : { problem: turned.problem.message });
}

function onOrOff(isOn: boolean): "on" | "off" {
  return isOn ? "on" : "off";
}
