/* An event for the young: set up at the desk, nicknames, larger type, voting explained. */
import { clean, fits } from "./axe";
import { expect, test } from "./fixtures";

test("a moderator sets the event up for the young; nicknames stand beside ideas everywhere", async ({
  place,
}) => {
  const { hall, event } = place;
  const desk = await place.open(`/m#${await hall.newLink(event.code)}`, {
    viewport: { width: 1280, height: 900 },
  });
  const phone = await place.join();
  const size = () =>
    phone.evaluate(() => getComputedStyle(document.documentElement).fontSize);
  const before = parseFloat(await size());
  await desk.getByRole("button", { name: "Einstellungen" }).click();
  await desk.getByLabel(/Für junge Leute/).check();
  await desk.getByLabel(/Ausgedachte Namen/).check();
  await expect
    .poll(async () => parseFloat(await size()))
    .toBeGreaterThan(before);

  const card = phone.getByRole("region", { name: "Dein Name für heute" });
  for (const left of [3, 2, 1]) {
    const proposed = await card.locator("strong").textContent();
    await card.getByRole("button", { name: `noch ${left}` }).click();
    await expect(card.locator("strong")).not.toHaveText(proposed ?? "");
  }
  await expect(card.getByRole("button", { name: "noch 0" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await clean(phone, "young");
  await fits(phone, "young");
  const name = (await card.locator("strong").textContent()) ?? "";
  await card.getByRole("button", { name: "Den nehme ich" }).click();
  await expect(phone.locator("p.mine")).toContainText(`Du bist ${name}.`);
  await phone.reload();
  await expect(phone.locator("p.mine")).toContainText(`Du bist ${name}.`);

  await phone.getByRole("button", { name: "Idee einreichen" }).click();
  await phone.getByLabel("Titel").fill("Skatepark");
  await phone.getByRole("button", { name: "Abschicken" }).click();
  await expect(desk.getByText(`von ${name}`)).toBeVisible();
  await desk.getByRole("button", { name: "Freigeben Skatepark" }).click();
  await expect(phone.getByText(`von ${name}`)).toBeVisible();
  const wall = await place.open(`/stage#${event.code}`, {
    viewport: { width: 1920, height: 1080 },
  });
  await expect(wall.getByText(`von ${name}`)).toBeVisible();

  await place.poll("Was zuerst?", ["Kino", "Park", "Bühne"]);
  await expect(
    phone.getByRole("region", { name: "So geht Abstimmen" }),
  ).toBeVisible();
  await phone.getByRole("button", { name: "Abstimmen", exact: true }).click();
  await expect(
    phone.getByRole("button", { name: "Immer zwei vergleichen" }),
  ).toHaveClass(/primary/);
  await phone.goBack();
  await desk.getByLabel(/Ausgedachte Namen/).uncheck();
  await expect(phone.getByText(`von ${name}`)).toBeHidden();
  await expect(wall.getByText(`von ${name}`)).toBeHidden();
});
