/* One person's way through a whole ballot, in any language, with a look at each screen. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect } from "./fixtures";
import type { Place } from "./fixtures";

export const locales = join(
  import.meta.dirname,
  "../../web/src/lib/i18n/locales",
);

type Words = Record<string, string | Record<string, string>>;
export type Translate = (key: string) => string;

/** The texts of a language that a phone has, at once or once somebody is in. */
export function wordsOf(lang: string): Translate {
  const read = (file: string) =>
    JSON.parse(readFileSync(join(locales, file), "utf8")) as Words;
  const words = { ...read(`${lang}.json`), ...read(`${lang}.more.json`) };
  return (key) => {
    const text = words[key];
    if (typeof text !== "string") throw new Error(`${lang} has no text ${key}`);
    return text;
  };
}

/** From the code to the result. `look` sees each screen once it is there. */
export async function walkBallot(
  place: Place,
  page: Page,
  t: Translate,
  look: (name: string) => Promise<void>,
): Promise<void> {
  const titles = ["Kino", "Trinkbrunnen auf dem Markt", "Mehr Bänke"];
  const { poll, options } = await place.poll("Was machen wir zuerst?", titles, {
    ties: true,
  });
  const press = (key: string): Promise<void> =>
    page
      .getByRole("button", { name: t(key), exact: true })
      .first()
      .click();

  await page.getByLabel(t("join.label")).fill("ABC128");
  await press("join.go");
  await expect(page.getByRole("alert")).toContainText(t("join.fault.mistyped"));
  await look("join, mistyped");
  await page.getByLabel(t("join.label")).fill(place.event.code);
  await press("join.go");
  await expect(
    page.getByRole("heading", { level: 1, name: "Ideen für Halle" }),
  ).toBeVisible();
  await look("home");
  await press("home.idea");
  await page.getByLabel(t("idea.title")).fill("Eine Schaukel");
  await look("idea");
  await press("idea.send");
  await expect(page.getByText(t("idea.state.pending"))).toBeVisible();

  await press("poll.vote");
  await page.getByRole("button", { name: "Kino" }).click();
  await page.getByRole("button", { name: "Trinkbrunnen" }).click();
  await look("choose");
  await press("vote.order");
  await look("order");
  await press("vote.review");
  await look("review");
  await press("vote.send");
  await expect(page.getByText(t("vote.stored"))).toBeVisible();
  await look("stored");

  for (const ranking of [[0], [0, 1], [1, 0], [2, 0], [0, 2]]) {
    const person = await place.person();
    await person.cast(poll, { ranking: ranking.map((at) => [options[at]]) });
    person.hangUp();
  }
  await place.desk.ask({ op: "poll.close", poll });
  await place.desk.ask({ op: "poll.publish", poll });
  await expect(page.getByText(t("vote.counted"))).toBeVisible();
  for (const more of await page.locator("summary").all()) await more.click();
  await look("result");
  await press("page.about");
  await expect(page.getByText("12345 Halle")).toBeVisible();
  await look("about");
}
