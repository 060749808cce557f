/** Takes the pictures that both READMEs show: `scripts/pictures` calls it with the page's file. */

import path from "node:path";
import { chromium } from "playwright-core";
import { find_browser, kOwnFonts, settled, source } from "./support.mjs";

const [page_file] = process.argv.slice(2);
const launched = await chromium.launch({
  executablePath: find_browser(),
  args: ["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb"],
  env: { ...process.env, ...kOwnFonts },
});
for (const [locale, name] of [
  ["en", "report.png"],
  ["zh", "report.zh.png"],
]) {
  const context = await launched.newContext({ viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1.5 });
  const page = await context.newPage();
  await page.goto(`file://${page_file}`);
  if (locale === "zh") await page.click("[data-key=language]");
  await page.evaluate(() => document.activeElement?.blur());
  await settled(page);
  await page.screenshot({ path: path.join(source, "docs/images", name) });
  await context.close();
}
await launched.close();
