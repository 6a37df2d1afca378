// SPDX-License-Identifier: Apache-2.0
// The page's sections in order. A section: {id, title, intro, blocks}; a block holds HTML, or figures in columns.
// A figure: {id, title, note, draw({width, theme}) -> SVG text, table: {head, rows}}. Titles and tables are plain text, notes
// and blocks are HTML.
import {course} from './sections/course.js';
import {headline} from './sections/headline.js';
import {money} from './sections/money.js';
import {network, venture} from './sections/people.js';
import {places} from './sections/places.js';
import {sensitivity} from './sections/sensitivity.js';
import {figures, method, provenance, scorecard} from './sections/tables.js';

export const makers = {
  short: headline,
  course,
  money,
  places,
  network,
  venture,
  sensitivity,
  scorecard,
  figures,
  method,
  provenance,
};

/** All sections that have something to show. */
export function sections(model, state = {}) {
  return Object.values(makers)
    .map((make) => make(model, state))
    .filter(Boolean);
}

export const figuresOf = (section) => section.blocks.flatMap(({figures: list = []}) => list);
