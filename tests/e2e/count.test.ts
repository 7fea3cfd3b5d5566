/* The page that `stimmwerk tally --html` prints: axe in light and dark, and 320 px. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { clean } from "./axe";
import { program } from "./hall";

const run = promisify(execFile);

const elections = new URL("../golden/elections/", import.meta.url);

async function count(
  method: string,
  file: string,
  ...more: string[]
): Promise<string> {
  const ballots = fileURLToPath(new URL(file, elections));
  const line = ["tally", "--html", "--method", method, ...more, ballots];
  return (await run(program(), line, { maxBuffer: 64 << 20 })).stdout;
}

const counts: [string, string, ...string[]][] = [
  [
    "ranked-pairs-wv",
    "condorcet-cycle-weighted.csv",
    "--compare=irv,borda,approval",
  ],
  ["irv", "hack-60x300-top5.blt"],
  ["stv-scottish", "wikipedia-stv-food.blt"],
  ["equal-shares", "approval-two-camps.abif", "--seats", "3"],
  ["star", "tennessee-star.abif"],
  ["borda", "tennessee.abif"],
  ["schulze-wv", "schulze-45.blt"],
];

for (const [method, file, ...more] of counts)
  test(`the count by ${method}, light and dark, at 320 px`, async ({
    page,
  }) => {
    test.slow();
    await page.setViewportSize({ width: 320, height: 640 });
    await page.setContent(await count(method, file, ...more));
    await clean(page, method);
    const out = await page.evaluate(
      () =>
        document.documentElement.scrollWidth -
        document.documentElement.clientWidth,
    );
    expect(out).toBe(0);
  });
