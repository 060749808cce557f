/**
 * Pictures of the battery plant's page against those that someone has looked at: tests/web/golden.
 * `node golden_test.mjs --update` writes these anew; look at each before it is committed.  The only fonts are Noto CJK
 * and DejaVu, so that what else is installed changes nothing.
 */

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { make_city } from "./city.mjs";
import { browser, edited, example, font_settings, fresh_path, make_dispatch_page, make_page, open, press, print, run, settled } from "./support.mjs";

const kDifference = 24; // of 255: less is the smoothing of letters
const kShare = 0.005; // of the pixels

const golden = fileURLToPath(new URL("golden", import.meta.url));
const output = process.env.DIAODU_WEB_OUTPUT ?? fileURLToPath(new URL("../../build/web_tests", import.meta.url));
const is_update = process.argv.includes("--update");

browser(font_settings());

/** Share of the pixels that differ, and a picture of them: red on what is expected.  Runs in the browser. */
async function compare(page, actual, expected) {
  const found = await page.evaluate(
    async ({ actual, expected, most }) => {
      const pixels = async (data) => {
        const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
        const picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
        const canvas = document.createElement("canvas");
        [canvas.width, canvas.height] = [picture.width, picture.height];
        const context = canvas.getContext("2d");
        context.drawImage(picture, 0, 0);
        return { canvas, context, image: context.getImageData(0, 0, canvas.width, canvas.height) };
      };
      const [a, b] = [await pixels(actual), await pixels(expected)];
      if (a.image.width !== b.image.width || a.image.height !== b.image.height) {
        const size = ({ image }) => `${image.width} × ${image.height}`;
        return { share: 1, why: `${size(a)} in place of ${size(b)}`, picture: null };
      }
      const [one, other] = [a.image.data, b.image.data];
      let count = 0;
      for (let i = 0; i < one.length; i += 4) {
        const by = (part) => Math.abs(one[i + part] - other[i + part]);
        const is_other = by(0) > most || by(1) > most || by(2) > most;
        count += Number(is_other);
        for (let part = 0; part < 3; ++part) other[i + part] = is_other ? (part === 0 ? 255 : 0) : 160 + other[i + part] * 0.37;
      }
      b.context.putImageData(b.image, 0, 0);
      return { share: (4 * count) / one.length, why: "", picture: b.canvas.toDataURL().split(",")[1] };
    },
    { actual: actual.toString("base64"), expected: expected.toString("base64"), most: kDifference },
  );
  return found;
}

async function assert_golden(t, name, actual) {
  const file = path.join(golden, `${name}.png`);
  if (is_update) {
    fs.mkdirSync(golden, { recursive: true });
    fs.writeFileSync(file, actual);
    t.diagnostic(`written: ${file}`);
    return;
  }
  const keep = (kind, data) => {
    fs.mkdirSync(output, { recursive: true });
    const kept = path.join(output, `${name}.${kind}.png`);
    fs.writeFileSync(kept, data);
    return kept;
  };
  if (!fs.existsSync(file)) {
    assert.fail(`${file} is missing.  Look at ${keep("actual", actual)}; node ${fileURLToPath(import.meta.url)} --update writes it.`);
  }
  const expected = fs.readFileSync(file);
  if (actual.equals(expected)) return;
  const page = await (await browser()).newPage();
  t.after(() => page.close());
  const { share, why, picture } = await compare(page, actual, expected);
  if (share <= kShare) return;
  const kept = [keep("actual", actual), ...(picture ? [keep("diff", Buffer.from(picture, "base64"))] : [])];
  assert.fail(`${name}: ${(100 * share).toFixed(2)} % of the pixels differ ${why}\n  expected ${file}\n  see ${kept.join("\n  and ")}`);
}

const shoot = (page) => page.screenshot({ animations: "disabled", caret: "hide" });
const plant = (language) => make_page(example("battery-plant"), ["--lang", language, "--trials", "1000"]);
/** With an outlook that was kept: what methods make of figures may change, how it is drawn shall not. */
const city = async (language) => {
  const outlook = JSON.parse(fs.readFileSync(path.join(golden, "outlook.json"), "utf8"));
  return edited(await make_city(["--lang", language]), (document) => (document.outlook = outlook));
};
const kScreens = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } };

for (const [screen, viewport] of Object.entries(kScreens)) {
  for (const colorScheme of ["light", "dark"]) {
    for (const language of ["en", "zh"]) {
      test(`${screen}, ${colorScheme}, ${language}`, async (t) => {
        const page = await open(t, await plant(language), { viewport, colorScheme });
        await assert_golden(t, `${screen}-${colorScheme}-${language}`, await shoot(page));
      });
    }
  }
}

for (const language of ["en", "zh"]) {
  test(`the chart with the reasons of a task, ${language}`, async (t) => {
    const page = await open(t, await plant(language));
    await page.locator("#gantt").evaluate((each) => each.scrollIntoView());
    // A task that many others hold, half way down the list.
    await page.locator('section[aria-labelledby="chain"] tbody .link').nth(20).click();
    await settled(page);
    assert.equal(await page.isVisible("aside.why"), true);
    await assert_golden(t, `why-${language}`, await shoot(page));
  });

  test(`the load of resources, ${language}`, async (t) => {
    const page = await open(t, await plant(language));
    await page.locator("#load").evaluate((each) => each.scrollIntoView());
    await settled(page);
    await assert_golden(t, `load-${language}`, await shoot(page));
    await page.locator(".choice button").nth(1).click();
    await settled(page);
    await assert_golden(t, `heat-${language}`, await shoot(page));
  });

  for (const [screen, viewport] of Object.entries(kScreens)) {
    for (const colorScheme of screen === "wide" ? ["light", "dark"] : ["light"]) {
      test(`risk, ${screen}, ${colorScheme}, ${language}`, async (t) => {
        const page = await open(t, await plant(language), { viewport: { ...viewport, height: 1500 }, colorScheme });
        await page.locator("#risk").evaluate((each) => each.scrollIntoView());
        await settled(page);
        await assert_golden(t, `risk-${screen}-${colorScheme}-${language}`, await shoot(page));
      });
    }
  }

  for (const [screen, viewport] of Object.entries(kScreens)) {
    const colorScheme = (screen === "wide") === (language === "en") ? "light" : "dark";
    for (const part of ["targets", "status"]) {
      test(`${part}, ${screen}, ${colorScheme}, ${language}`, async (t) => {
        const page = await open(t, await city(language), { viewport: { ...viewport, height: 1600 }, colorScheme });
        await page.locator(`#${part}`).evaluate((each) => each.scrollIntoView());
        await settled(page);
        await assert_golden(t, `${part}-${screen}-${colorScheme}-${language}`, await shoot(page));
      });
    }
  }

  for (const [screen, viewport] of Object.entries(kScreens)) {
    const colorScheme = (screen === "wide") === (language === "en") ? "light" : "dark";
    test(`a muster, ${screen}, ${colorScheme}, ${language}`, async (t) => {
      const { file } = await make_dispatch_page(example("hainan"), ["--lang", language]);
      const page = await open(t, file, { viewport: { ...viewport, height: 1500 }, colorScheme });
      await assert_golden(t, `muster-${screen}-${colorScheme}-${language}`, await shoot(page));
    });
  }

  test(`on paper, ${language}`, async (t) => {
    const page = await open(t, await plant(language));
    const { file } = await print(page);
    const stem = fresh_path("page");
    await run("pdftoppm", ["-r", "80", "-f", "1", "-l", "2", "-png", file, stem]);
    const pages = fs.readdirSync(path.dirname(stem)).filter((name) => name.endsWith(".png")).sort();
    assert.equal(pages.length, 2);
    for (const [i, name] of pages.entries()) {
      await assert_golden(t, `paper-${i + 1}-${language}`, fs.readFileSync(path.join(path.dirname(stem), name)));
    }
  });
}

test("a picture that differs is told from one that does not", async (t) => {
  const page = await open(t, await plant("en"));
  const one = await shoot(page);
  await press(page, "l");
  const other = await shoot(page);
  const blank = await (await browser()).newPage();
  t.after(() => blank.close());
  assert.equal((await compare(blank, one, one)).share, 0);
  assert.ok((await compare(blank, other, one)).share > kShare);
});
