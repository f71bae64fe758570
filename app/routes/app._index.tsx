import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Page } from "@shopify/polaris";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { services } from "#app/services.server.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateShop(request);
  return json(await services.readHome(shop));
}

export default function Home() {
  const home = useLoaderData<typeof loader>();
  return <Page title="Partner Codes">{home.codes.all} codes</Page>;
}
