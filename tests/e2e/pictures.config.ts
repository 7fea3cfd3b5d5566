/* `npm run screenshots` and `npm run readme-images`: pictures, not tests. */
import { defineConfig } from "@playwright/test";
import config from "./playwright.config";

export default defineConfig(config, {
  testMatch: "*.pictures.ts",
  workers: 1,
  timeout: 600_000,
});
