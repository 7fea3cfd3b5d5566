/* How long a phone waits on a bad line, from the tap on a link to the first vote that is
 * acknowledged: Chromium with its processor and its line slowed down, against the real server.
 * Figures, not a test: `npm --prefix web run times`. */
import type { CDPSession, Page } from "@playwright/test";
import { test } from "./fixtures";
import type { Place } from "./fixtures";

interface Line {
  name: string;
  latency: number; // ms a request
  kbit: number;
  budget: Record<string, number>; // ms
}

const lines: Line[] = [
  {
    name: "slow 3G",
    latency: 2000,
    kbit: 400,
    budget: { paint: 2800, form: 3200, vote: 5500 },
  },
  { name: "slow 4G", latency: 150, kbit: 1600, budget: { vote: 1500 } },
];
const rounds = 3;
const slower = 4; // the processor
const titles = Array.from(
  { length: 20 },
  (_, i) => `Eine Idee mit der Nummer ${i + 1}`,
);

async function slowDown(page: Page, line: Line): Promise<CDPSession> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Network.enable");
  const bytes = (line.kbit * 1000) / 8;
  await cdp.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: line.latency,
    downloadThroughput: bytes,
    uploadThroughput: bytes,
  });
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: slower });
  return cdp;
}

/* What the page itself notes: shifts of the layout that nobody's tap explains, and tasks that
 * kept it from answering (what is above 50 ms of each). */
function observe(): void {
  const seen = { shift: 0, blocked: 0 };
  Object.assign(window, { seen });
  let touched = -Infinity;
  addEventListener("click", (event) => (touched = event.timeStamp), true);
  new PerformanceObserver((list) => {
    for (const one of list.getEntries())
      if (one.startTime - touched > 500)
        seen.shift += (one as PerformanceEntry & { value: number }).value;
  }).observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver((list) => {
    for (const one of list.getEntries())
      seen.blocked += Math.max(0, one.duration - 50);
  }).observe({ type: "longtask", buffered: true });
}

/* Somebody who knows what they want: presses each button as soon as it is there. */
async function vote(): Promise<Record<string, number>> {
  const times: Record<string, number> = {};
  const until = async <T>(
    look: () => T | null | undefined | false,
  ): Promise<T> => {
    for (;;) {
      const found = look();
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const button = (text: RegExp): HTMLElement | undefined =>
    [...document.querySelectorAll<HTMLElement>("main button")].find((one) =>
      text.test(one.textContent ?? ""),
    );
  const press = async (text: RegExp): Promise<void> =>
    (await until(() => button(text))).click();
  await press(/^\s*Abstimmen\s*$/);
  times["home"] = performance.now();
  await until(() => button(/Nummer 7$/));
  times["ballot"] = performance.now();
  for (const one of [/Nummer 7$/, /Nummer 3$/, /Nummer 9$/]) await press(one);
  for (const one of [/^\s*Ordnen/, /^\s*Prüfen/, /^\s*Stimme abgeben/])
    await press(one);
  times["sent"] = performance.now();
  await until(() => document.querySelector('[data-vote="stored"]'));
  times["vote"] = performance.now();
  return times;
}

async function formUsable(
  place: Place,
  line: Line,
): Promise<Record<string, number>> {
  const page = await place.open("/healthz");
  const cdp = await slowDown(page, line);
  await page.addInitScript(observe);
  await page.goto(place.hall.url + "/", { waitUntil: "commit" });
  await page.waitForFunction(
    () => document.activeElement?.id === "code",
    null,
    {
      polling: 20,
      timeout: 60_000,
    },
  );
  const times = await page.evaluate(() => ({
    form: performance.now(),
    paint:
      performance.getEntriesByName("first-contentful-paint")[0]?.startTime ??
      NaN,
  }));
  await cdp.detach();
  await page.context().close();
  return times;
}

async function firstVote(
  place: Place,
  line: Line,
): Promise<Record<string, number>> {
  const page = await place.open("/healthz");
  await slowDown(page, line);
  await page.addInitScript(observe);
  await page.goto(`${place.hall.url}/j#${place.event.code}`, {
    waitUntil: "commit",
  });
  const times = await page.evaluate(vote);
  const seen = await page.evaluate(
    () => (window as unknown as { seen: Record<string, number> }).seen,
  );
  await page.context().close();
  return { ...times, ...seen };
}

async function heap(place: Place): Promise<number> {
  const page = await place.join();
  await page.getByRole("heading", { level: 3 }).nth(59).waitFor();
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("HeapProfiler.collectGarbage");
  const { usedSize } = await cdp.send("Runtime.getHeapUsage");
  return usedSize / 1e6;
}

const median = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

test("times on a bad line", async ({ place }) => {
  await place.poll("Was zuerst?", titles);
  for (const line of lines) {
    const all: Record<string, number>[] = [];
    for (let i = 0; i < rounds; i++)
      all.push({
        ...(await firstVote(place, line)),
        ...(await formUsable(place, line)),
      });
    for (const name of Object.keys(all[0] ?? {})) {
      const value = median(all.map((one) => one[name] ?? NaN));
      const budget = line.budget[name];
      const told =
        name === "shift" ? value.toFixed(4) : `${Math.round(value)} ms`;
      console.log(
        `${line.name.padEnd(8)} ${name.padEnd(8)} ${told.padStart(9)}` +
          (budget ? `  of ${budget} ms` : ""),
      );
    }
  }
  for (let i = titles.length; i < 60; i++)
    await place.desk.submit(`Noch eine Idee ${i}`);
  console.log(
    `heap with 60 ideas ${(await heap(place)).toFixed(1)} MB of 6 MB`,
  );
});
