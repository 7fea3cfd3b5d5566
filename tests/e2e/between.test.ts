/* Between two moments of an event: what a phone says of the next poll, of a ballot that is
 * blank, and of a change that was not sent. */
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";

async function vote(page: Page, ...titles: string[]): Promise<void> {
  for (const title of titles)
    await page.getByRole("button", { name: title }).click();
  await page.getByRole("button", { name: "Prüfen" }).click();
  await page.getByRole("button", { name: "Stimme abgeben" }).click();
  await expect(page.getByText("Deine Stimme ist gespeichert")).toBeVisible();
}

test("a phone on an old poll is led to the new one, also by a reload", async ({
  place,
}) => {
  const { desk } = place;
  const old = await place.poll("Was zuerst?", ["Kino", "Park"]);
  const page = await place.join();
  await page.getByRole("button", { name: "Abstimmen", exact: true }).click();
  await vote(page, "Kino");
  await desk.ask({ op: "poll.annul", poll: old.poll, reason: "mistake" });
  await expect(page.getByText("Diese Abstimmung gilt nicht.")).toBeVisible();
  await expect(page.getByText("Deine Stimme ist")).toHaveCount(0);
  await place.poll("Und was dann?", ["Brunnen", "Bänke"]);
  const banner = page
    .getByRole("status")
    .filter({ hasText: "Neue Abstimmung: Und was dann?" });
  await expect(banner).toBeVisible();
  await page.reload();
  await expect(
    page.getByRole("heading", { level: 1, name: "Und was dann?" }),
  ).toBeVisible();
  await expect(banner).toHaveCount(0);
  await page.getByRole("button", { name: "Zurück" }).click();
  await expect(
    page.getByRole("heading", { level: 1, name: "Ideen für Halle" }),
  ).toBeVisible();
});

test("the banner’s button opens the new poll", async ({ place }) => {
  const { desk } = place;
  const old = await place.poll("Was zuerst?", ["Kino", "Park"]);
  const page = await place.join();
  await page.getByRole("button", { name: "Abstimmen", exact: true }).click();
  await desk.ask({ op: "poll.close", poll: old.poll });
  await expect(page.getByText("Die Abstimmung ist beendet.")).toBeVisible();
  await place.poll("Und was dann?", ["Brunnen", "Bänke"]);
  await page.getByRole("button", { name: "Jetzt abstimmen" }).click();
  await expect(
    page.getByRole("heading", { level: 1, name: "Und was dann?" }),
  ).toBeVisible();
});

test("a blank ballot is cast on purpose", async ({ place }) => {
  await place.poll("Was zuerst?", ["Kino", "Park"]);
  const page = await place.join();
  await page.getByRole("button", { name: "Abstimmen", exact: true }).click();
  await expect(page.getByText("Noch nichts ausgewählt.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Prüfen" })).toHaveCount(0);
  await page
    .getByRole("button", { name: "Leeren Stimmzettel abgeben" })
    .click();
  await expect(
    page.getByRole("heading", { name: "Stimmt es so?" }),
  ).toBeVisible();
  await expect(page.getByText(/Leerer Stimmzettel/)).toBeVisible();
  await page
    .getByRole("button", { name: "Leeren Stimmzettel abgeben" })
    .click();
  await expect(page.getByText("Deine Stimme ist gespeichert")).toBeVisible();
});

test("a change that was not sent is told from what is stored, and can come too late", async ({
  place,
}) => {
  const { desk } = place;
  const { poll } = await place.poll("Was zuerst?", ["Kino", "Park", "Brunnen"]);
  const page = await place.join();
  await page.getByRole("button", { name: "Abstimmen", exact: true }).click();
  await vote(page, "Kino");
  await desk.ask({ op: "poll.close", poll });
  await desk.ask({ op: "poll.reopen", poll, reason: "technical" });
  await page.getByRole("button", { name: "Stimme ändern" }).click();
  const notice = page.locator("[data-unsent]");
  await expect(notice).toContainText("Gespeichert ist:");
  await expect(notice).not.toContainText("Noch nicht abgeschickt");
  await page.getByRole("button", { name: "Park" }).click();
  await expect(notice).toContainText(
    /Kino.*Noch nicht abgeschickt:.*Kino.*Park/s,
  );
  await page.reload();
  await expect(notice).toContainText("Noch nicht abgeschickt:");
  await desk.ask({ op: "poll.close", poll });
  await expect(
    page.getByText(/endete, bevor deine letzte Änderung/),
  ).toBeVisible();
  await expect(page.getByText("Deine Stimme ist dabei")).toBeVisible();
});

test("the desk tells how many of those who were there, and shows only after a question", async ({
  place,
}) => {
  const { desk, hall, event } = place;
  const { poll, options } = await place.poll("Was zuerst?", ["Kino", "Park"]);
  const person = await place.person();
  await person.cast(poll, { ranking: [[options[0]]] });
  const page = await place.open(`/m#${await hall.newLink(event.code)}`, {
    viewport: { width: 1280, height: 900 },
  });
  await expect(page.locator("li.voted")).toHaveText(/^1\s*abgestimmt/);
  await desk.ask({ op: "poll.close", poll });
  await place.person();
  await expect(page.getByText("2 machen mit")).toBeVisible();
  await expect(page.locator(".turnout")).toHaveText(
    /^1 Person hat abgestimmt, von 1/,
  );
  await page.getByRole("button", { name: "Allen zeigen" }).click();
  await expect(page.getByText(/jetzt allen zeigen, an der Wand/)).toBeVisible();
  await page.getByRole("button", { name: "Abbrechen" }).click();
  await expect(page.getByText("Ergebnis ist zu sehen")).toHaveCount(0);
});
