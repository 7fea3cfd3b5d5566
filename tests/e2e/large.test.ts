/* A whole ballot by people who make the text larger, zoom, or let the system choose colours. */
import { audit, fits } from "./axe";
import { test } from "./fixtures";
import { walkBallot, wordsOf } from "./walk";

const t = wordsOf("de");

test("with text at 200 %, on a small phone", async ({ place }) => {
  const page = await place.open("/", { viewport: { width: 360, height: 740 } });
  await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
  await walkBallot(place, page, t, (name) => fits(page, `200 %, ${name}`));
});

/* A laptop's 1280 × 1024 at 400 % has 320 × 256 of them left. */
test("at a zoom of 400 %", async ({ place }) => {
  const page = await place.open("/", {
    viewport: { width: 320, height: 256 },
    deviceScaleFactor: 4,
  });
  await walkBallot(place, page, t, (name) => fits(page, `400 %, ${name}`));
});

test("in forced colours", async ({ place }) => {
  const page = await place.open("/");
  await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
  await walkBallot(place, page, t, async (name) => {
    await audit(page, `forced colours, ${name}`);
    await fits(page, `forced colours, ${name}`);
  });
});
