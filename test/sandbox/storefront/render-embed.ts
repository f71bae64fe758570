import { readFile } from "node:fs/promises";
import { Liquid, Tag, type TagToken, type TopLevelToken } from "liquidjs";
import type { Html } from "#test/sandbox/frame/server/html.ts";
import type { ClickEmbed } from "#test/sandbox/shopify/state.ts";

const EXTENSION = new URL("../../../extensions/click-capture/", import.meta.url);
/** Where the stand-in's CDN serves the extension's assets. */
export const EMBED_ASSETS = "/extensions/click-capture/assets/";

export interface EmbedContext {
  settings: ClickEmbed;
  cart: { item_count: number; attributes: Record<string, string> };
}

/** The app embed as a theme renders it before </body>, with Shopify's own tags and filters. */
export async function createEmbedRenderer(): Promise<(context: EmbedContext) => Html> {
  const liquid = new Liquid({ strictVariables: false });
  liquid.registerFilter("asset_url", (file: string) => EMBED_ASSETS + file);
  liquid.registerTag("schema", SchemaTag);
  const block = await readFile(new URL("blocks/click-capture.liquid", EXTENSION), "utf8");
  const template = liquid.parse(block);
  return ({ settings, cart }) => ({
    markup: String(liquid.renderSync(template, { block: { settings }, cart })),
  });
}

export function embedAsset(file: string): Promise<Buffer> {
  return readFile(new URL(`assets/${file}`, EXTENSION));
}

/** {% schema %} is for the theme editor: nothing of it is drawn. */
class SchemaTag extends Tag {
  constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
    super(token, remaining, liquid);
    while (remaining.length > 0) {
      const next = remaining.shift() as TagToken;
      if (next.name === "endschema") return;
    }
    throw new Error("{% schema %} has no end.");
  }

  override *render(): Generator<unknown, void, unknown> {
    // Nothing.
  }
}
