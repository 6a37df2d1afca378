// SPDX-License-Identifier: Apache-2.0
// node pictures.mjs DOCUMENT.json LANGUAGE FOLDER: every chart of the page as an SVG file.
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {Model} from './model.js';
import {figuresOf, sections} from './sections.js';
import {paper} from './theme.js';

/** Width of a picture; small ones stand beside each other. unit: px */
const width = 760,
  small_width = 380;

const [, , document, language, folder] = process.argv;
const model = new Model(JSON.parse(readFileSync(document, 'utf8')), language);
for (const section of sections(model))
  for (const figure of figuresOf(section)) {
    const arm = figure.policy === undefined ? '' : `-${model.policies[figure.policy].id}`;
    const own = figure.id.replace(/-\d+$/, '').replace(`${section.id}-`, '');
    const name = `${section.id}-${own}${arm}`.replace(/[^\w.-]+/g, '-');
    writeFileSync(join(folder, `${name}.svg`), figure.draw({width: figure.small ? small_width : width, theme: paper}));
  }
