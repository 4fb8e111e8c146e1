import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Built by the root's `prepare` script, so that starting never builds. */
const config = defineConfig({ plugins: [react()], build: { outDir: "dist", emptyOutDir: true } });

export default config;
