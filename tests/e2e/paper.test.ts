/* Paper and hands: one moderator types what was on paper, another counts it again, and the
 * result says on every screen how many were on paper. */
import type { Page } from "@playwright/test";
import { clean, fits } from "./axe";
import { expect, test } from "./fixtures";

const SIZE = { viewport: { width: 1280, height: 900 } };

const rowOf = (desk: Page, question: string) =>
  desk.getByRole("article").filter({ hasText: question });

test("what was on paper counts when a second person has confirmed it", async ({
  place,
}) => {
  const { hall, event } = place;
  const { poll, options } = await place.poll("Was zuerst?", [
    "Kino",
    "Park",
    "Markt",
  ]);
  const first = await place.open(`/m#${await hall.newLink(event.code)}`, SIZE);
  const second = await place.open(`/m#${await hall.newLink(event.code)}`, SIZE);
  const phone = await place.join();
  const voter = await place.person();
  await voter.cast(poll, { ranking: [[options[0]]] });

  /* typed by keyboard alone: a ballot a line, equal ones together */
  const mine = rowOf(first, "Was zuerst?");
  await mine.getByRole("button", { name: /^Papier und Hände/ }).press("Enter");
  const line = mine.getByRole("textbox", { name: "Stimmzettel" });
  await expect(line).toBeFocused();
  await first.keyboard.type("2 1 x14");
  await first.keyboard.press("Enter");
  await first.keyboard.type("9");
  await first.keyboard.press("Enter");
  await expect(mine.getByRole("alert")).toContainText("passt das nicht");
  await clean(first, "a line that is no ballot");
  await first.keyboard.press("Control+a");
  await first.keyboard.type("2 1");
  await first.keyboard.press("Enter");
  await first.keyboard.type("0 x2");
  await first.keyboard.press("Enter");
  await expect(mine.getByText("15 ×")).toBeVisible();
  await expect(mine.getByText("17 Stimmzettel")).toBeVisible();
  await clean(first, "ballots are typed from paper");
  await fits(first, "ballots are typed from paper");
  await mine.getByRole("button", { name: "Stapel eintragen" }).press("Enter");

  /* who entered it can't confirm it; the other sees it at once, and counts again */
  const entered = mine.getByRole("region", {
    name: "Stapel 1, eingetragen von: du",
  });
  await expect(entered).toContainText("Wartet auf eine zweite Person");
  await expect(
    entered.getByRole("button", { name: /^Bestätigen/ }),
  ).toHaveCount(0);
  const theirs = rowOf(second, "Was zuerst?");
  const batch = theirs.getByRole("region", {
    name: /^Stapel 1, eingetragen von: Moder/,
  });
  await batch.getByText("Stimmzettel ansehen").press("Enter");
  await expect(batch).toContainText(/2 Park.? › .?1 Kino/);
  await expect(batch).not.toContainText("17");
  await clean(second, "a batch is to be confirmed");
  await batch.getByRole("spinbutton").fill("16");
  await batch.getByRole("button", { name: /^Bestätigen/ }).press("Enter");
  await expect(theirs.getByRole("alert")).toContainText("stimmt nicht");
  await batch.getByRole("spinbutton").fill("17");
  await batch.getByRole("button", { name: /^Bestätigen/ }).press("Enter");
  await expect(entered).toContainText("Bestätigt von: Moderation");
  await expect(batch).toContainText("Bestätigt von: du");

  /* everywhere the result says how many were on paper */
  await theirs.getByRole("button", { name: /^Jetzt beenden/ }).click();
  await theirs.getByRole("button", { name: "Jetzt beenden" }).click();
  await theirs.getByRole("button", { name: /^Allen zeigen/ }).click();
  await theirs.getByRole("button", { name: "Jetzt allen zeigen" }).click();
  await expect(theirs.locator("[data-result]")).toContainText(
    "Davon 17 auf Papier.",
  );
  await phone.getByRole("button", { name: /^Ergebnis ansehen/ }).click();
  await expect(phone.locator("[data-result]")).toContainText(
    "Davon 17 auf Papier.",
  );
  await expect(phone.locator("[data-result]")).toContainText("Park");
  await clean(phone, "a result with paper");

  /* what is shown does not change behind anybody's back */
  await batch.getByRole("button", { name: /^Stapel verwerfen/ }).press("Enter");
  await expect(theirs.getByRole("alert")).toContainText(
    "Nimm es zuerst zurück",
  );
});

test("hands for yes and no are three numbers", async ({ place }) => {
  const { hall, event } = place;
  const made = await place.desk.ask({
    op: "poll.create",
    question: "Fangen wir an?",
    lang: "de",
    form: "yesno",
    method: "plurality",
    seats: 1,
    ranks: 1,
    ties: false,
    live: false,
    publication: "ballots",
    options: [],
  });
  await place.desk.ask({ op: "poll.open", poll: made.poll ?? "" });
  const desk = await place.open(`/m#${await hall.newLink(event.code)}`, SIZE);
  const row = rowOf(desk, "Fangen wir an?");
  await row.getByRole("button", { name: /^Papier und Hände/ }).click();
  await row.getByLabel("Ja", { exact: true }).fill("31");
  await row.getByLabel("Nein", { exact: true }).fill("7");
  await expect(row.getByText("38 Stimmzettel")).toBeVisible();
  await clean(desk, "hands are counted");
  await desk.keyboard.press("Enter");
  await expect(row.getByRole("region", { name: /^Stapel 1/ })).toContainText(
    "31 × Ja",
  );
});
