/* Scores and dots, from the desk to the wall: two phones vote, one changes its vote, and every
 * screen shows the sums. */
import type { Locator, Page } from "@playwright/test";
import { both, fits } from "./axe";
import { expect, test } from "./fixtures";
import type { Place } from "./fixtures";

const titles = [
  "Skatepark am Bahnhof mit Licht und überdachten Bänken",
  "Kino im Freibad",
  "Trinkbrunnen",
];
const [skate = "", cinema = "", fountain = ""] = titles;
const narrow = { viewport: { width: 320, height: 640 } };

const said = (page: Page, what: string): Promise<void> =>
  expect(page.locator("[role=status].unseen").last()).toHaveText(what);
const score = (page: Page, title: string, points: string): Locator =>
  page
    .getByRole("radiogroup", { name: title })
    .getByRole("radio", { name: points, exact: true });

async function openPoll(
  desk: Page,
  form: string,
  question: string,
): Promise<void> {
  await desk.getByRole("button", { name: /^Zu sehen/ }).click();
  await desk.getByRole("button", { name: "Alle", exact: true }).click();
  await desk.getByRole("button", { name: "Abstimmung über 3 Ideen" }).click();
  await desk.getByRole("textbox", { name: "Frage" }).fill(question);
  await desk.getByRole("radio", { name: new RegExp(`^${form}`) }).check();
  await desk.getByRole("button", { name: "Speichern" }).click();
  await desk
    .getByRole("button", { name: `Abstimmung starten ${question}` })
    .click();
}

async function send(phone: Page): Promise<void> {
  await phone.getByRole("button", { name: "Stimme abgeben" }).click();
  await expect(phone.getByText("Deine Stimme ist gespeichert")).toBeVisible();
}

async function more(place: Place, poll: string, ballot: object): Promise<void> {
  for (let i = 0; i < 3; i++) {
    const person = await place.person();
    await person.cast(poll, ballot);
    person.hangUp();
  }
}

async function publish(desk: Page, question: string): Promise<void> {
  await desk.getByRole("button", { name: `Jetzt beenden ${question}` }).click();
  await desk.getByRole("button", { name: "Jetzt beenden" }).click();
  await desk.getByRole("button", { name: `Allen zeigen ${question}` }).click();
  await desk.getByRole("button", { name: "Jetzt allen zeigen" }).click();
}

const sums = (page: Page): Promise<string[]> =>
  page
    .locator(".bars [data-item]")
    .evaluateAll((rows) =>
      rows.map((row) =>
        [".name", ".value"]
          .map((part) => row.querySelector(part)?.textContent?.trim())
          .join(": "),
      ),
    );

test("scores and dots are given, changed, added up and shown", async ({
  place,
}) => {
  const { hall, event, desk } = place;
  const ids: string[] = [];
  for (const title of titles) ids.push(await desk.submit(title));
  const page = await place.open(`/m#${await hall.newLink(event.code)}`, {
    viewport: { width: 1280, height: 900 },
  });
  const wall = await place.open(`/stage#${event.code}`, {
    viewport: { width: 1920, height: 1080 },
  });
  await wall.emulateMedia({ reducedMotion: "reduce" });
  const one = await place.join(narrow);
  const two = await place.join();

  await test.step("a phone gives scores, with the keyboard too", async () => {
    await openPoll(page, "Bewertung", "Wie gut?");
    await one.getByRole("button", { name: "Abstimmen", exact: true }).click();
    await fits(one, "score");
    await score(one, skate, "4 Punkte").check();
    await said(one, `${skate}: 4 von 5`);
    await one.keyboard.press("ArrowRight");
    await said(one, `${skate}: 5 von 5`);
    await expect(score(one, skate, "5 Punkte")).toBeFocused();
    await score(one, cinema, "0 Punkte").check();
    await score(one, fountain, "2 Punkte").check();
    await score(one, fountain, "Keine Meinung").check();
    await said(one, `${fountain}: keine Meinung`);
    await score(one, fountain, "2 Punkte").check();
    await expect(one.getByText("3 von 3 bewertet")).toBeVisible();
    await both(one, "score, given");
    await one.reload();
    await expect(score(one, skate, "5 Punkte")).toBeChecked();
    await one.getByRole("button", { name: "Prüfen" }).click();
    await expect(one.getByRole("main").getByRole("listitem")).toHaveText([
      /^\s*5.*Skatepark/s,
      /^\s*2.*Trinkbrunnen/s,
      /^\s*0.*Kino/s,
    ]);
    await fits(one, "score, review");
    await send(one);
    await fits(one, "score, stored");
  });

  await test.step("the other one changes its mind", async () => {
    await two.getByRole("button", { name: "Abstimmen", exact: true }).click();
    await score(two, cinema, "5 Punkte").check();
    await two.getByRole("button", { name: "Prüfen" }).click();
    await expect(
      two.getByText("Bei 2 Ideen hast du keine Meinung."),
    ).toBeVisible();
    await send(two);
    await two.getByRole("button", { name: "Stimme ändern" }).click();
    await score(two, cinema, "3 Punkte").check();
    await two.getByRole("button", { name: "Prüfen" }).click();
    await send(two);
  });

  await test.step("every screen shows the sums", async () => {
    await more(place, "1", { score: [[ids[0], 1]] });
    await publish(page, "Wie gut?");
    const right = [`${skate}: 8`, `${cinema}: 3`, `${fountain}: 2`];
    await expect(
      wall.getByText("Es gewinnt, wer die meisten Punkte bekommt."),
    ).toBeVisible();
    await wall.keyboard.press("ArrowRight");
    await expect.poll(() => sums(wall)).toEqual(right);
    await expect.poll(() => sums(one)).toEqual(right);
    await fits(one, "score, result");
  });

  await test.step("dots are put and taken back, and never are too many", async () => {
    await openPoll(page, "Klebepunkte", "Wofür?");
    await one.getByRole("button", { name: "Jetzt abstimmen" }).click();
    const add = (title: string): Locator =>
      one.getByRole("button", { name: `${title}: einen Klebepunkt mehr` });
    for (let i = 0; i < 4; i++) await add(skate).click();
    await said(one, `${skate}: 4 Klebepunkte. Noch 1 von 5 übrig`);
    await add(fountain).click();
    await add(cinema).press("Enter");
    await said(one, "Alle Klebepunkte sind vergeben. Nimm zuerst einen weg.");
    await both(one, "dots, all given");
    await one
      .getByRole("button", { name: `${skate}: einen Klebepunkt weniger` })
      .click();
    await expect(
      one.getByText("Noch 1 von 5 übrig", { exact: true }),
    ).toBeVisible();
    await one.getByRole("button", { name: "Prüfen" }).click();
    await expect(one.getByText("1 Klebepunkt bleibt übrig.")).toBeVisible();
    await fits(one, "dots, review");
    await send(one);
    await fits(one, "dots, stored");
  });

  await test.step("they are added up under their own name", async () => {
    await more(place, "2", { dots: [[ids[1], 2]] });
    await more(place, "2", {
      dots: [
        [ids[1], 1],
        [ids[2], 4],
      ],
    });
    await publish(page, "Wofür?");
    const right = [`${fountain}: 13`, `${cinema}: 9`, `${skate}: 3`];
    await expect(wall.getByText("Klebepunkte")).toBeVisible();
    await wall.keyboard.press("ArrowRight");
    await expect.poll(() => sums(wall)).toEqual(right);
    await expect.poll(() => sums(one)).toEqual(right);
    await expect(
      one.getByText("Es gewinnt, worauf die meisten Klebepunkte stehen."),
    ).toBeVisible();
  });
});
