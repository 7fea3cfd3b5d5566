/* A lesson led by its agenda: one button at the desk, and every screen follows. */
import { expect, test } from "./fixtures";
import { pollOf } from "./phone";

test("a class is led from the welcome to the result by one button", async ({
  place,
}) => {
  const { hall, event, desk } = place;
  const moderator = await place.open(`/m#${await hall.newLink(event.code)}`, {
    viewport: { width: 1920, height: 1080 },
  });
  const wall = await place.open(`/stage#${event.code}`, {
    viewport: { width: 1920, height: 1080 },
  });
  const next = (name: string): Promise<void> =>
    moderator.getByRole("button", { name, exact: true }).click();
  const on = moderator.locator('li[aria-current="step"]');

  await test.step("from a template, and it says what will happen", async () => {
    await next("Ablauf anlegen");
    await next("Schulstunde (45 Minuten)");
    await expect(
      moderator.getByText("Die Wand zeigt, wie man mitmacht."),
    ).toBeVisible();
    await expect(
      moderator.getByRole("heading", { name: "Ablauf" }),
    ).toBeFocused();
    await next("Beginnen: Auftakt");
    await expect(on).toHaveText(/Auftakt/);
    await expect(wall.locator("header").getByText("Auftakt")).toBeVisible();
    await expect(wall.getByRole("heading", { name: "Mach mit" })).toBeVisible();
  });

  const phone = await place.join();
  await test.step("who comes late lands in the phase; its time can be stretched", async () => {
    await expect(phone.getByText("Gleich geht es los.")).toBeVisible();
    await expect(phone.getByRole("timer")).toHaveText("noch 5 Minuten");
    await next("+5 Minuten");
    await expect(phone.getByRole("timer")).toHaveText("noch 10 Minuten");
    await expect(wall.getByRole("timer")).toHaveText("noch 10 Minuten");
    await next("Uhr anhalten");
    await expect(phone.getByRole("timer")).toHaveText(/angehalten/);
  });

  const ideas = await Promise.all(
    ["Kino", "Mehr Bänke"].map((title) => desk.submit(title)),
  );
  await test.step("ideas are collected, and no more afterwards", async () => {
    await next("Weiter: Ideen sammeln");
    await expect(phone.getByText("Du kannst Ideen einreichen.")).toBeVisible();
    await expect(
      phone.getByRole("button", { name: "Idee einreichen" }),
    ).toBeVisible();
    await expect(
      wall.getByRole("listitem").filter({ hasText: "Kino" }),
    ).toBeVisible();
    await next("Weiter: Ideen ordnen");
    await expect(
      phone.getByRole("button", { name: "Idee einreichen" }),
    ).toBeHidden();
  });

  await test.step("a poll is chosen, opened by the same tap, closed and shown", async () => {
    await desk.ask(pollOf("Was machen wir zuerst?", ideas));
    await moderator
      .getByLabel(/Abstimmung dazu/)
      .selectOption("Was machen wir zuerst?");
    await expect(
      moderator.getByText(/Was machen wir zuerst.* beginnt/),
    ).toBeVisible();
    await next("Weiter: Abstimmung");
    await expect(phone.getByText("Du kannst abstimmen.")).toBeVisible();
    await expect(
      wall.getByRole("heading", { name: "Was machen wir zuerst?" }),
    ).toBeVisible();
    await next("Abstimmung beenden und Ergebnis zeigen");
    await expect(
      phone.getByText("Die Abstimmung ist beendet.").first(),
    ).toBeVisible();
    await expect(
      wall.getByText(/So wurde gezählt|hat gewonnen/).first(),
    ).toBeVisible();
  });

  await test.step("back by one, and on to the end", async () => {
    await next("Weiter: Ergebnisse");
    await expect(on).toHaveText(/Ergebnisse/);
    await expect(
      moderator.getByText("Das war der letzte Schritt."),
    ).toBeVisible();
    await next("Zurück: Abstimmung");
    await expect(on).toHaveText(/Abstimmung/);
  });
});
