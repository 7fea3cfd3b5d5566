/* Every screen of the phone as different people have it, into web/screenshots/VARIANT-SCREEN.png:
 * narrow, dark, on a tablet, with large text, in other languages, at an event for the young. To be
 * looked at one by one: no rule sees that a page is ugly. */
import type { BrowserContextOptions, Page } from "@playwright/test";
import { join } from "node:path";
import { expect, test } from "./fixtures";
import type { Place } from "./fixtures";
import { walkBallot, wordsOf } from "./walk";
import type { Translate } from "./walk";

const folder = join(import.meta.dirname, "../../web/screenshots");

interface Variant {
  name: string;
  width?: number;
  lang?: string;
  options?: BrowserContextOptions;
  /** Of the browser's own size of text. */
  text?: string;
}

const variants: Variant[] = [
  { name: "320", width: 320 },
  { name: "360-dark", options: { colorScheme: "dark" } },
  { name: "820", width: 820 },
  { name: "360-text-200", text: "200%" },
  { name: "360-forced", options: { forcedColors: "active" } },
  { name: "360-bg", lang: "bg" },
  { name: "360-ar", lang: "ar" },
  { name: "360-de-simple", lang: "de-simple" },
];

function camera(
  variant: string,
): (page: Page, screen: string) => Promise<void> {
  let number = 0;
  return async (page, screen) => {
    number += 1;
    const name = `${variant}-${String(number).padStart(2, "0")}-${screen.replace(/\W+/g, "-")}`;
    await page.waitForTimeout(700);
    await page.screenshot({
      path: join(folder, `${name}.png`),
      fullPage: true,
    });
  };
}

async function open(place: Place, variant: Variant): Promise<Page> {
  const page = await place.open("/", {
    viewport: { width: variant.width ?? 360, height: 740 },
    reducedMotion: "reduce",
    ...variant.options,
  });
  if (variant.lang)
    await page.getByRole("combobox").first().selectOption(variant.lang);
  if (variant.text)
    await page.evaluate(
      (size) => (document.documentElement.style.fontSize = size),
      variant.text,
    );
  return page;
}

for (const variant of variants) {
  test(`phone, ${variant.name}`, async ({ place }) => {
    const take = camera(variant.name);
    const page = await open(place, variant);
    await take(page, "start");
    const t = wordsOf(variant.lang ?? "de");
    await walkBallot(place, page, t, (screen) => take(page, screen));
    await otherBallots(place, page, t, take);
  });
}

/* Scores, dots, yes or no, and two at a time. */
async function otherBallots(
  place: Place,
  page: Page,
  t: Translate,
  take: (page: Page, screen: string) => Promise<void>,
): Promise<void> {
  const press = (key: string): Promise<void> =>
    page
      .getByRole("button", { name: t(key), exact: true })
      .first()
      .click();
  const titles = [
    "Nachtbus am Wochenende",
    "Kino",
    "Trinkbrunnen auf dem Markt",
  ];
  const forms = [
    { form: "score", method: "score" },
    { form: "dots", method: "score", dots: 5 },
    { form: "yesno", method: "plurality" },
    { form: "ranking", method: "irv" },
  ];
  await press("page.back");
  for (const { form, ...rest } of forms) {
    const { poll } = await place.poll(`${form}?`, titles, { form, ...rest });
    await press("poll.open");
    await expect(
      page.getByRole("heading", { level: 1, name: `${form}?` }),
    ).toBeVisible();
    await take(page, form);
    if (form === "ranking") {
      await press("duel.start");
      await take(page, "duel");
    }
    await place.desk.ask({ op: "poll.close", poll });
  }
}

test("phone, young", async ({ place }) => {
  const take = camera("360-young");
  const t = wordsOf("de");
  await place.desk.ask({ op: "settings", youth: true, nicknames: true });
  const page = await place.join({ reducedMotion: "reduce" });
  await take(page, "nickname");
  await page.getByRole("button", { name: "Den nehme ich" }).click();
  await page.getByRole("button", { name: t("home.idea") }).click();
  await take(page, "idea");
  await page.getByLabel(t("idea.title")).fill("Eine Schaukel für Große");
  await page.getByRole("button", { name: t("idea.send") }).click();
  await place.poll("Was machen wir zuerst?", [
    "Kino",
    "Trinkbrunnen",
    "Bänke",
    "Nachtbus",
  ]);
  await take(page, "home");
  await page.getByRole("button", { name: t("poll.vote"), exact: true }).click();
  await take(page, "choose");
  await page.getByRole("button", { name: t("duel.start") }).click();
  await take(page, "duel");
});
