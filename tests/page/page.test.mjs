// The page of `vanban compare --html` in a real browser.
//   npm install && node --test page.test.mjs
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { write } from "./announcements.mjs";
import { launch, program, root } from "./browser.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "vanban-page-"));
const at = (name) => join(folder, name);
let browser;

function compare(out, ...paths) {
  execFileSync(program(), ["compare", ...paths, "--all", "--quiet", "--html", out]);
}

const payloads = [
  "<script>window.pwned=1</script>",
  "</script><script>window.pwned=2</script>",
  '<img src="x" onerror="window.pwned=3">',
  "<svg onload=window.pwned=4><circle r=9/></svg>",
  '" onmouseover="window.pwned=5" autofocus onfocus="window.pwned=6',
  "<iframe srcdoc='<script>parent.pwned=7</script>'></iframe>",
  "<style>body{display:none}</style><base href='https://example.invalid/'>",
  "javascript:window.pwned=8",
  "{{script}} ${window.pwned=9} \u202e nghịch",
];

function hostile(name, payload) {
  return `${name}: ${payload}

16/9/2021

Ngày 16/9/2021, UBND tỉnh ${name} ban hành Kế hoạch số 240/KH-UBND phát động phong trào thi đua “${name} chung sức ${payload} giữ sạch dòng sông”, với tinh thần “${payload}”. Nội dung thi đua:

${payloads.map((p, i) => `${i + 1}. Giữ sạch sông hồ ${p}; trồng cây ${payload} ven đường làng số ${i}.`).join("\n\n")}
`;
}

before(async () => {
  const seeds = join(root, "corpus/documents");
  compare(at("seeds.html"), join(seeds, "vinh-phuc-2021.txt"), join(seeds, "quang-nam-2021.txt"));
  compare(at("movement.html"), join(root, "corpus/movement"));
  write(at("many"), 63);
  compare(at("many.html"), at("many"));
  mkdirSync(at("hostile"));
  for (const [i, payload] of payloads.entries()) {
    const place = ["Hà Nam", "Nam Định", "Phú Yên", "Cà Mau", "Lào Cai", "Sơn La", "Gia Lai", "Yên Bái", "Long An"][i];
    writeFileSync(at(`hostile/${i}.txt`), hostile(place, payload));
  }
  compare(at("hostile.html"), at("hostile"));
  browser = await launch();
});

after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

// A page, with everything it complains of or asks the network for.
async function open(name, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const trouble = [];
  page.on("console", (m) => ["error", "warning"].includes(m.type()) && trouble.push(m.text()));
  page.on("pageerror", (e) => trouble.push(e.message));
  page.on("dialog", (d) => (trouble.push(`dialog: ${d.message()}`), d.dismiss()));
  page.on("request", (r) => {
    if (r.url() !== pathToFileURL(at(name)).href) trouble.push(`request: ${r.url()}`);
  });
  await page.goto(pathToFileURL(at(name)).href);
  return { page, trouble, done: () => context.close() };
}

const shownRows = (page) => page.locator(".contents tbody tr:visible").count();

test("opens, says what is compared, asks for nothing", async () => {
  const { page, trouble, done } = await open("seeds.html");
  assert.equal(await page.locator("h1").textContent(), "UBND tỉnh Quảng Nam – UBND tỉnh Vĩnh Phúc");
  assert.equal(await page.locator(".fields tbody tr").count(), 11);
  assert.equal(await page.locator(".contents tbody tr").count(), 6);
  assert.equal(await page.locator(".fields td:has-text('240/KH-UBND')").count(), 1);
  assert.match(await page.locator("#summary").textContent(), /tên tỉnh/);
  const policy = await page.locator("meta[http-equiv]").getAttribute("content");
  assert.match(policy, /^default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-/);
  assert.deepEqual(trouble, []);
  await done();
});

test("words that differ are marked in both columns", async () => {
  const { page, done } = await open("seeds.html");
  const row = page.locator(".contents tbody tr").nth(1);
  assert.deepEqual(await row.locator("ins").allTextContents(), ["chăm lo", "chăm sóc"]);
  const mark = await row.locator("ins").first().evaluate((e) => getComputedStyle(e).textDecorationLine);
  assert.equal(mark, "underline", "not by colour alone");
  await done();
});

test("filters: theme, only here, differences, words, columns", async () => {
  const { page, trouble, done } = await open("seeds.html");
  await page.selectOption("#by-theme", "vaccination");
  assert.equal(await shownRows(page), 1);
  await page.selectOption("#by-theme", "");
  await page.check("#only");
  assert.equal(await shownRows(page), 2);
  await page.uncheck("#only");
  await page.fill("#search", "vung xanh");
  assert.equal(await shownRows(page), 1, "found without tone marks");
  assert.equal(await page.locator("#count").textContent(), "Hiện 1 trong 6 nội dung");
  await page.fill("#search", "không có chữ này đâu");
  assert.equal(await shownRows(page), 0);
  await page.fill("#search", "");
  await page.check("#differ");
  assert.equal(await shownRows(page), 6);
  assert.ok(await page.locator(".contents.terse").count());
  await page.uncheck("#differ");
  await page.click(".columns summary");
  await page.uncheck("[data-column='0']");
  assert.equal(await page.locator(".contents thead th:visible").count(), 2);
  await page.click("#all");
  assert.equal(await page.locator(".contents thead th:visible").count(), 3);
  assert.deepEqual(trouble, []);
  await done();
});

test("a value opens its evidence in the source text", async () => {
  const { page, trouble, done } = await open("seeds.html");
  await page.click(".fields button:has-text('240/KH-UBND')");
  const panel = page.locator("#source");
  assert.ok(await panel.isVisible());
  assert.equal(await panel.locator("mark").textContent(), "240/KH-UBND");
  const seen = await panel.locator("mark").evaluate((mark) => {
    const box = mark.getBoundingClientRect();
    const frame = document.getElementById("source-text").getBoundingClientRect();
    return box.top >= frame.top && box.bottom <= frame.bottom;
  });
  assert.ok(seen, "the marked words are scrolled into view");
  assert.match(await page.locator("#source-place").textContent(), /vinh-phuc-2021\.txt/);
  await page.click("#copy");
  await page.waitForFunction(() => document.getElementById("copied").textContent !== "");
  await page.click("#close");
  assert.ok(!(await panel.isVisible()));
  assert.deepEqual(trouble, []);
  await done();
});

test("every piece of evidence is a place in its source", async () => {
  const { page, done } = await open("movement.html");
  const wrong = await page.evaluate(() => {
    const sources = JSON.parse(document.getElementById("data").textContent);
    const fold = (s) => s.normalize("NFC").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
    const out = [];
    for (const button of document.querySelectorAll("[data-e]")) {
      const [d, span] = button.dataset.e.split(":");
      const [start, end] = span.split("-").map(Number);
      const quote = Array.from(sources[d].text).slice(start, end).join("");
      const cell = button.closest("td");
      const item = button.matches(".source") && cell;
      const words = item ? cell.querySelector(".words") : button.closest("#rare") && button;
      if (!quote.trim()) out.push(button.dataset.e);
      // An item's own words, dropped ones aside, stand in its evidence.
      if (words && cell?.querySelectorAll(".source").length === 1) {
        const copy = words.cloneNode(true);
        for (const del of copy.querySelectorAll("del")) del.remove();
        if (!fold(quote).includes(fold(copy.textContent))) out.push(button.dataset.e);
      }
    }
    return out;
  });
  assert.deepEqual(wrong, []);
  await done();
});

test("works by keyboard alone, with visible focus", async () => {
  const { page, done } = await open("seeds.html");
  const tab = () => page.keyboard.press("Tab");
  const focus = () => page.evaluate(() => document.activeElement.id || document.activeElement.className);
  await tab();
  assert.equal(await focus(), "skip");
  assert.ok((await page.locator(".skip").boundingBox()).x >= 0, "the skip link shows");
  await tab();
  assert.equal(await focus(), "language");
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.equal(outline, "solid");
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  await page.keyboard.press("Enter");
  for (let i = 0; i < 60 && (await focus()) !== "v"; i += 1) await tab();
  assert.equal(await focus(), "v", "values can be reached");
  await page.keyboard.press("Enter");
  assert.equal(await focus(), "source", "focus goes to the evidence");
  await tab();
  assert.equal(await focus(), "close");
  await page.keyboard.press("Escape");
  assert.equal(await focus(), "v", "and comes back to the value");
  assert.ok(!(await page.locator("#source").isVisible()));
  await done();
});

test("speaks Vietnamese and English", async () => {
  const { page, done } = await open("seeds.html");
  assert.ok(await page.locator("h2:has-text('Trường thông tin')").isVisible());
  await page.click("#language");
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  assert.ok(!(await page.locator("h2 .vi").first().isVisible()));
  assert.match(await page.locator("#count").textContent(), /6 of 6 contents shown/);
  assert.ok((await page.locator("#by-theme option").allTextContents()).includes("Vaccination"));
  await done();
});

test("follows the system's dark mode, and a switch", async () => {
  const { page, done } = await open("seeds.html", { colorScheme: "dark" });
  const light = () =>
    page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).slice(0, 3).map(Number).reduce((a, b) => a + b) > 380);
  assert.ok(!(await light()));
  await page.click("#theme");
  assert.equal(await page.locator("html").getAttribute("data-theme"), "light");
  assert.ok(await light());
  await page.click("#theme");
  assert.ok(!(await light()));
  await done();
});

test("prints on A4 landscape without its tools", async () => {
  for (const name of ["seeds.html", "movement.html"]) {
    const { page, done } = await open(name);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const box = pdf.toString("latin1").match(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/);
    assert.ok(Math.abs(box[1] - 842) < 2 && Math.abs(box[2] - 595) < 2, `${name}: ${box[0]}`);
    await page.emulateMedia({ media: "print" });
    assert.ok(!(await page.locator(".filters").isVisible()));
    assert.ok(!(await page.locator(".tools").isVisible()));
    assert.ok(await page.locator(".contents").isVisible());
    await page.setViewportSize({ width: 1030, height: 700 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 1030, `${name}: ${wide} px are wider than the paper`);
    await done();
  }
});

test("texts of documents cannot run", async () => {
  const { page, trouble, done } = await open("hostile.html");
  assert.equal(await page.locator(".fields thead th").count(), payloads.length + 1);
  for (const button of await page.locator("[data-e]").all()) {
    if (await button.isVisible()) await button.click();
    if ((await page.locator("#source-text").textContent()).length === 0) assert.fail("no text");
  }
  await page.hover(".contents .words");
  await page.click("#language");
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  assert.equal(await page.locator("main img, main iframe, main script, main style, aside img, aside svg, base").count(), 0);
  assert.match(await page.locator(".contents").textContent(), /<script>window\.pwned=1<\/script>/);
  assert.deepEqual(trouble, []);
  await done();
});

test("fits a telephone", async () => {
  for (const name of ["seeds.html", "many.html"]) {
    const { page, done } = await open(name, { viewport: { width: 390, height: 844 } });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 390, `${name}: ${wide} px`);
    await done();
  }
});

test("63 columns of 12 items are usable", async () => {
  const { page, trouble, done } = await open("many.html");
  const paint = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const read = () => {
          const found = performance.getEntriesByName("first-contentful-paint")[0];
          if (found) resolve(found.startTime);
          else setTimeout(read, 20);
        };
        read();
      }),
  );
  console.log(`first contentful paint of 63 columns: ${Math.round(paint)} ms`);
  // One second; a machine that others use may set its own limit.
  assert.ok(paint < Number(process.env.PAINT_LIMIT_MS ?? 1000), `${paint} ms`);
  assert.equal(await page.locator(".contents thead th").count(), 64);
  const started = Date.now();
  await page.fill("#search", "thư viện lưu động");
  assert.equal(await page.locator("#count").textContent(), "Hiện 1 trong 12 nội dung");
  console.log(`filtering 63 columns: ${Date.now() - started} ms`);
  // Scrolled away, the names of columns and rows stay.
  await page.fill("#search", "");
  await page.locator(".contents td[data-c='40']").nth(9).scrollIntoViewIfNeeded();
  const sticky = await page.evaluate(() => {
    const frame = document.querySelector("#contents .scroll").getBoundingClientRect();
    const head = document.querySelector(".contents thead th[data-c='40']").getBoundingClientRect();
    const side = document.querySelectorAll(".contents tbody th")[9].getBoundingClientRect();
    return [Math.round(head.top - frame.top), Math.round(side.left - frame.left)];
  });
  assert.ok(sticky.every((gap) => gap >= 0 && gap <= 2), `${sticky}`);
  assert.deepEqual(trouble, []);
  await done();
});

test("axe finds no serious fault", async () => {
  const cases = [
    ["seeds.html", {}, false],
    ["seeds.html", { colorScheme: "dark" }, true],
    ["seeds.html", { viewport: { width: 390, height: 844 } }, true],
    ["movement.html", {}, true],
    ["movement.html", { colorScheme: "dark" }, false],
    ["many.html", {}, false],
  ];
  for (const [name, options, panel] of cases) {
    const { page, done } = await open(name, options);
    if (panel) await page.locator(".contents .source").first().click();
    for (const details of await page.locator("main details").all()) {
      await details.evaluate((d) => (d.open = true));
    }
    await page.evaluate(axe);
    const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
    const serious = found.violations
      .filter((v) => ["serious", "critical"].includes(v.impact))
      .map((v) => `${v.id}: ${v.nodes.length} × ${v.nodes[0].html.slice(0, 120)} ${v.nodes[0].failureSummary ?? ""}`);
    assert.deepEqual(serious, [], `${name} ${JSON.stringify(options)}`);
    const rest = found.violations.map((v) => `${v.id} (${v.impact})`);
    if (rest.length) console.log(`${name}: ${rest.join(", ")}`);
    await done();
  }
});
