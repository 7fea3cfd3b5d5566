/* Everybody can take part: axe on each screen in light and dark, 320 px, keyboard alone. */
import { audit, both } from "./axe";
import { expect, test } from "./fixtures";
import type { Place } from "./fixtures";

const long =
  "Überdachte Fahrradstellplätze an allen Straßenbahnhaltestellen der Innenstadt";
const titles = [long, "Kino", "Trinkbrunnen auf dem Markt", "Mehr Bänke"];

async function ballots(
  place: Place,
  poll: string,
  options: string[],
  count: number,
): Promise<void> {
  const tastes = [
    [0, 1],
    [1, 2],
    [2, 0],
    [0, 3],
    [1, 0],
  ];
  for (let i = 0; i < count; i++) {
    const person = await place.person();
    const taste = tastes[i % tastes.length] ?? [];
    await person.cast(poll, {
      ranking: taste.map((option) => [options[option]]),
    });
    person.hangUp();
  }
}

test("the phone at 320 px, every screen, light and dark", async ({ place }) => {
  test.slow();
  const { poll, options } = await place.poll(
    "Was machen wir zuerst, und zwar noch vor dem Sommer?",
    titles,
    { ties: true },
  );
  /* So high that no button lies half under the tray, from where one would scroll it. */
  const narrow = { viewport: { width: 320, height: 1600 } };
  const stranger = await place.open("/", narrow);
  await both(stranger, "join");
  await stranger.getByLabel("Code").fill("ABC128");
  await stranger.getByRole("button", { name: "Los geht’s" }).click();
  await expect(stranger.getByRole("alert")).toContainText("Tippfehler");
  await both(stranger, "join, mistyped");
  await stranger.getByRole("button", { name: "Impressum" }).click();
  await expect(stranger.getByText("12345 Halle")).toBeVisible();
  await both(stranger, "about");

  await place.lead("collect", "merge");
  const page = await place.join(narrow);
  await expect(page.getByText("Du kannst Ideen einreichen.")).toBeVisible();
  await page.getByRole("button", { name: "Idee einreichen" }).click();
  await page.getByLabel("Titel").fill(long);
  await both(page, "idea");
  await page.getByRole("button", { name: "Abschicken" }).click();
  await expect(page.getByText("Wartet auf Freigabe")).toBeVisible();
  await both(page, "home");
  await page.getByRole("button", { name: "Abstimmen", exact: true }).click();
  await both(page, "choose");
  for (const title of titles.slice(0, 3))
    await page.getByRole("button", { name: title }).click();
  await both(page, "chosen");
  await page.getByRole("button", { name: "Ordnen" }).click();
  await both(page, "order");
  await page.getByRole("button", { name: "Prüfen" }).click();
  await both(page, "review");
  await page.getByRole("button", { name: "Stimme abgeben" }).click();
  await expect(page.getByText("Deine Stimme ist gespeichert")).toBeVisible();
  await both(page, "stored");
  await ballots(place, poll, options, 8);
  await place.desk.ask({ op: "poll.close", poll });
  await place.desk.ask({ op: "poll.publish", poll });
  await expect(page.getByRole("main").getByText("hat gewonnen")).toBeVisible();
  for (const more of await page.locator("summary").all()) await more.click();
  await both(page, "result");
});

test("other ballots at 320 px, light and dark", async ({ place }) => {
  await place.poll("Was ist gut?", titles, {
    form: "approval",
    method: "approval",
  });
  await place.poll("Soll der Markt autofrei werden?", [], {
    form: "yesno",
    method: "plurality",
  });
  const page = await place.join({ viewport: { width: 320, height: 640 } });
  await page
    .getByRole("button", { name: "Abstimmen", exact: true })
    .first()
    .click();
  await page.getByLabel("Ja").check();
  await both(page, "yes or no");
  await page.getByRole("button", { name: "Stimme abgeben" }).click();
  await expect(page.getByText("Deine Stimme ist gespeichert")).toBeVisible();
  await page.getByRole("button", { name: "Zurück" }).click();
  await page.getByRole("button", { name: "Abstimmen", exact: true }).click();
  await page.getByRole("button", { name: "Kino" }).click();
  await page.getByRole("button", { name: "Mehr Bänke" }).click();
  await both(page, "approval");
  await page.getByRole("button", { name: "Prüfen" }).click();
  await page.getByRole("button", { name: "Stimme abgeben" }).click();
  await expect(page.getByText("Deine Stimme ist gespeichert")).toBeVisible();
});

test("the desk, wide and narrow, light and dark", async ({ place }) => {
  test.slow();
  const { hall, event, desk } = place;
  const person = await place.person();
  await person.submit("Wartet noch", "Mit einem Text.");
  const hidden = await person.submit("Wird verborgen");
  await desk.ask({ op: "idea.hide", idea: hidden, reason: "off-topic" });
  const out = await place.open("/m", { viewport: { width: 320, height: 640 } });
  await both(out, "login");
  const page = await place.open(`/m#${await hall.newLink(event.code)}`, {
    viewport: { width: 1280, height: 900 },
  });
  await page.getByRole("button", { name: "Verbergen Wartet noch" }).click();
  await both(page, "queue, hiding");
  await place.lead("call", "collect", "rank");
  await page.getByRole("button", { name: "Ablauf ändern" }).click();
  const { poll, options } = await place.poll("Was machen wir zuerst?", titles);
  await page.getByRole("button", { name: /^Zu sehen/ }).click();
  await page.getByRole("button", { name: "Ändern Kino" }).click();
  await page.getByRole("button", { name: "Zusammenlegen Mehr Bänke" }).click();
  await page.getByRole("button", { name: "Neue Abstimmung" }).click();
  await page.getByText("Genauer einstellen").click();
  await both(page, "forms");
  await page.setViewportSize({ width: 320, height: 640 });
  await both(page, "forms, narrow");
  await page.getByRole("button", { name: "Abbrechen" }).last().click();
  await ballots(place, poll, options, 6);
  await desk.ask({ op: "poll.close", poll });
  await page.getByRole("button", { name: "Ergebnis nur hier ansehen" }).click();
  await page.getByRole("button", { name: "Wieder öffnen Was" }).click();
  await page.getByRole("button", { name: "Daten mitnehmen" }).click();
  await page.getByRole("button", { name: /^Verborgen/ }).click();
  await both(page, "result, narrow");
  await page.setViewportSize({ width: 1280, height: 900 });
  await both(page, "result");
});

test("the wall, each scene, light and dark; it fits 1080p without scrolling", async ({
  place,
}) => {
  test.slow();
  const { event, desk } = place;
  const wall = await place.open(`/stage#${event.code}`, {
    viewport: { width: 1920, height: 1080 },
  });
  await wall.emulateMedia({ reducedMotion: "reduce" });
  const scene = async (name: string) => {
    for (const theme of ["light", "dark"]) {
      await wall.evaluate(
        (value) => (document.documentElement.dataset["theme"] = value),
        theme,
      );
      await audit(wall, `${name}, ${theme}`);
    }
    const over = await wall.evaluate(
      () => document.documentElement.scrollHeight - innerHeight,
    );
    expect(over, name).toBeLessThanOrEqual(0);
  };
  await expect(wall.getByRole("heading", { name: "Mach mit" })).toBeVisible();
  await scene("join");
  for (let i = 0; i < 14; i++) await desk.submit(`${long} ${i}`);
  await expect(wall.getByRole("heading", { name: "14 Ideen" })).toBeVisible();
  await place.lead("award");
  await expect(wall.getByRole("timer")).toBeVisible();
  await scene("ideas");
  const { poll, options } = await place.poll(
    "Was machen wir zuerst, und zwar noch vor dem Sommer?",
    titles,
    { method: "irv" },
  );
  await expect(wall.getByText("Jetzt abstimmen")).toBeVisible();
  await scene("poll");
  await ballots(place, poll, options, 9);
  await desk.ask({ op: "poll.close", poll });
  await desk.ask({ op: "poll.publish", poll });
  await expect(wall.locator("[data-step]")).toBeVisible();
  /* The story tells itself; turned by hand it waits, however slow the machine. */
  for (let i = 0; i < 6; i++) await wall.keyboard.press("ArrowLeft");
  await expect(wall.getByText("So wurde gezählt")).toBeVisible();
  await scene("intro");
  await wall.keyboard.press("ArrowRight");
  await expect(wall.getByRole("heading", { name: "Runde 1" })).toBeVisible();
  await scene("round");
  for (let i = 0; i < 6; i++) await wall.keyboard.press("ArrowRight");
  await expect(wall.getByText("hat gewonnen")).toBeVisible();
  await scene("podium");
});

test("a whole ballot by keyboard alone", async ({ place }) => {
  await place.poll("Was zuerst?", ["Kino", "Park", "Bad"]);
  const page = await place.open("/");
  const press = (...keys: string[]) =>
    keys.reduce(
      (done, key) => done.then(() => page.keyboard.press(key)),
      Promise.resolve(),
    );
  const to = async (name: string | RegExp) => {
    const target = page.getByRole("button", { name }).first();
    for (let i = 0; i < 40; i++) {
      if (
        await target
          .evaluate((one) => one === document.activeElement)
          .catch(() => false)
      )
        return;
      await press("Tab");
    }
    throw new Error(`the keyboard never comes to ${String(name)}`);
  };
  await expect(page.getByLabel("Code")).toBeFocused();
  await page.keyboard.type(place.event.code);
  await press("Enter");
  await expect(
    page.getByRole("heading", { level: 1, name: "Ideen für Halle" }),
  ).toBeFocused();
  await to("Abstimmen");
  await press("Enter");
  await expect(
    page.getByRole("heading", { level: 1, name: "Was zuerst?" }),
  ).toBeFocused();
  await to("Park");
  await press("Space");
  await page.getByRole("heading", { level: 1 }).focus();
  await to("Kino");
  await press("Space");
  await expect(
    page.getByRole("status").filter({ hasText: "Kino: Platz 2" }),
  ).toHaveCount(1);
  await to("Ordnen");
  await press("Enter");
  await expect(
    page.getByRole("heading", { name: "Deine Reihenfolge" }),
  ).toBeFocused();
  await to("Kino nach oben");
  await press("Enter");
  await expect(
    page.getByRole("button", { name: "Kino nach oben" }),
  ).toBeFocused();
  await expect(
    page.getByRole("status").filter({ hasText: "Kino: Platz 1 von 2" }),
  ).toHaveCount(1);
  await to("Prüfen");
  await press("Enter");
  await expect(
    page.getByRole("heading", { name: "Stimmt es so?" }),
  ).toBeFocused();
  await to("Stimme abgeben");
  await press("Enter");
  await expect(page.getByText("Deine Stimme ist gespeichert")).toBeVisible();
  const places = await page
    .locator('[data-vote="stored"]')
    .getByRole("listitem")
    .allTextContents();
  expect(places.map((one) => one.replace(/\s+/g, " ").trim())).toEqual([
    "Platz 1 Kino",
    "Platz 2 Park",
  ]);
});
