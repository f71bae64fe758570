import { fileURLToPath } from "node:url";
import { build } from "vite";

/** Bundles a browser entry, beside this file or at a URL of its own, into one classic script. */
export async function browserScript(entry: string | URL, { minify = false } = {}): Promise<string> {
  const nodeEnv = process.env["NODE_ENV"];
  const result = await build({
    configFile: false,
    logLevel: "error",
    define: { "process.env.NODE_ENV": JSON.stringify("production") },
    esbuild: { jsxDev: false },
    build: {
      write: false,
      minify: minify && "esbuild",
      target: "es2022",
      lib: {
        entry: fileURLToPath(new URL(entry, import.meta.url)),
        formats: ["iife"],
        name: "sandbox",
      },
    },
  });
  // Vite's build makes the whole process a production one when nobody had said.
  if (nodeEnv === undefined) Reflect.deleteProperty(process.env, "NODE_ENV");
  const [output] = Array.isArray(result) ? result : [result];
  const chunk = output && "output" in output ? output.output[0] : undefined;
  if (!chunk) throw new Error(`Vite made nothing of ${entry}.`);
  return chunk.code;
}
