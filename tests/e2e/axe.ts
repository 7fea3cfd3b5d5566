/* What everybody needs of a page: axe, and that nothing is cut off. */
import AxeBuilder from "@axe-core/playwright";
import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import { join } from "node:path";

/** No violation; of some rules only, if they are named. */
export async function audit(
  page: Page,
  name: string,
  rules?: string[],
): Promise<void> {
  const axe = new AxeBuilder({ page });
  const tags = [
    "wcag2a",
    "wcag2aa",
    "wcag21a",
    "wcag21aa",
    "wcag22aa",
    "best-practice",
  ];
  const found = await (
    rules ? axe.withRules(rules) : axe.withTags(tags)
  ).analyze();
  const told = found.violations.map(
    (one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ")}`,
  );
  expect(told, name).toEqual([]);
}

/** No violation, in light and in dark, where nothing but the colours is other. */
export async function clean(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await audit(page, `${name}, light`);
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await audit(page, `${name}, dark`, ["color-contrast", "link-in-text-block"]);
}

/** Nothing sticks out, and no title is squeezed to a letter a line. With a folder in
 * STIMMWERK_PICTURES a picture is kept. */
export async function fits(page: Page, name: string): Promise<void> {
  const folder = process.env["STIMMWERK_PICTURES"];
  if (folder)
    await page.screenshot({
      path: join(folder, `${name}.png`),
      fullPage: true,
    });
  const out = await page.evaluate(() => {
    const wide =
      document.documentElement.scrollWidth -
      document.documentElement.clientWidth;
    const narrow = [
      ...document.querySelectorAll<HTMLElement>("h1, h2, h3, strong, .citizen"),
    ]
      .filter(
        (one) => (one.textContent ?? "").length > 24 && !one.closest(".unseen"),
      )
      .filter((one) => one.checkVisibility())
      .filter((one) => {
        const { width } = one.getBoundingClientRect();
        const six = 6 * parseFloat(getComputedStyle(one).fontSize);
        return width < Math.min(six, 0.75 * innerWidth); // no page has more to give
      })
      .map((one) => one.textContent);
    const small = [
      ...document.querySelectorAll<HTMLElement>(
        "button, select, a.button, summary",
      ),
    ]
      .filter((one) => one.checkVisibility({ opacityProperty: true }))
      .filter((one) => one.getBoundingClientRect().height < 44)
      .map((one) => one.textContent);
    return { wide, narrow, small };
  });
  expect(out, name).toEqual({ wide: 0, narrow: [], small: [] });
}

/** Both, in light and in dark. */
export async function both(page: Page, name: string): Promise<void> {
  await clean(page, name);
  await fits(page, name);
}
