/* The three pictures of the README, into docs/images. */
import type { Page } from "@playwright/test";
import { mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, seatAt, test } from "./fixtures";
import { fill } from "./scenery";

const images = join(import.meta.dirname, "../../docs/images");
const font = join(
  import.meta.dirname,
  "node_modules/@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2",
);
const BYTES_MAX = 150_000;

/* A phone shows its own typeface; a build machine seldom has a good one. */
async function withGoodType(page: Page): Promise<void> {
  await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
    const face = await new FontFace("Phone", bytes, {
      weight: "200 900",
    }).load();
    document.fonts.add(face);
    document.documentElement.style.setProperty("--font", "Phone");
  }, readFileSync(font).toString("base64"));
}

async function take(page: Page, name: string): Promise<void> {
  const path = join(images, `${name}.png`);
  await page.waitForTimeout(800);
  await page.screenshot({ path });
  expect(statSync(path).size, name).toBeLessThanOrEqual(BYTES_MAX);
}

/* The hall has a name of its own, as it would have on the night. */
const NAME = "halle.example";

test("the pictures of the README", async ({
  hall,
  playwright,
  launchOptions,
}) => {
  mkdirSync(images, { recursive: true });
  const browser = await playwright.chromium.launch({
    ...launchOptions,
    args: [
      ...(launchOptions.args ?? []),
      `--host-resolver-rules=MAP ${NAME}:80 127.0.0.1:${hall.port}`,
    ],
  });
  const place = await seatAt(browser, hall, []);
  const base = `http://${NAME}`;
  const { event } = place;
  const wide = { base, viewport: { width: 1280, height: 720 } };
  const wall = await place.open(`/stage#${event.code}`, wide);
  const moderator = await place.open(
    `/m#${await hall.newLink(event.code)}`,
    wide,
  );
  const scenery = await fill(place, 42);
  const poll = await scenery.open("Was machen wir zuerst?");
  await scenery.vote(poll, 31);
  await take(moderator, "desk");

  const phone = await place.join({
    base,
    viewport: { width: 390, height: 720 },
  });
  await withGoodType(phone);
  await phone.getByRole("button", { name: "Abstimmen", exact: true }).click();
  const cards = phone
    .getByRole("main")
    .getByRole("listitem")
    .getByRole("button");
  for (const card of [1, 3, 0]) await cards.nth(card).click();
  await phone.evaluate(() => scrollTo(0, 0));
  await take(phone, "phone");

  await scenery.close(poll);
  await expect(wall.getByText("So wurde gezählt")).toBeVisible();
  await wall.keyboard.press("ArrowRight");
  await wall.keyboard.press("ArrowRight");
  await expect(wall.getByText("hat gewonnen")).toBeVisible();
  await take(wall, "stage");
  await browser.close();
});
