/* An idea that is drawn and photographed: from one phone over a bad line to the desk, to
 * another phone and to the wall; and away again. */
import type { Locator, Page } from "@playwright/test";
import { clean, fits } from "./axe";
import { expect, test } from "./fixtures";

const SCREEN = { viewport: { width: 1920, height: 1080 } };

async function draw(page: Page): Promise<void> {
  const sheet = page.locator("canvas");
  await sheet.scrollIntoViewIfNeeded();
  const box = await sheet.boundingBox();
  if (!box) throw new Error("no sheet");
  await page.mouse.move(box.x + 40, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + 200, box.y + 180, { steps: 12 });
  await page.mouse.move(box.x + 500, box.y + 60, { steps: 6 }); // beyond the edge
  await page.mouse.up();
  await page.mouse.click(box.x + 60, box.y + 150);
}

/* A phone's JPEG: lying on its side, and with words about where it was taken. */
async function snapshot(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(() => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [1800, 1200];
    const context = canvas.getContext("2d");
    if (context) context.fillStyle = "#2a7";
    context?.fillRect(0, 0, 900, 1200);
    return canvas.toDataURL("image/jpeg").split(",")[1] ?? "";
  });
  const jpeg = Buffer.from(base64, "base64");
  const turned =
    "4d4d002a00000008" + "0001" + "011200030000000100060000" + "00000000";
  const exif = Buffer.concat([
    Buffer.from("Exif\0\0"),
    Buffer.from(turned, "hex"),
    Buffer.from("GPS 51.4828 N 11.9697 E"),
  ]);
  const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)]);
}

const size = (image: Locator) =>
  image.evaluate((one: HTMLImageElement) => [
    one.naturalWidth,
    one.naturalHeight,
  ]);

test("a drawing and a photograph reach everybody, bare of where they were made, and can be taken away", async ({
  place,
}) => {
  const { hall, event } = place;
  const phone = await place.join();
  await phone.getByRole("button", { name: "Idee einreichen" }).click();
  await phone.getByLabel("Titel").fill("Skatepark");
  await phone.getByRole("button", { name: "Emoji" }).click();
  await phone.getByRole("button", { name: "Stern" }).click();
  await phone.getByRole("button", { name: "Zeichnen" }).click();
  await phone.getByText("Rot", { exact: true }).click();
  await draw(phone);
  await clean(phone, "drawing");
  await fits(phone, "drawing");
  await phone.reload();
  await expect(
    phone.getByRole("img", { name: "Deine Zeichnung" }),
  ).toBeVisible();
  const buffer = await snapshot(phone);
  const file = { name: "halle.jpg", mimeType: "image/jpeg", buffer };
  await phone.getByLabel("Foto", { exact: true }).setInputFiles(file);
  await expect
    .poll(() => size(phone.getByAltText("Dein Foto")))
    .toEqual([853, 1280]);

  let cut = true;
  await phone.route("**/media?**", (route) => {
    const now = cut;
    cut = false;
    return now ? route.abort() : route.continue();
  });
  await phone.context().setOffline(true);
  await phone.getByRole("button", { name: "Abschicken" }).click();
  const mine = phone.getByRole("region", { name: "Meine Ideen" });
  await expect(mine.getByAltText("Foto zu: Skatepark⭐")).toBeVisible();
  await expect(mine.getByText("Auf diesem Gerät gespeichert")).toBeVisible();
  await phone.context().setOffline(false);

  const desk = await place.open(`/m#${await hall.newLink(event.code)}`, SCREEN);
  const thumbs = [
    desk.getByAltText("Zeichnung zu: Skate"),
    desk.getByAltText("Foto zu: Skate"),
  ];
  for (const thumb of thumbs)
    await expect.poll(() => size(thumb)).not.toEqual([0, 0]);
  await expect(mine.getByText("Wartet auf Freigabe")).toHaveCount(1);
  await desk.getByRole("button", { name: "Foto zu: Skate" }).click();
  await expect(
    desk.getByRole("dialog", { name: "Foto zu: Skate" }),
  ).toBeVisible();
  await clean(desk, "a large picture");
  await desk.keyboard.press("Escape");
  await expect(
    desk.getByRole("button", { name: "Foto zu: Skate" }),
  ).toBeFocused();
  await desk.getByRole("button", { name: "Freigeben Skatepark" }).click();

  const other = await place.join();
  const photo = other.getByAltText("Foto zu: Skatepark⭐");
  await expect.poll(() => size(photo)).toEqual([853, 1280]);
  await expect
    .poll(() => size(other.getByAltText("Zeichnung zu: Skate")))
    .not.toEqual([0, 0]);
  const address = (await photo.getAttribute("src")) ?? "";
  const sent = await other.evaluate(
    async (src) => (await fetch(src)).text(),
    address,
  );
  expect(sent).toContain("JFIF");
  expect(sent).not.toMatch(/Exif|GPS/);
  const wall = await place.open(`/stage#${event.code}`, SCREEN);
  await expect
    .poll(() => size(wall.getByAltText("Zeichnung zu: Skate")))
    .not.toEqual([0, 0]);

  await desk.getByRole("button", { name: /^Zu sehen/ }).click();
  await desk.getByRole("button", { name: "Foto entfernen" }).click();
  await desk.getByRole("button", { name: "Foto entfernen" }).click();
  await expect(photo).toHaveCount(0);
  await expect(other.getByAltText("Zeichnung zu: Skate")).toBeVisible();
  await desk.getByRole("button", { name: "Verbergen Skatepark" }).click();
  await desk.getByLabel(/^Grund/).selectOption("off-topic");
  await desk.getByRole("button", { name: "Verbergen", exact: true }).click();
  await expect(other.getByAltText("Zeichnung zu: Skate")).toHaveCount(0);
  await expect(wall.getByAltText("Zeichnung zu: Skate")).toHaveCount(0);
  const gone = await other.evaluate(
    async (src) => (await fetch(src, { cache: "no-store" })).status,
    address,
  );
  expect(gone).toBe(404);
});
