/**
 * Opens `contract.html` in a real Chromium as a reader would: on a desk and on a phone, light and dark,
 * by keyboard, on paper, without JavaScript. It must need nothing but itself, and axe must find nothing.
 *
 * CHROMIUM is the browser, by default Debian's. SCREENSHOTS is a folder to leave pictures in.
 */
import assert from "node:assert/strict";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

import { compile, many } from "../documents/contracts.js";

const here = import.meta.dirname;
const repository = join(here, "../../..");
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

const contracts = {
  own: join(repository, "generated/docs/inngest/contract.html"),
  everything: join(
    repository,
    "tests/cases/everything/expected/files/everything/docs/contract.html",
  ),
  hostile: page("hostile", readFileSync(join(here, "hostile.yaml"), "utf8")),
  many: page("many", many(200)),
};

/** The page of a contract that is compiled here. */
function page(name, spec) {
  return join(compile(name, spec), "contract.html");
}

const desk = { width: 1280, height: 900 };
const phone = { width: 360, height: 740 };

let browser;
let profile;
before(async () => {
  profile = mkdtempSync(join(tmpdir(), "inngest-offload-chromium-"));
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    env: { ...process.env, XDG_CONFIG_HOME: profile, XDG_CACHE_HOME: profile },
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
});
after(async () => {
  await browser?.close();
  rmSync(profile, { recursive: true, force: true });
});

/**
 * Lets `look` at a page. Whatever it does there, nothing may be asked of anyone, go wrong or be said.
 */
async function open(contract, options, look) {
  const { address = "", ...context } = options;
  const viewer = await browser.newContext({ viewport: desk, ...context });
  const page = await viewer.newPage();
  const url = pathToFileURL(contracts[contract]).href;
  const faults = [];
  page.on("console", (message) => faults.push(`said: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`failed: ${error.message}`));
  page.on("dialog", (dialog) => faults.push(`asked: ${dialog.message()}`));
  page.on("request", (request) => {
    if (request.url().split(/[?#]/u)[0] !== url)
      faults.push(`fetched: ${request.url()}`);
  });
  try {
    await page.goto(url + address);
    await look(page);
    assert.deepEqual(faults, []);
  } finally {
    await viewer.close();
  }
}

const visible = (page, selector) =>
  page.locator(selector).filter({ visible: true });
const count = (page) => page.locator("#count").textContent();
const focused = (page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    return element.id || element.getAttribute("href") || element.textContent;
  });

/** What axe finds, as lines. */
async function violations(page) {
  // What is not drawn yet has no size to judge, and what lies half under the bar at the top another one.
  await page.evaluate(() => {
    for (const card of document.querySelectorAll("main *"))
      if (getComputedStyle(card).contentVisibility === "auto")
        card.style.contentVisibility = "visible";
    scrollTo(0, 0);
  });
  // The page's own policy lets no script in but its own: axe comes in through the debugger.
  await page.evaluate(readFileSync(axe, "utf8"));
  return page.evaluate(async () => {
    const tags = [
      ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
      "best-practice",
    ].flat();
    const found = await globalThis.axe.run(document, {
      runOnly: { type: "tag", values: tags },
      resultTypes: ["violations"],
    });
    // A rule that a later axe no longer has would be no rule that holds.
    if (!found.passes.some(({ id }) => id === "target-size"))
      return ["target-size was not looked at"];
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map(
        (node) => `${id}: ${node.target.join(" ")} ${node.failureSummary}`,
      ),
    );
  });
}

async function picture(page, name) {
  if (!process.env.SCREENSHOTS) return;
  mkdirSync(process.env.SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(process.env.SCREENSHOTS, `${name}.png`) });
}

for (const contract of ["own", "everything", "hostile"]) {
  for (const colorScheme of ["light", "dark"]) {
    for (const [device, viewport] of Object.entries({ desk, phone })) {
      test(`${contract}, ${colorScheme}, ${device}: nothing is in anyone's way`, async () => {
        await open(contract, { colorScheme, viewport }, async (page) => {
          await picture(page, `${contract}-${colorScheme}-${device}`);
          const wide = () =>
            page.evaluate(
              () => document.documentElement.scrollWidth - innerWidth,
            );
          assert.ok((await wide()) <= 0, "it scrolls sideways");
          await page.locator("#unfold").click();
          assert.ok(
            (await wide()) <= 0,
            "it scrolls sideways when all is open",
          );
          await page.locator("#chosen").selectOption({ index: 1 });
          assert.deepEqual(await violations(page), []);
          await picture(page, `${contract}-${colorScheme}-${device}-chosen`);
        });
      });
    }
  }

  test(`${contract}: without JavaScript everything is there`, async () => {
    await open(contract, { javaScriptEnabled: false }, async (page) => {
      const hidden = page.locator(
        "main article, main details > *, main table, main pre",
      );
      const all = await hidden.count();
      assert.ok(all > 20);
      assert.equal(await hidden.filter({ visible: true }).count(), all);
      assert.equal(await visible(page, "[data-script]").count(), 0);
    });
  });

  test(`${contract}: paper shows everything`, async () => {
    await open(contract, { address: "?q=zzz" }, async (page) => {
      assert.equal(await visible(page, "article").count(), 0);
      await page.emulateMedia({ media: "print" });
      const parts = page.locator(
        "main article, main details > :not(summary), main svg",
      );
      assert.equal(
        await parts.filter({ visible: true }).count(),
        await parts.count(),
      );
      assert.equal(
        await visible(page, "button, nav, .filters, [type=search]").count(),
        0,
      );
      const frame = await page.locator(".picture svg").boundingBox();
      const lanes = page.locator("svg .lane");
      for (const lane of await lanes.all()) {
        const { y, height } = await lane.boundingBox();
        assert.ok(y >= frame.y && y + height <= frame.y + frame.height);
      }
      await picture(page, `${contract}-print`);
    });
  });

  test(`${contract}: every link leads somewhere, and every name is there once`, async () => {
    await open(contract, {}, async (page) => {
      const faults = await page.evaluate(() => {
        const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
        const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
        const lost = [...document.querySelectorAll("a[href^='#']")]
          .map(({ hash }) => decodeURIComponent(hash.slice(1)))
          .filter((id) => !document.getElementById(id));
        const strange = [...document.querySelectorAll("a:not([href^='#'])")]
          .map((link) => link.getAttribute("href"))
          .filter(
            (href) => /^[^/]*:/u.test(href) && !/^https?:\/\//u.test(href),
          );
        return { twice, lost, strange };
      });
      assert.deepEqual(faults, { twice: [], lost: [], strange: [] });
    });
  });
}

// Axe would take minutes there; the same cards are looked at in the others.
test("a page of 200 offloads is not too large to send", () => {
  assert.ok(statSync(contracts.many).size < 2_500_000);
});

for (const javaScriptEnabled of [true, false]) {
  test(`a phone ${javaScriptEnabled ? "with" : "without"} JavaScript says of every cell what it is`, async () => {
    await open("own", { javaScriptEnabled, viewport: phone }, async (page) => {
      const table = page.locator("#offload-followups table.facts").first();
      const head = await table.locator("thead").boundingBox();
      const cell = table.locator("tbody td").nth(1);
      const said = await cell.evaluate(
        (element) => getComputedStyle(element, "::before").content,
      );
      if (javaScriptEnabled) assert.match(said, /Origin/u);
      else assert.ok(head.height > 10, "the headings are hidden");
    });
  });
}

describe("search", () => {
  test("it narrows, tells how far, and Escape takes it back", async () => {
    await open("own", {}, async (page) => {
      const before = await visible(page, "article").count();
      await page.keyboard.press("/");
      assert.equal(await focused(page), "search");
      await page.keyboard.type("Followups requested");
      const shown = visible(page, "article.offload");
      assert.deepEqual(await shown.locator("h3").allTextContents(), [
        "followups",
      ]);
      assert.ok((await visible(page, "article").count()) < before);
      assert.match(
        await count(page),
        /^1 of 7 offloads, and \d+ other things?\.$/u,
      );
      assert.equal(await visible(page, "svg .lane").count(), 1);
      await page.keyboard.press("Enter");
      assert.equal(await focused(page), "#offload-followups");
      await page.locator("#search").focus();
      await page.keyboard.press("Escape");
      assert.equal(await visible(page, "article").count(), before);
      assert.equal(await count(page), "All of 7 offloads.");
    });
  });

  test("what is not there is said, not shown", async () => {
    await open("own", { address: "?q=no+such+thing" }, async (page) => {
      assert.equal(await page.locator("#search").inputValue(), "no such thing");
      assert.equal(await visible(page, "article").count(), 0);
      assert.equal(await count(page), "0 of 7 offloads, and 0 other things.");
    });
  });
});

describe("filters", () => {
  test("kind, priority and flag state narrow, and the address keeps them", async () => {
    await open("own", {}, async (page) => {
      const names = async () =>
        visible(page, "article.offload h3").allTextContents();
      const button = (name) => page.getByRole("button", { name, exact: true });
      await button("webhook 1").click();
      assert.deepEqual(await names(), ["email-sent"]);
      assert.deepEqual(
        await visible(page, "#flags article h3").allTextContents(),
        ["INBOXXIA_EMAIL_SENT_ASYNC"],
      );
      await button("webhook 1").click();
      await button("P0 3").click();
      assert.deepEqual(await names(), [
        "background-jobs",
        "response-timing",
        "email-sent",
      ]);
      assert.equal(await button("P0 3").getAttribute("aria-pressed"), "true");
      await button("convention 5").click();
      assert.deepEqual(await names(), ["response-timing"]);
      await button("off by default 7").click();
      assert.deepEqual(await names(), ["response-timing"]);
      const address = new URL(page.url());
      assert.equal(
        address.search,
        "?priority=P0&declared=convention&flag=off+by+default",
      );
      await page.reload();
      assert.deepEqual(await names(), ["response-timing"]);
      await button("Show all").click();
      assert.equal((await names()).length, 7);
      assert.equal(new URL(page.url()).search, "");
    });
  });

  test("flags that are on by themselves can be found", async () => {
    await open("many", {}, async (page) => {
      await page.locator("[data-value='on by default']").click();
      assert.equal(await visible(page, "article.offload").count(), 20);
      assert.match(await count(page), /^20 of 200 offloads/u);
      const flags = await visible(page, "#flags h3").allTextContents();
      assert.ok(flags.includes("ON_BY_ITSELF") && flags.length < 5);
    });
  });
});

describe("the picture", () => {
  test("one chain is highlighted, by list, by click and from its card", async () => {
    await open("own", {}, async (page) => {
      const chosen = () =>
        page.locator("svg .lane.chosen .route").allTextContents();
      await page.locator("#chosen").selectOption({ label: "followups" });
      assert.deepEqual(await chosen(), [
        "/api/cron/followups/api/cron/followups",
      ]);
      assert.equal(await page.locator("svg [data-bar].chosen").count(), 2);
      const says = await page.locator("#chosen-chain").innerText();
      for (const part of [
        "* * * * *",
        "/api/cron/followups",
        "CRON_FOLLOWUPS_USE_INNGEST",
        "cron/followups.requested",
        "cron-followups",
        "writeInngestJobStatus",
      ])
        assert.ok(says.includes(part), part);
      await page.keyboard.press("Escape");
      assert.deepEqual(await chosen(), []);
      await page.locator("svg .lane .queue").click();
      assert.match((await chosen())[0], /email/u);
      assert.equal(await page.locator("svg [data-bar].chosen").count(), 1);
      await page.locator("#offload-availability .pick").click();
      assert.match((await chosen())[0], /availability/u);
      assert.equal(await focused(page), "chosen");
      await page.reload();
      assert.match((await chosen())[0], /availability/u);
    });
  });

  test("lanes that are left close the ranks", async () => {
    await open("own", {}, async (page) => {
      const height = async () =>
        Number(await page.locator(".picture svg").getAttribute("height"));
      const before = await height();
      await page.locator("#search").fill("emailbison");
      assert.ok((await height()) < before / 2);
      const inside = await page.evaluate(() => {
        const svg = document
          .querySelector(".picture svg")
          .getBoundingClientRect();
        return [
          ...document.querySelectorAll(
            "svg .lane:not(.out) rect, svg [data-bar]:not(.out) rect",
          ),
        ].every((box) => {
          const { top, bottom } = box.getBoundingClientRect();
          return top >= svg.top && bottom <= svg.bottom;
        });
      });
      assert.ok(inside, "a box lies outside of the picture");
    });
  });

  test("a contract of 200 offloads stays a picture", async () => {
    await open("many", {}, async (page) => {
      assert.equal(await page.locator("article.offload").count(), 200);
      const frame = await page.locator(".picture").boundingBox();
      assert.ok(frame.height <= desk.height);
      await page.locator("#chosen").selectOption({ label: "job-150" });
      const lane = await page.locator("svg .lane.chosen").boundingBox();
      const now = await page.locator(".picture").boundingBox();
      assert.ok(
        lane.y >= now.y && lane.y + lane.height <= now.y + now.height,
        "the chosen lane is out of sight",
      );
      await page.locator("#search").fill("job-150");
      assert.equal(await visible(page, "svg .lane").count(), 1);
    });
  });
});

describe("the keyboard", () => {
  test("it reaches everything, in order, and does what a click does", async () => {
    await open("own", {}, async (page) => {
      await page.keyboard.press("Tab");
      assert.equal(await focused(page), "#overview");
      assert.equal(await visible(page, ".skip").count(), 1);
      const seen = [];
      for (let step = 0; step < 80; step++) {
        await page.keyboard.press("Tab");
        seen.push(await focused(page));
      }
      const order = ["search", "theme", "#flow", "chosen"];
      const places = order.map((id) => seen.indexOf(id));
      assert.ok(
        places.every(
          (place, at) => place >= 0 && (at === 0 || place > places[at - 1]),
        ),
        String(places),
      );
      const chip = page.locator("[data-facet=kind]").last();
      await chip.focus();
      await page.keyboard.press("Space");
      assert.equal(await chip.getAttribute("aria-pressed"), "true");
      await page.keyboard.press("Enter");
      assert.equal(await chip.getAttribute("aria-pressed"), "false");
      const summary = page.locator("article.offload summary").first();
      await summary.focus();
      await page.keyboard.press("Enter");
      assert.ok(
        await page
          .locator("article.offload details")
          .first()
          .evaluate((details) => details.open),
      );
    });
  });

  test("what has the focus shows it", async () => {
    await open("own", {}, async (page) => {
      for (const selector of [
        "#search",
        "#theme",
        "[data-facet]",
        "#chosen",
        ".picture",
        "summary",
        "nav a",
      ]) {
        await page.locator(selector).first().focus();
        await page.keyboard.press("Shift");
        const width = await page.evaluate(() =>
          parseFloat(getComputedStyle(document.activeElement).outlineWidth),
        );
        assert.ok(width >= 2, selector);
      }
    });
  });
});

describe("links", () => {
  test("an address leads to its card, opens it, and shows what a filter hid", async () => {
    await open(
      "own",
      { address: "?kind=webhook#flag-cron_followups_use_inngest" },
      async (page) => {
        const card = page.locator("#flag-cron_followups_use_inngest");
        assert.ok(await card.isVisible());
        assert.ok(
          await card.locator("details").evaluate((details) => details.open),
        );
        const { y } = await card.boundingBox();
        assert.ok(y >= 50 && y < 300, `it is at ${y}`);
        await card.locator("a", { hasText: "followups" }).nth(1).click();
        assert.equal(new URL(page.url()).hash, "#offload-followups");
        await page.waitForFunction(
          () => document.activeElement.id === "offload-followups",
        );
        const offload = await page.locator("#offload-followups").boundingBox();
        assert.ok(offload.y >= 50 && offload.y < 300, `it is at ${offload.y}`);
      },
    );
  });
});

describe("the rest", () => {
  test("colours are the reader's choice, and stay", async () => {
    await open("own", { colorScheme: "light" }, async (page) => {
      const ground = () =>
        page.evaluate(
          () => getComputedStyle(document.documentElement).backgroundColor,
        );
      const light = await ground();
      await page.locator("#theme").click();
      await page.locator("#theme").click();
      assert.equal(await page.locator("#theme").innerText(), "Theme: dark");
      assert.notEqual(await ground(), light);
      await page.reload();
      assert.notEqual(await ground(), light);
    });
  });

  test("the checklist fills in its report, and the report can be copied", async () => {
    const permissions = ["clipboard-read", "clipboard-write"];
    await open("own", { permissions }, async (page) => {
      await page.getByLabel("npm run lint", { exact: true }).check();
      await page.getByLabel("judgePromptKey, before and after").fill("a, b");
      const pre = page.locator("#report pre");
      const text = await pre.textContent();
      assert.match(text, /^- \[x\] `npm run lint`$/mu);
      assert.match(text, /^- \[ \] `npm run build`$/mu);
      assert.match(text, /^- \[ \] judgePromptKey: a, b$/mu);
      await page.locator("#report .copy").click();
      await page.getByRole("button", { name: /^Copied/u }).waitFor();
      assert.equal(
        await page.evaluate(() => navigator.clipboard.readText()),
        `${text}\n`,
      );
    });
  });

  test("hostile text is text", async () => {
    await open("hostile", {}, async (page) => {
      await page.locator("#unfold").click();
      const found = await page.evaluate(() => {
        const handlers = [...document.querySelectorAll("*")].flatMap(
          (element) =>
            element
              .getAttributeNames()
              .filter(
                (name) =>
                  name.startsWith("on") ||
                  name === "style" ||
                  name === "autofocus",
              ),
        );
        const count = (selector) => document.querySelectorAll(selector).length;
        return {
          handlers,
          scripts: count("script"),
          styles: count("style"),
          strange: count(
            "img, iframe, base, object, embed, b, i, textarea, link, meta[http-equiv=refresh]",
          ),
          forms: count("form"),
          svgs: count("svg"),
        };
      });
      assert.deepEqual(found, {
        handlers: [],
        scripts: 1,
        styles: 1,
        strange: 0,
        forms: 1,
        svgs: 1,
      });
      const shown = await page.locator("main").textContent();
      for (const text of [
        "</title><script>stolen()</script><b onclick=stolen()>",
        "<img src=x onerror=stolen()> [l](javascript:stolen())",
        "[U+202E]abc[U+2066] &lt;b&gt; &#60;",
        "</script><script>stolen()</script>",
        '" onmouseover="stolen()',
        "' autofocus onfocus='stolen()",
        "</style></script><!--",
        "<meta http-equiv=refresh content=0>",
        "{{ 7 * 7 }}{% raw %}",
        "</tspan></text><script>stolen()</script>",
        "echo '</pre><script>stolen()</script>' <base href=https://a.example> {b}",
      ])
        assert.ok(shown.includes(text), text);
      assert.equal(
        await page.title(),
        "</title><script>stolen()</script><b onclick=stolen()> · offload contract",
      );
    });
  });
});
