/* Reading aloud. Headless Chromium has no voices: the device's are put in its place, and
 * what it is asked to say is written down. */
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";

interface Voice {
  lang: string;
  localService: boolean;
}

/** A device with these voices; it speaks until the test lets it end. */
async function giveVoices(page: Page, voices: Voice[]): Promise<void> {
  await page.addInitScript((given) => {
    const said: string[] = [];
    let waiting: SpeechSynthesisUtterance[] = [];
    const device = {
      getVoices: () =>
        given.map((voice) => ({ ...voice, name: voice.lang, default: false })),
      speak(one: SpeechSynthesisUtterance) {
        said.push(`${one.lang}: ${one.text}`);
        waiting.push(one);
      },
      cancel: () => (waiting = []),
    };
    class Utterance {
      lang = "";
      voice: SpeechSynthesisVoice | null = null;
      onend: (() => void) | null = null;
      constructor(readonly text: string) {}
    }
    Object.defineProperty(window, "speechSynthesis", { value: device });
    Object.defineProperty(window, "SpeechSynthesisUtterance", {
      value: Utterance,
    });
    Object.assign(window, {
      said,
      finish: () =>
        waiting
          .splice(0)
          .forEach((one) => (one as unknown as Utterance).onend?.()),
    });
  }, voices);
}

const said = (page: Page): Promise<string[]> =>
  page.evaluate(() => (window as unknown as { said: string[] }).said);

async function arrive(page: Page, code: string): Promise<void> {
  await page.reload();
  await page.getByLabel("Code").fill(code);
  await page.getByRole("button", { name: "Los geht’s" }).click();
}

test("ideas, questions and results are read by a voice of their language", async ({
  place,
}) => {
  const { poll, options } = await place.poll("Was zuerst?", ["Kino", "Park"]);
  const page = await place.open("/");
  await giveVoices(page, [
    { lang: "de-DE", localService: true },
    { lang: "en-GB", localService: false },
  ]);
  await arrive(page, place.event.code);
  const read = page.getByRole("button", { name: "Vorlesen Kino" });
  await read.click();
  expect(await said(page)).toEqual(["de-DE: Kino"]);
  const stop = page.getByRole("button", { name: "Aufhören Kino" });
  await expect(stop).toBeVisible();
  await page.evaluate(() =>
    (window as unknown as { finish: () => void }).finish(),
  );
  await expect(read).toBeVisible();
  await read.click();
  await stop.click();
  await expect(read).toBeVisible();

  await page.getByRole("button", { name: "Abstimmen", exact: true }).click();
  await page.getByRole("button", { name: "Vorlesen Was zuerst?" }).click();
  await page.getByRole("button", { name: "Vorlesen Park" }).click();
  await page.getByRole("button", { name: "Park", exact: true }).click();
  expect((await said(page)).slice(-2)).toEqual([
    "de-DE: Was zuerst?",
    "de-DE: Park",
  ]);

  for (let i = 0; i < 6; i++) {
    const person = await place.person();
    await person.cast(poll, { ranking: [[options[1]]] });
    person.hangUp();
  }
  await place.desk.ask({ op: "poll.close", poll });
  await place.desk.ask({ op: "poll.publish", poll });
  await page.getByRole("button", { name: "Vorlesen Das Ergebnis" }).click();
  expect((await said(page)).join("\n")).toContain("de-DE: Park hat gewonnen");
});

test("without a voice of the language, or with one that speaks elsewhere, there is no button", async ({
  place,
}) => {
  await place.poll("Was zuerst?", ["Kino", "Park"]);
  const page = await place.open("/");
  await giveVoices(page, [
    { lang: "de-DE", localService: false },
    { lang: "fr-FR", localService: true },
  ]);
  await arrive(page, place.event.code);
  await expect(page.getByRole("heading", { name: "Park" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Vorlesen" })).toHaveCount(0);
});
