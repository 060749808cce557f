/** Takes the pictures that both READMEs show; `scripts/pictures` calls it.  Not a test: it judges nothing. */

import path from "node:path";
import { test } from "node:test";
import { browser, example, font_settings, make_page, open, press, settled, source } from "./support.mjs";

browser(font_settings());

test("pictures of the battery plant's page", async (t) => {
  const file = await make_page(example("battery-plant"));
  for (const [language, name] of [
    ["en", "report.png"],
    ["zh", "report.zh.png"],
  ]) {
    const page = await open(t, file, { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1.5 });
    if (language === "zh") await press(page, "l");
    await settled(page);
    await page.screenshot({ path: path.join(source, "docs/images", name) });
  }
});
