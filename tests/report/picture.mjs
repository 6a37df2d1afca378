// SPDX-License-Identifier: Apache-2.0
// node picture.mjs REPORT.html PICTURE.png: the top of a report, to its first chart, as the README shows it.
import {writeFileSync} from 'node:fs';
import {resolve} from 'node:path';
import {pathToFileURL} from 'node:url';
import {Browser, findChromium} from './browser.mjs';
import {withPalette} from './png.mjs';

const [, , report, picture] = process.argv;
const width = 1180,
  margin = 24;
const browser = new Browser(findChromium());
const page = await browser.page();
await page.open(pathToFileURL(resolve(report)).href, {width});
const end = await page.evaluate(
  "(document.querySelector('#short figure') ?? document.querySelector('figure')).getBoundingClientRect().bottom + scrollY",
);
const {data} = await page.send('Page.captureScreenshot', {
  format: 'png',
  captureBeyondViewport: true,
  clip: {x: 0, y: 0, width, height: Math.ceil(end) + margin, scale: 1},
});
writeFileSync(picture, withPalette(Buffer.from(data, 'base64')));
await browser.close();
