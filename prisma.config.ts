import { PrismaPg } from "@prisma/adapter-pg";
import { defineConfig } from "prisma/config";

// No engine is downloaded: the schema engine is WebAssembly and speaks through adapter-pg.
export default defineConfig({
  schema: "prisma/schema.prisma",
  experimental: { adapter: true },
  engine: "js",
  adapter: async () => new PrismaPg({ connectionString: process.env["DATABASE_URL"] }),
});
