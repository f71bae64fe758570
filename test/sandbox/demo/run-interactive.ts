import { CREDENTIALS, type DemoWorld } from "./demo-world.ts";
import { seedStore } from "./seed-store.ts";
import { startDemo } from "./start-demo.ts";

/**
 * The whole demo until Ctrl-C: admin, storefront and the app. One store has been set up and has sold
 * a little; the other one has just installed the app.
 */
export async function runInteractive(): Promise<void> {
  const { world, close } = await startDemo();
  await seedStore(world);
  console.log(welcome(world));
  const stop = async () => {
    await close();
    process.exit(0);
  };
  process.once("SIGINT", () => void stop());
  process.once("SIGTERM", () => void stop());
}

function welcome({ frame, storefront, shop, yenShop }: DemoWorld): string {
  const handle = shop.domain.replace(".myshopify.com", "");
  return `
Partner Codes is running between a Shopify and an impact.com that live on this machine only.

  Open      ${frame.url}
  Buy at    ${storefront.url}/${handle}/   with the code ANNA15, for example

${shop.name} is set up and has sold a little. ${yenShop.name} has not been connected yet: switch
stores at the top, and connect it with Account SID ${CREDENTIALS.accountSid}
and Auth Token ${CREDENTIALS.authToken}.

Stop with Ctrl-C; nothing is kept.
`;
}
