/* What somebody hears who does not see the page: the accessibility tree through a whole
 * ballot, as a screen reader goes down it, and what is said aloud at each act. */
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import type { Place } from "./fixtures";

const main = (page: Page) => page.getByRole("main");
/* Said by itself, without anybody looking for it. */
const said = (page: Page, what: string): Promise<void> =>
  expect(page.locator("[role=status].unseen").last()).toHaveText(what);

async function decide(
  place: Place,
  poll: string,
  winner: string | undefined,
): Promise<void> {
  for (let i = 0; i < 6; i++) {
    const person = await place.person();
    await person.cast(poll, { ranking: [[winner]] });
    person.hangUp();
  }
  await place.desk.ask({ op: "poll.close", poll });
  await place.desk.ask({ op: "poll.publish", poll });
}

test("a whole ballot, heard", async ({ place }) => {
  const { poll, options } = await place.poll("Was zuerst?", [
    "Kino",
    "Park",
    "Bad",
  ]);
  const page = await place.open("/");
  await expect(main(page)).toMatchAriaSnapshot(`
        - heading "Mitmachen" [level=1]
        - paragraph: Gib den Code ein, der an der Wand oder auf deiner Karte steht.
        - text: Code
        - textbox "Code"
        - alert
        - button "Los geht’s"
        - heading "So geht es" [level=2]
        - list:
          - listitem: Schreib auf, was du dir wünschst.
          - listitem: Wähle aus, was dir am besten gefällt.
          - listitem: Sieh, was gewonnen hat.
        - paragraph: "Ohne Namen, ohne Konto: Gespeichert werden deine Ideen und deine Stimmen, und Stadt Halle am Beispiel hat zugesagt, nach 30 Tagen alles zu löschen, was nicht veröffentlicht ist."
        - button "Mehr zum Datenschutz"`);
  await page.getByLabel("Code").fill(place.event.code);
  await page.keyboard.press("Enter");
  await expect(main(page)).toMatchAriaSnapshot(`
        - heading "Ideen für Halle" [level=1]
        - text: Jetzt abstimmen
        - heading "Was zuerst?" [level=2]
        - button "Abstimmen"`);

  await page.getByRole("button", { name: "Abstimmen", exact: true }).click();
  await expect(main(page)).toMatchAriaSnapshot(`
        - heading "Was zuerst?" [level=1]
        - paragraph: "Tippe bis zu 3 Ideen an: zuerst die beste, dann die zweitbeste und so weiter. Es dürfen auch weniger sein."
        - heading "Auswählen" [level=2]
        - list:
          - listitem:
            - button /^(Kino|Park|Bad)$/
          - listitem:
            - button /^(Kino|Park|Bad)$/
          - listitem:
            - button /^(Kino|Park|Bad)$/
        - button "Leeren Stimmzettel abgeben"`);
  await page.getByRole("button", { name: "Bad" }).click();
  await said(page, "Bad: Platz 1");
  await page.getByRole("button", { name: "Kino" }).click();
  await said(page, "Kino: Platz 2");
  const pressed = (name: string) =>
    page.getByRole("button", { name, exact: true, pressed: true });
  await expect(pressed("Platz 1 Bad")).toHaveCount(1);
  await expect(pressed("Platz 2 Kino")).toHaveCount(1);
  await expect(
    page.getByRole("button", { name: "Park", exact: true, pressed: false }),
  ).toHaveCount(1);

  await page.getByRole("button", { name: "Ordnen" }).click();
  await page.getByRole("button", { name: "Kino nach oben" }).click();
  await said(page, "Kino: Platz 1 von 2");
  await expect(main(page)).toMatchAriaSnapshot(`
        - heading "Deine Reihenfolge" [level=2]
        - list:
          - listitem:
            - text: Platz 1
            - strong: Kino
            - button "Kino nach oben" [disabled]
            - button "Kino nach unten"
            - button "Kino wegnehmen"
          - listitem:
            - text: Platz 2
            - strong: Bad
            - button "Bad nach oben"
            - button "Bad nach unten" [disabled]
            - button "Bad wegnehmen"
        - button "Auswahl ändern"
        - button "Prüfen"`);
  await page.getByRole("button", { name: "Prüfen" }).click();
  await expect(main(page)).toMatchAriaSnapshot(`
        - heading "Stimmt es so?" [level=2]
        - list:
          - listitem: Platz 1 Kino
          - listitem: Platz 2 Bad
        - paragraph: 1 Idee hast du nicht eingeordnet. Sie steht für dich hinter den anderen.
        - button "Ändern"
        - button "Stimme abgeben"`);

  await page.getByRole("button", { name: "Stimme abgeben" }).click();
  await expect(main(page)).toMatchAriaSnapshot(`
        - status:
          - strong: Deine Stimme ist gespeichert
        - paragraph: Bis zum Ende der Abstimmung kannst du sie ändern. Es zählt immer die letzte.
        - heading "So hast du abgestimmt" [level=2]
        - list:
          - listitem: Platz 1 Kino
          - listitem: Platz 2 Bad
        - button "Stimme ändern"
        - paragraph: 1 Person hat schon abgestimmt.`);
  await decide(place, poll, options[0]);
  await said(page, "Kino hat gewonnen");
  await expect(main(page)).toMatchAriaSnapshot(`
        - paragraph: Das Ergebnis
        - paragraph: Kino hat gewonnen
        - paragraph: 7 Stimmzettel.
        - paragraph: "Gezählt nach: Ranked Pairs. Jede Idee tritt gegen jede an. Die deutlichsten Duelle zählen zuerst."
        - list:
          - listitem: 1. Kino
          - listitem: 2. Bad
          - listitem: 3. Park`);
});
