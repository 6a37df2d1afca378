// SPDX-License-Identifier: Apache-2.0
// node page.mjs POLDER SOURCE SCRATCH: the page of a small Dutch what-if in a real browser. Exit code 77: skipped.
import assert from 'node:assert/strict';
import {execFileSync, spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {Browser, findChromium} from './browser.mjs';
import {analysis, attribution, validation} from './extras.mjs';

const [, , polder, source, scratch] = process.argv;
const skip = (why) => {
  console.log(`skipped: ${why}`);
  process.exit(77);
};
const chromium = findChromium();
if (!chromium) skip('Chromium is not installed (tools/install_packages.sh test)');

mkdirSync(scratch, {recursive: true});
const folder = mkdtempSync(join(scratch, 'page-'));
const result = join(folder, 'small.h5'),
  file = join(folder, 'page.html'),
  full = join(folder, 'full.html'),
  alone = join(folder, 'alone.html'),
  sweep = join(folder, 'sweep.html');

function makePages() {
  const policy = (name) => join(source, 'scenarios/policies', name);
  execFileSync(
    polder,
    [
      'whatif',
      join(source, 'scenarios/nl-2020.yaml'),
      policy('growth-fund-photonics.yaml'),
      policy('growth-fund-quantum.yaml'),
      '--scale',
      '0.005',
      '--replicates',
      '3',
      '--until',
      '2024-12',
      '--set',
      'clock.burn_in=0 months',
      '--threads',
      '1',
      '--quiet',
      '-o',
      result,
    ],
    {stdio: 'inherit'},
  );
  const made = spawnSync(polder, ['report', result, '-o', file], {encoding: 'utf8'});
  if (made.status !== 0 && /built without the report/.test(made.stderr)) skip(made.stderr.trim());
  assert.equal(made.status, 0, made.stderr);
  // The same page with what other parts of Polder may leave in a result, and with texts that would break a careless page.
  const page = readFileSync(file, 'utf8');
  const [before, after] = ['<script type="application/json" id="document">', '</script>'];
  const begin = page.indexOf(before) + before.length,
    end = page.indexOf(after, begin);
  const data = JSON.parse(page.slice(begin, end));
  data.analysis = analysis(data);
  data.validation = validation;
  data.attribution = attribution(data);
  data.arms[1].title.en = `Photonics </script><img src=x onerror="console.error('ran')"> & "more"`;
  const fill = (name, document) =>
    writeFileSync(name, page.slice(0, begin) + JSON.stringify(document).replaceAll('<', '\\u003c') + page.slice(end));
  fill(full, data);
  fill(sweep, {
    ...data,
    kind: 'sweep',
    points: 4,
    flows: [],
    instruments: [],
    per_euro: [],
    counts: [],
    axes: {},
    indicators: data.indicators.map((one) => ({...one, groups: {}})),
  });
  const mini = join(folder, 'mini.h5');
  execFileSync(
    polder,
    ['run', join(source, 'scenarios/mini.yaml'), '--replicates', '2', '--threads', '1', '--quiet', '-o', mini],
    {stdio: 'inherit'},
  );
  execFileSync(polder, ['report', mini, '-o', alone, '--quiet'], {stdio: 'inherit'});
}

const tests = {
  async 'it opens offline without a word of complaint and under 3 MB'(page) {
    await page.open(pathToFileURL(file).href);
    assert.ok(statSync(file).size < 3e6);
    assert.deepEqual(
      page.requests.filter((url) => !url.startsWith('file:') && !url.startsWith('data:')),
      [],
    );
  },

  async 'every chart is drawn, with finite numbers'(page) {
    for (const [name, least] of [
      [file, 15],
      [full, 15],
      [sweep, 8],
      [alone, 1],
    ]) {
      await page.open(pathToFileURL(name).href);
      await page.evaluate(
        "document.querySelectorAll('.of-policy.other').forEach((part) => part.classList.remove('other'))",
      );
      await page.evaluate("dispatchEvent(new Event('beforeprint'))");
      const charts = await page.evaluate(`[...document.querySelectorAll('.chart')].map((place) => {
        const marks = [...place.querySelectorAll('path, rect:not(.hot), circle, line')].filter((mark) => { if (mark.closest('defs')) return false; const box = mark.getBBox(); return box.width + box.height > 0; });
        const frame = place.querySelector('svg').getBoundingClientRect();
        const outside = marks.filter((mark) => { const box = mark.getBoundingClientRect(); return box.left < frame.left - 3 || box.right > frame.right + 3 || box.top < frame.top - 3 || box.bottom > frame.bottom + 3; });
        return {id: place.dataset.figure, marks: marks.length, outside: outside.length, bad: /NaN|undefined|Infinity/.test(place.innerHTML)};})`);
      assert.ok(charts.length >= least, `only ${charts.length} charts`);
      for (const {id, marks, outside, bad} of charts) {
        assert.ok(marks >= 3, `${id}: ${marks} marks`);
        assert.equal(outside, 0, `${id}: marks outside the picture`);
        assert.ok(!bad, `${id} holds a number that is none`);
      }
      if (name === full)
        for (const id of [
          'tornado',
          'sobol',
          'morris',
          'budget',
          'map-0',
          'map-1',
          'flow-0',
          'flow-1',
          'account-0',
          'euro',
          'funnel',
          'ties-before',
          'ties-baseline',
          'ties-policy-0',
          'ties-policy-1',
        ])
          assert.ok(
            charts.some((chart) => chart.id === id),
            `no chart ${id}`,
          );
    }
  },

  async 'a sweep speaks of ranges, not of intervals of a mean'(page) {
    await page.open(pathToFileURL(sweep).href);
    const text = await page.evaluate("document.getElementById('report').textContent");
    assert.match(text, /Middle 80 % of the runs/);
    assert.doesNotMatch(text, /Student’s t|95 % interval\./);
  },

  async 'texts of a result stay texts'(page) {
    await page.open(pathToFileURL(full).href);
    assert.equal(await page.evaluate("document.querySelectorAll('img').length"), 0);
    assert.match(
      await page.evaluate("document.querySelector('.subject').textContent"),
      /Photonics <\/script><img src=x/,
    );
  },

  async 'screen readers find a name on every control and chart, and a table behind each chart'(page) {
    await page.open(pathToFileURL(full).href);
    const {nodes} = await page.send('Accessibility.getFullAXTree');
    const roles = new Set(['button', 'combobox', 'image', 'img', 'link', 'region', 'DisclosureTriangle', 'figure']);
    const shown = nodes.filter(({ignored, role}) => !ignored && roles.has(role?.value));
    assert.ok(shown.filter(({role}) => /^(img|image)$/.test(role.value)).length >= 10);
    for (const {role, name} of shown)
      if (role.value !== 'figure')
        assert.ok(name?.value?.trim(), `a ${role.value} without a name: ${JSON.stringify(name)}`);
    const empty = await page.evaluate(
      "[...document.querySelectorAll('figure')].filter((one) => one.querySelectorAll('table tbody td').length === 0).map((one) => one.id)",
    );
    assert.deepEqual(empty, []);
    const headings = await page.evaluate(
      "[...document.querySelectorAll('h1, h2, h3, h4')].map((one) => Number(one.tagName[1]))",
    );
    headings.reduce((last, level) => {
      assert.ok(level <= last + 1, `heading ${level} after ${last}`);
      return level;
    }, 1);
  },

  async 'all controls are reached with the keyboard, and a choice redraws its charts'(page) {
    await page.open(pathToFileURL(full).href);
    const wanted = await page.evaluate(
      `(window.wanted = [...document.querySelectorAll('button, select, summary, a[href]')].filter((one) => one.checkVisibility({visibilityProperty: true}))).length`,
    );
    const reached = new Set();
    for (let i = 0; i < wanted * 2 + 20 && reached.size < wanted; ++i) {
      await page.press('Tab', 9);
      const at = await page.evaluate('window.wanted.indexOf(document.activeElement)');
      if (at >= 0) reached.add(at);
    }
    assert.equal(reached.size, wanted);
    const title = () => page.evaluate("document.querySelector('#figure-level h3').textContent");
    const before = await title();
    await page.evaluate("document.querySelector('select[name=indicator]').focus()");
    await page.press('ArrowDown', 40);
    await page.settle();
    assert.notEqual(await title(), before);
    assert.equal(await page.evaluate('document.activeElement.name'), 'indicator', 'the choice keeps the focus');
    await page.evaluate('document.querySelector(\'[data-choose-policy="1"]\').focus()');
    await page.press('Enter', 13, '\r');
    await page.settle();
    assert.ok(
      await page.evaluate(
        "document.querySelector('#figure-flow-1').checkVisibility() && !document.querySelector('#figure-flow-0').checkVisibility()",
      ),
    );
    assert.ok(await page.evaluate("document.querySelector('#figure-flow-1 svg path') !== null"));
  },

  async 'it speaks Dutch and English, wholly'(page) {
    await page.open(pathToFileURL(full).href);
    const english = await page.evaluate("[...document.querySelectorAll('h2')].map((one) => one.textContent)");
    await page.evaluate("document.querySelector('[data-language=nl]').click()");
    await page.settle();
    assert.equal(await page.evaluate('document.documentElement.lang'), 'nl');
    const dutch = await page.evaluate("[...document.querySelectorAll('h2')].map((one) => one.textContent)");
    assert.equal(dutch.length, english.length);
    dutch.forEach((heading, i) => assert.notEqual(heading, english[i]));
    assert.match(await page.evaluate("document.querySelector('#short').textContent"), /Fotonicapakket/);
  },

  async 'text is read easily in light and dark'(page) {
    const contrast = `(() => {
      const probe = document.body.appendChild(document.createElement('i'));
      const light = (name) => {
        probe.style.color = 'var(' + name + ')';
        const [r, g, b] = getComputedStyle(probe).color.match(/[\\d.]+/g).map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
      const least = [['--ink', 7], ['--muted', 4.5], ['--link', 4.5], ['--policy-1', 3], ['--policy-2', 3], ['--policy-3', 3], ['--policy-4', 3], ['--policy-5', 3], ['--baseline', 3]];
      return least.flatMap(([name, wanted]) => ['--page', '--paper'].map((ground) => ({name, ground, wanted, ratio: ratio(name, ground)}))).filter(({ratio, wanted}) => ratio < wanted);
    })()`;
    const grounds = [];
    for (const dark of [false, true]) {
      await page.open(pathToFileURL(file).href, {dark});
      assert.deepEqual(await page.evaluate(contrast), [], dark ? 'dark' : 'light');
      grounds.push(await page.evaluate('getComputedStyle(document.body).backgroundColor'));
    }
    assert.notEqual(grounds[0], grounds[1]);
    await page.evaluate("document.querySelector('[data-colours]').click()");
    assert.equal(await page.evaluate('getComputedStyle(document.body).backgroundColor'), grounds[0]);
  },

  async 'a phone does not scroll sideways'(page) {
    for (const width of [360, 412, 768]) {
      await page.open(pathToFileURL(full).href, {width, height: 780});
      assert.ok((await page.evaluate('document.documentElement.scrollWidth')) <= width, `${width} pixels`);
      const wide = await page.evaluate(
        "[...document.querySelectorAll('.chart svg')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1).length",
      );
      assert.equal(wide, 0);
    }
  },

  async 'print shows every policy and no controls'(page) {
    await page.open(pathToFileURL(full).href, {print: true, width: 720});
    for (const selector of ['nav', '.controls', '.tools', '.switch'])
      assert.equal(
        await page.evaluate(`document.querySelector('${selector}')?.checkVisibility() ?? false`),
        false,
        selector,
      );
    assert.ok(
      await page.evaluate("[...document.querySelectorAll('[data-policy]')].every((part) => part.checkVisibility())"),
    );
    const {data} = await page.send('Page.printToPDF', {printBackground: true});
    const pdf = Buffer.from(data, 'base64').toString('latin1');
    const pages = pdf.match(/\/Type\s*\/Page\b/g).length;
    assert.ok(pages >= 5 && pages <= 40, `${pages} pages`);
  },

  async 'a chart is saved as a picture that stands on its own'(page) {
    await page.open(pathToFileURL(file).href);
    await page.browser.send('Browser.setDownloadBehavior', {behavior: 'allow', downloadPath: folder});
    await page.evaluate("document.querySelector('[data-save=difference]').click()");
    const saved = join(folder, 'polder-difference.svg');
    for (let i = 0; i < 200 && !existsSync(saved); ++i) await new Promise((resolve) => setTimeout(resolve, 30));
    const text = readFileSync(saved, 'utf8');
    assert.ok(!/var\(--|color-mix/.test(text));
    assert.equal(
      await page.evaluate(
        `new DOMParser().parseFromString(${JSON.stringify(text)}, 'image/svg+xml').querySelector('parsererror') === null`,
      ),
      true,
    );
  },
};

makePages();
const browser = new Browser(chromium);
let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  const page = await browser.page();
  try {
    await test(page);
    assert.deepEqual(page.complaints, []);
    console.log(`passed: ${name}`);
  } catch (error) {
    ++failed;
    console.log(`FAILED: ${name}\n  ${error.stack}`);
  }
}
await browser.close();
if (process.env.POLDER_KEEP) console.log(`kept: ${folder}`);
else rmSync(folder, {recursive: true, force: true});
process.exit(failed ? 1 : 0);
