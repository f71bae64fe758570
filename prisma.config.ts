import { PrismaPg } from "@prisma/adapter-pg";
import { defineConfig } from "prisma/config";

// `generate` connects to nothing, but without this variable Prisma wants to download an engine.
process.env["DATABASE_URL"] ??= "postgresql://127.0.0.1/none";

// No engine is downloaded: the schema engine is WebAssembly and speaks through adapter-pg.
export default defineConfig({
  schema: "prisma/schema.prisma",
  experimental: { adapter: true },
  engine: "js",
  adapter: async () => new PrismaPg({ connectionString: process.env["DATABASE_URL"] }),
});
