/* A slip at the desk is undone in one tap, and both moderators see who did what. */
import { clean } from "./axe";
import { expect, test } from "./fixtures";

test("what a moderator did is undone at the desk, and a phone votes on", async ({
  place,
}) => {
  const { hall, event } = place;
  const { poll, options } = await place.poll("Was zuerst?", ["Kino", "Park"]);
  const size = { viewport: { width: 1280, height: 900 } };
  const desk = await place.open(`/m#${await hall.newLink(event.code)}`, size);
  const other = await place.open(`/m#${await hall.newLink(event.code)}`, size);
  const phone = await place.join();

  /* hide → undo, by the button */
  await desk.getByRole("button", { name: /^Zu sehen/ }).click();
  const idea = desk.getByRole("article").filter({ hasText: "Kino" }).first();
  await idea.getByRole("button", { name: "Verbergen Kino" }).click();
  await idea.getByLabel(/^Grund/).selectOption({ index: 1 });
  await idea.getByRole("button", { name: "Verbergen", exact: true }).click();
  await expect(desk.getByText("Idee verborgen: Kino").last()).toBeVisible();
  await expect(
    phone.getByRole("listitem").filter({ hasText: "Kino" }),
  ).toHaveCount(0);
  await clean(desk, "an undo is offered");
  await desk.getByRole("button", { name: "Rückgängig machen" }).click();
  await expect(
    phone.getByRole("listitem").filter({ hasText: "Kino" }),
  ).toHaveCount(1);
  await expect(
    desk.getByRole("button", { name: "Rückgängig machen" }),
  ).toHaveCount(0);

  /* close → undo, by the keys; the phone votes on */
  const running = desk.getByRole("article").filter({ hasText: "Was zuerst?" });
  await running.getByRole("button", { name: /^Jetzt beenden/ }).click();
  await running.getByRole("button", { name: "Jetzt beenden" }).click();
  await expect(phone.getByText("Beendet").first()).toBeVisible();
  await expect(
    desk.getByText("Abstimmung beendet: Was zuerst?").last(),
  ).toBeVisible();
  await desk.keyboard.press("Control+z");
  await expect(running).toContainText("Läuft");
  await expect(running).toContainText("1-mal wieder geöffnet");
  const voter = await place.person();
  await voter.cast(poll, { ranking: [[options[0]]] });
  await expect(running).toContainText("1 abgestimmt");

  /* the other desk sees who did what, and takes something back too */
  await place.desk.ask({ op: "call", open: false });
  await other.getByRole("button", { name: "Was getan wurde" }).click();
  const done = other.getByRole("region", { name: "Was getan wurde" });
  await expect(done.getByText("Abstimmung beendet: Was zuerst?")).toBeVisible();
  await expect(done.getByText(/rückgängig gemacht: Moderation 2/)).toHaveCount(
    2,
  );
  await clean(other, "what was done");
  await done
    .getByRole("button", { name: /^Rückgängig machen Ideensammeln/ })
    .click();
  await expect(
    other.getByRole("switch", { name: "Ideen sammeln" }),
  ).toBeChecked();
  await expect(done.getByText(/rückgängig gemacht: du/)).toHaveCount(1);

  /* what people did stays: the opening can't be undone any more */
  await expect(
    done.getByRole("button", { name: /Abstimmung gestartet/ }),
  ).toHaveCount(0);
});
