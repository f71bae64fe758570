import { defineConfig } from "vite";

// What a process that only works loads: without pages it starts sooner and takes less memory.
export default defineConfig({
  build: {
    target: "es2022",
    ssr: "app/background.server.ts",
    outDir: "build/worker",
    copyPublicDir: false,
  },
});
