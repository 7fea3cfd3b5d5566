/* Every screen at 360, 820 and 1920 px, light and dark, into web/screenshots. */
import type { Page } from "@playwright/test";
import { join } from "node:path";
import { expect, test } from "./fixtures";
import { fill } from "./scenery";

const folder = join(import.meta.dirname, "../../web/screenshots");
const widths = [360, 820, 1920];
const heights: Record<number, number> = { 360: 740, 820: 1100, 1920: 1080 };

async function take(page: Page, name: string, whole = true): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: heights[width] ?? 900 });
    for (const theme of ["light", "dark"] as const) {
      await page.evaluate(
        (value) => (document.documentElement.dataset["theme"] = value),
        theme,
      );
      await page.waitForTimeout(700);
      await page.screenshot({
        path: join(folder, `${name}-${width}-${theme}.png`),
        fullPage: whole,
      });
    }
  }
}

test("phone, desk and wall", async ({ place }) => {
  const { hall, event, desk } = place;
  const stranger = await place.open("/");
  await take(stranger, "phone-1-join");
  const wall = await place.open(`/stage#${event.code}`);
  const moderator = await place.open(`/m#${await hall.newLink(event.code)}`);
  await expect(wall.getByRole("heading", { name: "Mach mit" })).toBeVisible();
  const scenery = await fill(place, 42);
  await wall.getByLabel("Zeigen").selectOption("join");
  await take(wall, "wall-1-join", false);
  await wall.getByLabel("Zeigen").selectOption("auto");
  await take(wall, "wall-2-ideas", false);
  await take(moderator, "desk-1-queue");

  const phone = await place.join();
  await phone.getByRole("button", { name: "Idee einreichen" }).click();
  await phone.getByLabel("Titel").fill("Eine Schaukel für Große");
  await take(phone, "phone-2-idea");
  await phone.getByRole("button", { name: "Abschicken" }).click();

  const poll = await scenery.open("Was machen wir zuerst?");
  await scenery.vote(poll, 31);
  await take(phone, "phone-3-home");
  await take(wall, "wall-3-poll", false);
  await moderator.getByRole("button", { name: /^Zu sehen/ }).click();
  await moderator.getByRole("button", { name: "Alle", exact: true }).click();
  await moderator.getByRole("button", { name: /^Abstimmung über/ }).click();
  await moderator
    .getByRole("textbox", { name: "Frage" })
    .fill("Und was im nächsten Jahr?");
  await take(moderator, "desk-2-poll");
  await moderator.getByRole("button", { name: "Abbrechen" }).click();

  await phone.getByRole("button", { name: "Abstimmen", exact: true }).click();
  for (const title of ["Nachtbus", "Repair", "Freies WLAN"]) {
    const card = phone.getByRole("button", { name: title });
    if (await card.count()) await card.click();
  }
  await take(phone, "phone-4-choose");
  await phone.getByRole("button", { name: "Ordnen" }).click();
  await take(phone, "phone-5-order");
  await phone.getByRole("button", { name: "Prüfen" }).click();
  await take(phone, "phone-6-review");
  await phone.getByRole("button", { name: "Stimme abgeben" }).click();
  await expect(phone.getByText("Deine Stimme ist gespeichert")).toBeVisible();
  await take(phone, "phone-7-stored");

  await scenery.close(poll);
  await expect(phone.getByRole("main").getByText("hat gewonnen")).toBeVisible();
  await take(phone, "phone-8-result");
  await take(moderator, "desk-3-result");
  for (let i = 0; i < 3; i++) await wall.keyboard.press("ArrowLeft");
  await expect(wall.getByText("So wurde gezählt")).toBeVisible();
  await wall.keyboard.press("ArrowRight");
  await take(wall, "wall-4-duels", false);
  await wall.keyboard.press("ArrowRight");
  await take(wall, "wall-5-winner", false);

  const rounds = await scenery.open("Noch einmal, in Runden", {
    method: "irv",
  });
  await scenery.vote(rounds, 42);
  await scenery.close(rounds);
  await expect(wall.getByText("Noch einmal, in Runden")).toBeVisible();
  await expect(wall.getByText("So wurde gezählt")).toBeVisible();
  await wall.keyboard.press("ArrowRight");
  await take(wall, "wall-6-round", false);
  const approval = await scenery.open("Was ist gut?", {
    form: "approval",
    method: "approval",
  });
  await scenery.vote(approval, 42, "approval");
  await scenery.close(approval);
  await expect(wall.getByText("Was ist gut?")).toBeVisible();
  await expect(wall.getByText("So wurde gezählt")).toBeVisible();
  await wall.keyboard.press("ArrowRight");
  await take(wall, "wall-7-bars", false);
  await desk.ask({ op: "call", open: false });
  await phone.getByRole("button", { name: "Zurück" }).click();
  await take(phone, "phone-9-after");
  await phone.getByRole("button", { name: "Impressum" }).click();
  await expect(phone.getByText("12345 Halle")).toBeVisible();
  await take(phone, "phone-10-about");
});
