/* A ballot by comparing two at a time, by touch, with a reload in the middle. */
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";

const titles = ["Kino", "Park", "Bad", "Markt", "Schule", "Bus", "Rad"];
const liked = ["Bad", "Rad", "Park"]; // before all others, which nobody misses

const question = (page: Page) => page.locator(".pair");
const cards = (page: Page) => question(page).locator("strong");

/** Taps the one that is liked more, and waits for the next question or the list. Each time
 * elsewhere on the card: faster than anybody reads, it would be taken for a double tap. */
async function answer(page: Page): Promise<void> {
  const asked = Number(await question(page).getAttribute("data-asked"));
  const pair = await cards(page).allTextContents();
  const better = liked.find((title) => pair.includes(title)) ?? pair[0];
  const card = page.getByRole("button", {
    name: better as string,
    exact: true,
  });
  await card.tap({ position: { x: 30 + 150 * (asked % 2), y: 30 } });
  const list = page.getByRole("heading", { name: "Deine Reihenfolge" });
  await expect(
    page.locator(`[data-asked="${asked + 1}"]`).or(list),
  ).toBeVisible();
}

test("a ballot by comparing two at a time, with a reload in the middle", async ({
  place,
}) => {
  const { poll } = await place.poll("Was zuerst?", titles);
  const page = await place.join({ hasTouch: true, isMobile: true });
  await page.getByRole("button", { name: "Abstimmen", exact: true }).tap();
  await page.getByRole("button", { name: "Immer zwei vergleichen" }).tap();
  await expect(
    page.getByRole("heading", { name: "Was findest du besser?" }),
  ).toBeFocused();
  for (let i = 0; i < 4; i++) await answer(page);

  const pair = await cards(page).allTextContents();
  await page.reload();
  await expect(question(page)).toHaveAttribute("data-asked", "4");
  expect(await cards(page).allTextContents()).toEqual(pair);
  await page.getByRole("button", { name: "Eine Frage zurück" }).tap();
  await expect(question(page)).toHaveAttribute("data-asked", "3");

  while (await question(page).isVisible()) await answer(page);
  const order = page.getByRole("listitem").locator("strong");
  await expect(order).toHaveText(liked);
  await page.getByRole("button", { name: "Rad nach oben" }).tap();
  await page.getByRole("button", { name: "Prüfen" }).tap();
  await page.getByRole("button", { name: "Stimme abgeben" }).tap();
  await expect(page.getByText("Deine Stimme ist gespeichert")).toBeVisible();
  await expect(page.locator("[data-vote=stored] li")).toHaveText([
    /Rad/,
    /Bad/,
    /Park/,
  ]);
  await place.desk.ask({ op: "poll.close", poll });
});
