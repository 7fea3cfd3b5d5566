/* A whole ballot in each language, at 320 px: chosen by the switch, read by its own words.
 * STIMMWERK_LANGS=all walks through all that are shipped, else through two: one that is
 * written from the right, and easy German, whose words are the longest. */
import { readdirSync } from "node:fs";
import type { Page } from "@playwright/test";
import { audit, both, fits } from "./axe";
import { expect, test } from "./fixtures";
import { locales, walkBallot, wordsOf } from "./walk";

const shipped = readdirSync(locales)
  .filter((name) => /^[\w-]+\.json$/.test(name))
  .map((name) => name.replace(".json", ""));
const all = process.env["STIMMWERK_LANGS"] === "all";
const walked = all ? shipped : ["ar", "de-simple"];

/* Colours are the same in all of them: in dark only where there is time. */
async function look(page: Page, name: string): Promise<void> {
  if (all) return both(page, name);
  await audit(page, name);
  return fits(page, name);
}

for (const lang of walked) {
  test(`a whole ballot in ${lang}`, async ({ place }) => {
    test.slow();
    const page = await place.open("/", {
      viewport: { width: 320, height: 640 },
    });
    await page.getByRole("combobox").first().selectOption(lang);
    const html = page.locator("html");
    await expect(html).toHaveAttribute("lang", lang);
    await expect(html).toHaveAttribute("dir", lang === "ar" ? "rtl" : "ltr");
    await walkBallot(place, page, wordsOf(lang), (name) =>
      look(page, `${lang}, ${name}`),
    );
  });
}
