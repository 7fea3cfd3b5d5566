/* Before somebody is in: how it works, what is stored, for whom the pages are made, and what
 * a window is told that will forget all of it. */
import { both } from "./axe";
import { expect, test } from "./fixtures";

const PORTAL =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148";

test("the start page says how it works, what is stored and until when, and how accessible it is", async ({
  place,
}) => {
  const page = await place.open("/", { viewport: { width: 320, height: 640 } });
  await expect(page.getByText("nach 30 Tagen alles zu löschen")).toBeVisible();
  await both(page, "start");
  await page.getByRole("button", { name: "Mehr zum Datenschutz" }).click();
  await expect(
    page.getByRole("heading", { name: "Datenschutz", exact: true }),
  ).toBeVisible();
  await page.getByRole("button", { name: "Zurück" }).click();
  await page.getByLabel("Sprache").selectOption("de-simple");
  await expect(page.getByText("Schreiben Sie Ihre Idee auf.")).toBeVisible();
  await page.getByRole("button", { name: "Barriere-Freiheit" }).click();
  await expect(
    page.getByRole("link", { name: "mitmachen@halle.example" }),
  ).toHaveAttribute("href", "mailto:mitmachen@halle.example");
  await expect(
    page.getByText("Es gibt kein Video in Gebärden-Sprache."),
  ).toBeVisible();
  await both(page, "access");
});

test("a window that will forget says so, and gives the address to take elsewhere; whoever scanned the code reads what is stored too", async ({
  place,
}) => {
  const page = await place.join({ userAgent: PORTAL });
  await expect(page.getByText(`/j#${place.event.code}`)).toBeVisible();
  await page.getByRole("button", { name: "Adresse kopieren" }).click();
  await expect(
    page.getByRole("button", { name: "Adresse kopiert" }),
  ).toBeVisible();
  await expect(page.getByText("nach 30 Tagen alles zu löschen")).toBeVisible();
  await both(page, "small window");
});
