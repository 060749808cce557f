/** Whatever a plan holds, the page shows it as text: markup, quotes, directions, formulas, very much, nothing. */

import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import {
  assert_quiet,
  copied_csv,
  make_page,
  open,
  press,
  print,
  read_document,
  settled,
  texts,
  write_plan,
} from "./support.mjs";

const kLong = "0123456789 abcdefghijklmnopqrstuvwxyz".repeat(9).slice(0, 300);
const kNames = [
  "<script>window.pwned = 1; alert(1)</script>",
  "</script><script>window.pwned = 2; alert(2)</script>",
  '<img src=x onerror="window.pwned=3">',
  "<!-- <script> ]]> -->",
  "\"double\" 'single' `back` &amp; &lt;b&gt; \\u003c \\",
  "\u{1F3D7}\u{FE0F} \u{1F469}\u{200D}\u{1F52C} emoji",
  "\u202Eright to left\u202C שלום عالم \u2067isolated\u2069",
  "zero\u200Bwidth\u200Djoined\uFEFF",
  "=HYPERLINK(\"http://example.invalid\")",
  "+1+1",
  "-2+3",
  "@SUM(A1)",
  "line\u2028separator",
  "${window.pwned = 4}",
  "{{script}} {0} {1}",
  kLong,
  "没有空格的很长的中文名称".repeat(25),
  "",
];
const quoted = (text) => `"${text.replaceAll('"', '""')}"`;
const kIds = kNames.map((name, i) => (i === 2 ? "<b onclick=alert(3)>x</b>" : i === 9 ? "=1+1" : `T${i}`));

function hostile_plan() {
  const rows = kNames.map((name, i) => {
    const fields = [kIds[i], name, name, "2d", kNames[(i + 1) % 6], i > 0 ? "" : "2026-03-03", name];
    return fields.map(quoted).join(",");
  });
  const links = kIds.slice(1).map((id, i) => [kIds[i], id].map(quoted).join(","));
  const resources = kNames.slice(0, 9).map((name, i) => [`R${i}`, name, name, "people", "1"].map(quoted).join(","));
  const demands = kIds.slice(0, 9).map((id, i) => [id, `R${i}`, "1"].map(quoted).join(","));
  return write_plan({
    "plan.toml": `[plan]\nname = ${JSON.stringify(kNames[1])}\nname_zh = ${JSON.stringify(kNames[0])}\nstart = 2026-03-02\n`,
    "tasks.csv": `id,name,name_zh,duration,owner,deadline,notes\n${rows.join("\n")}\n`,
    "links.csv": `from,to\n${links.join("\n")}\n`,
    "resources.csv": `id,name,name_zh,kind,capacity\n${resources.join("\n")}\n`,
    "demands.csv": `task,resource,amount\n${demands.join("\n")}\n`,
  });
}
const plan = hostile_plan();

/** Nothing of the plan became an element, an attribute that acts, or a script that ran. */
async function assert_harmless(page) {
  const found = await page.evaluate(() => ({
    pwned: window.pwned ?? null,
    scripts: document.scripts.length,
    strange: [...document.querySelectorAll("b, img, iframe, object, embed, form, base, link")].map((each) => each.outerHTML),
    acting: [...document.querySelectorAll("*")].filter((each) => [...each.attributes].some(({ name }) => /^on/.test(name))).length,
    links: [...document.querySelectorAll("a")].map((each) => each.getAttribute("href")).filter((href) => !href.startsWith("#")),
  }));
  assert.deepEqual(found, { pwned: null, scripts: 2, strange: [], acting: 0, links: [] });
}

test("the file's markup is the program's alone, and its data are the plan's to the letter", async () => {
  const file = await make_page(plan);
  const text = fs.readFileSync(file, "utf8");
  assert.equal(text.match(/<script/gi).length, 2);
  assert.equal(text.match(/<\/script/gi).length, 2);
  assert.equal(text.match(/<img|<b onclick|<!--/gi), null);
  const { tasks, plan: facts } = read_document(file);
  assert.deepEqual(tasks.id, kIds);
  tasks.name.forEach((name, i) => assert.equal(name, kNames[i] || kIds[i]));
  assert.deepEqual(facts.name, [kNames[1], kNames[0]]);
});

test("all names show as text: title, tree, panel, tables, load", async (t) => {
  const page = await open(t, await make_page(plan), { viewport: { width: 1440, height: 1400 } });
  assert.equal(await page.textContent("h1"), kNames[1]);
  assert.equal(await page.title(), kNames[1]);
  const shown = kNames.map((name, i) => (name === "" ? kIds[i] : name));
  assert.deepEqual(await texts(page, ".g-row:not([hidden]) .g-text"), shown);
  for (let i = 0; i < kNames.length; ++i) {
    await page.click(`#row-${i} .g-text`);
    await settled(page);
    assert.equal(await page.textContent(".why-name"), `${shown[i]} ${kIds[i]}`);
    if (i > 0) assert.ok((await page.textContent(".why-content")).includes(shown[i - 1]), "what comes before it");
  }
  await press(page, "Escape");
  assert.deepEqual(await texts(page, 'section[aria-labelledby="chain"] tbody .link'), shown);
  const resources = (await texts(page, ".load-name")).sort();
  assert.deepEqual(resources, kNames.slice(0, 9).sort());
  for (const name of ["<script>", "</script>", "onerror", "{{script}}", "=HYPER"]) {
    await page.fill('[data-key="search"]', name);
    await settled(page);
    const found = await texts(page, ".g-row:not([hidden]) .g-text");
    assert.ok(found.length > 0 && found.length < kNames.length, name);
  }
  await page.fill('[data-key="search"]', "");
  await press(page, "Escape");
  await press(page, "l");
  assert.equal(await page.textContent("h1"), kNames[0]);
  await assert_harmless(page);
  assert_quiet(page);
});

test("the tip says it as text", async (t) => {
  const page = await open(t, await make_page(plan));
  for (const i of [0, 1, 2, 15]) {
    await page.click(`#row-${i} .g-text`);
    await press(page, "Escape");
    await page.focus(".g-frame");
    await press(page, "s");
    const right = await page.$eval(".g-scroll .g-right", (each) => each.getBoundingClientRect().toJSON());
    const row = await page.$eval(`#row-${i}`, (each) => each.getBoundingClientRect().toJSON());
    await page.mouse.move(right.left + right.width / 2, row.top + row.height / 2);
    await settled(page);
    assert.equal(await page.textContent(".g-tip-name"), kNames[i]);
    const tip = await page.$eval(".g-tip", (each) => each.getBoundingClientRect().toJSON());
    assert.ok(tip.left >= 0 && tip.right <= 1440, "it stays on the screen");
  }
  await assert_harmless(page);
  assert_quiet(page);
});

test("nothing makes the page wider than the screen", async (t) => {
  for (const width of [1440, 390]) {
    const page = await open(t, await make_page(plan), { viewport: { width, height: 844 } });
    await page.focus(".g-frame");
    for (const key of ["End", "ArrowUp", "ArrowUp"]) {
      await press(page, key, "Enter");
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${wide} pixels on a screen of ${width}`);
    }
  }
});

test("copied as CSV, no cell is a formula and every text comes back", async (t) => {
  const page = await open(t, await make_page(plan));
  const [, ...rows] = await copied_csv(page, page.locator('section[aria-labelledby="chain"] .copy'));
  assert.equal(rows.length, kNames.length);
  rows.forEach((row, i) => {
    const name = kNames[i] || kIds[i];
    assert.equal(row[1], /^[=+\-@]/.test(name) ? `'${name}` : name);
    for (const cell of row) assert.doesNotMatch(cell, /^[=+\-@]/);
  });
});

test("the saved SVG is well-formed and holds text alone", async (t) => {
  const page = await open(t, await make_page(plan));
  const [download] = await Promise.all([page.waitForEvent("download"), page.click('[data-key="save_svg"]')]);
  const text = fs.readFileSync(await download.path(), "utf8");
  const picture = await page.evaluate((text) => {
    const read = new DOMParser().parseFromString(text, "image/svg+xml");
    return {
      error: read.querySelector("parsererror")?.textContent ?? null,
      tags: [...new Set([...read.querySelectorAll("*")].map((each) => each.localName))],
      texts: [...read.querySelectorAll("text")].map((each) => each.textContent),
    };
  }, text);
  assert.equal(picture.error, null);
  const known = ["svg", "rect", "path", "text", "g", "clipPath"];
  assert.deepEqual(picture.tags.filter((tag) => !known.includes(tag)), []);
  for (const name of ["+1+1", "@SUM(A1)", "{{script}} {0} {1}"]) assert.ok(picture.texts.includes(name), name);
  assert_quiet(page);
});

test("it prints", async (t) => {
  const page = await open(t, await make_page(plan));
  const { text } = await print(page);
  for (const part of ["<script>", "@SUM(A1)", "{{script}}", "emoji", "T17"]) assert.ok(text.includes(part), part);
  await assert_harmless(page);
  assert_quiet(page);
});

test("findings about such a plan are text too", async (t) => {
  const broken = write_plan({
    "plan.toml": '[plan]\nname = "x"\nstart = 2026-03-02\n',
    "tasks.csv": `id,name,duration,predecessors,<img src=x onerror=alert(1)>\nA,<script>alert(1)</script>,oops<b>,</script><b>B\n`,
  });
  const page = await open(t, await make_page(broken));
  const findings = await page.textContent('section[aria-labelledby="findings"]');
  assert.ok(findings.includes("oops<b>"), findings);
  await assert_harmless(page);
  assert_quiet(page);
});
