// SPDX-License-Identifier: Apache-2.0
// Words and numbers of the page, without a browser.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import definitions from '../../output/report/src/texts/definitions.nl.js';
import en from '../../output/report/src/texts/en.js';
import nl from '../../output/report/src/texts/nl.js';
import {Quantity, signedPercent, step} from '../../output/report/src/units.js';
import {element, escape, wrap} from '../../output/report/src/svg.js';

test('both languages have the same texts with the same gaps', () => {
  const gaps = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, gap]) => gap).sort();
  for (const [ours, theirs] of [
    [en, nl],
    [en.sweep, nl.sweep],
  ]) {
    assert.deepEqual(Object.keys(theirs).sort(), Object.keys(ours).sort());
    for (const key of Object.keys(ours)) if (key !== 'sweep') assert.deepEqual(gaps(theirs[key]), gaps(ours[key]), key);
  }
  for (const key of Object.keys(en.sweep)) assert.ok(key in en, key);
});

test('every definition of the annex has a Dutch sentence, or is new', () => {
  const annex = readFileSync(new URL('../../scenarios/indicators/annex.yaml', import.meta.url), 'utf8');
  const sentences = [...annex.matchAll(/^ {4}definition: (.*)$/gm)].map(([, text]) => text);
  assert.ok(sentences.length >= 40);
  const known = sentences.filter((text) => text in definitions);
  assert.ok(known.length >= 0.5 * sentences.length, `${known.length} of ${sentences.length}`);
});

test('levels are in words with three digits', () => {
  assert.equal(new Quantity('MEUR/year', 'en').level(13543.8), '€13.5 billion a year');
  assert.equal(new Quantity('MEUR/year', 'nl').level(13543.8), '€13,5 miljard per jaar');
  assert.equal(new Quantity('EUR/h', 'en').level(57.1), '€57.1 an hour');
  assert.equal(new Quantity('%', 'nl').level(2.3257), '2,33 %');
  assert.equal(new Quantity('firms', 'en').level(20204), '20,200 firms');
  assert.equal(new Quantity('firms', 'en').level(null), '–');
});

test('a unit of time is counted on top and a rate below', () => {
  const words = (unit, value, language = 'en') => new Quantity(unit, language).level(value);
  assert.equal(words('month', 2.92), '2.92 months');
  assert.equal(words('month', 2.92, 'nl'), '2,92 maanden');
  assert.equal(words('1/year', 33), '33.0 a year');
  assert.equal(words('h/year', 1500), '1,500 hours a year');
  assert.equal(words('EUR/person', 250), '€250 a person');
  assert.equal(words('EUR/h', 57), '€57.0 an hour');
});

test('differences are rounded to what their interval tells', () => {
  const money = new Quantity('GEUR/year', 'en').difference({mean: 0.0097, low: 0.0044, high: 0.0149});
  assert.deepEqual([money.full, money.low, money.high], ['+€9.7 million a year', '+4.4', '+14.9']);
  const hours = new Quantity('h/year', 'en').difference({mean: 150029, low: 77319, high: 222738});
  assert.deepEqual([hours.mean, hours.low, hours.high], ['+150,000', '+77,000', '+223,000']);
  const share = new Quantity('%', 'nl').difference({mean: -0.0123, low: -0.05, high: 0.0254});
  assert.equal(share.full, '−0,012 procentpunt');
  assert.equal(new Quantity('MEUR/year', 'en').difference({mean: -20, low: -60, high: 20}).signed, '−€20');
  assert.equal(new Quantity('firms', 'en').difference({mean: 0, low: 0, high: 0}).mean, '0');
  assert.equal(new Quantity('firms', 'en').difference({mean: null, low: null, high: null}).mean, '–');
});

test('steps and percentages keep their digits', () => {
  assert.equal(step(13543, 3), 100);
  assert.equal(step(0.0123, 2), 0.001);
  assert.equal(signedPercent(0.37, 'en', 0.18), '+0.4 %');
  assert.equal(signedPercent(-0.0004, 'en', 0.1), '0.0 %');
});

test('attributes and texts cannot break out of their element', () => {
  assert.equal(escape('<a b="c">&'), '&lt;a b=&quot;c&quot;&gt;&amp;');
  assert.equal(
    element('p', {title: '"><script>', hidden: false, x: 1.23456}),
    '<p title="&quot;&gt;&lt;script&gt;" x="1.23"></p>',
  );
});

test('long names are wrapped within their width and end in an ellipsis', () => {
  const lines = wrap('Mining, energy, water and waste of all kinds and more', 120, 12, 2);
  assert.equal(lines.length, 2);
  for (const line of lines) assert.ok(line.length * 12 * 0.54 <= 121, line);
  assert.ok(lines[1].endsWith('…'));
});
