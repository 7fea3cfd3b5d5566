/* "Is my ballot in?": from the vote to the published list, and what a receipt that was
 * tampered with finds there. */
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";

const ask = (page: Page) =>
  page.getByRole("button", { name: "Ist mein Stimmzettel dabei?" });

/** Makes the receipt on the phone say that something else was voted. */
async function tamper(page: Page, poll: string): Promise<void> {
  await page.evaluate(async (end) => {
    const settled = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise(
        (resolve) => (request.onsuccess = () => resolve(request.result)),
      );
    const database = await settled(indexedDB.open("stimmwerk"));
    const kept = database.transaction("kept", "readwrite").objectStore("kept");
    const keys = await settled(kept.getAllKeys());
    const key = keys.find(
      (one) => /^receipt:/.test(String(one)) && String(one).endsWith(end),
    );
    if (!key) throw new Error("no receipt is kept");
    const receipt = (await settled(kept.get(key))) as { ballot: object };
    await settled(kept.put({ ...receipt, ballot: { ranking: [] } }, key));
  }, `:${poll}`);
}

test("a phone finds its own ballot in the sealed list, and misses another", async ({
  place,
}) => {
  const { poll, options } = await place.poll("Was zuerst?", [
    "Kino",
    "Park",
    "Bad",
  ]);
  const page = await place.join();
  await page.getByRole("button", { name: "Abstimmen", exact: true }).click();
  await page.getByRole("button", { name: "Bad" }).click();
  await page.getByRole("button", { name: "Prüfen" }).click();
  await page.getByRole("button", { name: "Stimme abgeben" }).click();
  await expect(page.getByText("Deine Stimme ist gespeichert")).toBeVisible();
  for (let i = 0; i < 19; i++) {
    const person = await place.person();
    await person.cast(poll, { ranking: [[options[i % 3]]] });
    person.hangUp();
  }

  await place.desk.ask({ op: "poll.close", poll });
  await ask(page).click();
  await expect(page.getByText("Die Liste ist noch nicht da.")).toBeVisible();
  await place.desk.ask({ op: "poll.publish", poll });
  await place.desk.ask({ op: "poll.seal", poll });
  await page.reload();
  await expect(page.getByText("Dieses Gerät hat die Quittung")).toBeVisible();
  await ask(page).click();
  await expect(page.getByText("so wie du ihn abgegeben hast")).toBeVisible();

  await tamper(page, poll);
  await page.reload();
  await ask(page).click();
  await expect(
    page.getByText("Dein Stimmzettel steht nicht in der Liste."),
  ).toBeVisible();
  await expect(page.locator(".details")).toContainText(place.event.code);
});
