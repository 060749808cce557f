/** axe-core finds nothing serious, in either theme and language, on wide and narrow screens, whatever is open. */

import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { make_city } from "./city.mjs";
import { assert_quiet, example, make_dispatch_page, make_page, open, press, settled, texts, write_plan } from "./support.mjs";

const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Violations within what the selector names, as lines: impact, rule, places. */
async function violations(page, within = "html") {
  await settled(page);
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  const found = await page.evaluate((within) => window.axe.run(within, { resultTypes: ["violations"] }), within);
  return found.violations.map(
    ({ impact, id, help, nodes }) => `${impact}: ${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.target.join(" ") + " " + (node.any[0]?.message ?? "")).join("; ")}`,
  );
}
const is_serious = (line) => /^(serious|critical)/.test(line);

async function assert_accessible(t, page, what, within = "html") {
  const found = await violations(page, within);
  for (const line of found.filter((each) => !is_serious(each))) t.diagnostic(`${what}: ${line}`);
  assert.deepEqual(found.filter(is_serious), [], what);
}

const kScreens = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } };
const kThemes = ["light", "dark"];
/** Every two of screen, theme and language meet in one of these. */
const kViews = [["wide", "light", "en"], ["wide", "dark", "zh"], ["narrow", "light", "zh"], ["narrow", "dark", "en"]];

for (const [screen, colorScheme, language] of kViews) {
  test(`${screen}, ${colorScheme}, ${language}`, async (t) => {
    const page = await open(t, await make_page(example("battery-plant"), ["--lang", language]), { viewport: kScreens[screen], colorScheme });
    // What each opens, and where; looking at the whole page again and again takes minutes.
    const states = {
      "as it opens": ["html", async () => {}],
      "a task selected, the panel open": ["aside.why, .g-frame", async () => {
        await page.focus(".g-frame");
        await press(page, "ArrowDown", "ArrowDown", "Enter");
      }],
      "columns to choose": ["#gantt", async () => {
        await press(page, "Escape");
        await page.click('[data-key="columns"]');
      }],
      "nothing found": ["#gantt", async () => {
        await press(page, "Escape");
        await page.fill('[data-key="search"]', "no such text");
      }],
      "the list of keys": ["dialog.help", async () => {
        await page.fill('[data-key="search"]', "");
        await page.click('[data-key="help"]');
      }],
      "heat map, tables open": ["html", async () => {
        await press(page, "Escape");
        await page.locator(".choice button").nth(1).click();
        await page.$$eval("details", (all) => all.forEach((each) => (each.open = true)));
      }],
      "who uses a resource": ["#load", () => page.locator(".load-peak").first().click()],
    };
    for (const [what, [within, act]] of Object.entries(states)) {
      await act();
      await assert_accessible(t, page, what, within);
    }
    assert_quiet(page);
  });
}

for (const [screen, colorScheme, language] of kViews) {
  test(`targets and status, ${screen}, ${colorScheme}, ${language}`, async (t) => {
    const page = await open(t, await make_city(["--lang", language]), { viewport: kScreens[screen], colorScheme });
    assert.equal(await page.locator("#targets, #status").count(), 2);
    await page.$$eval("details", (all) => all.forEach((each) => (each.open = true)));
    await assert_accessible(t, page, "tables open");
    assert_quiet(page);
  });
}

for (const name of ["city-year", "expo"]) {
  test(`${name}, light and dark`, async (t) => {
    for (const colorScheme of kThemes) {
      const page = await open(t, await make_page(example(name)), { colorScheme });
      await assert_accessible(t, page, colorScheme);
    }
  });
}

for (const [screen, colorScheme, language] of [["wide", "dark", "zh"], ["narrow", "light", "en"]]) {
  test(`a muster, ${screen}, ${colorScheme}, ${language}`, async (t) => {
    const { file } = await make_dispatch_page(example("hainan"), ["--lang", language, "--cancel", "DD103"]);
    const page = await open(t, file, { viewport: kScreens[screen], colorScheme });
    // One of each kind will do: axe takes a second for a thousand cells.
    await page.fill('[data-key="search"]', "WX1-1");
    await page.selectOption('[data-key="manifest"]', { label: (await texts(page, '[data-key="manifest"] option')).at(-1) });
    await page.waitForFunction(() => document.querySelectorAll('section[aria-labelledby="people"] tbody tr').length < 20);
    await page.$$eval("details", (all) => all.forEach((each, i) => (each.open = each.closest(".d-many, .d-sheets") === null || i % 30 === 4)));
    await page.$$eval(".d-sheets details:not([open])", (all) => all.forEach((each) => each.remove()));
    if (language === "zh") await page.click('[data-key="whole-day"]');
    await assert_accessible(t, page, "tables open");
    assert_quiet(page);
  });
}

test("a plan without dates, light and dark", async (t) => {
  const plan = write_plan({
    "plan.toml": '[plan]\nname = "Loop"\nstart = 2026-03-02\n',
    "tasks.csv": "id,name,duration,predecessors\nA,One,2d,B\nB,Two,2d,A\n",
  });
  for (const colorScheme of kThemes) {
    await assert_accessible(t, await open(t, await make_page(plan), { colorScheme }), colorScheme);
  }
});

test("what is broken is found", async (t) => {
  const page = await open(t, await make_page(example("expo")));
  await page.evaluate(() => document.querySelector(".g-search").removeAttribute("aria-label"));
  await page.evaluate(() => document.querySelector(".g-search").removeAttribute("placeholder"));
  assert.deepEqual((await violations(page)).filter(is_serious).length, 1);
});
