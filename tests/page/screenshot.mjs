// Makes docs/compare-seeds.png, the picture of the README:
//   cargo build && (cd tests/page && npm install && node screenshot.mjs)
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { launch, program, root } from "./browser.mjs";

const folder = mkdtempSync(join(tmpdir(), "vanban-shot-"));
const html = join(folder, "seeds.html");
const seeds = ["vinh-phuc-2021.txt", "quang-nam-2021.txt"].map((name) => join("corpus/documents", name));
execFileSync(program(), ["compare", ...seeds, "--html", html], { cwd: root });
const browser = await launch();
const page = await browser.newPage({ viewport: { width: 1440, height: 1000 }, colorScheme: "light" });
await page.goto(pathToFileURL(html).href);
await page.locator(".contents tbody tr").nth(1).locator(".source").nth(1).click();
await page.evaluate(() => document.getElementById("contents").scrollIntoView());
mkdirSync(join(root, "docs"), { recursive: true });
await page.screenshot({ path: join(root, "docs/compare-seeds.png") });
await browser.close();
rmSync(folder, { recursive: true });
