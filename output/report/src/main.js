// SPDX-License-Identifier: Apache-2.0
// Builds the page out of its document and keeps it alive: choices, tooltips, colours, saving charts.
import {Model} from './model.js';
import {figuresOf, makers} from './sections.js';
import {escape} from './svg.js';
import {paper, policyColour, screen} from './theme.js';
import {follow} from './tooltip.js';

const data = JSON.parse(document.getElementById('document').textContent);
const root = document.getElementById('report');
let model = new Model(data, document.documentElement.lang === 'nl' ? 'nl' : 'en');
const state = {policy: 0};
const drawn = new Map(); // id of a figure -> {figure, width}

const legend = (keys) =>
  `<ul class="legend">${keys
    .map(
      ({name, colour, dashed}) =>
        `<li><i style="--colour:${colour}"${dashed ? ' class="dashed"' : ''}></i>${escape(name)}</li>`,
    )
    .join('')}</ul>`;

const armKeys = (differences) => [
  ...(differences ? [] : [{name: model.text('baseline_short'), colour: screen.baseline, dashed: true}]),
  ...model.policies.map(({title, index}) => ({name: title, colour: policyColour(screen, index)})),
];

function tableHtml({head, rows}) {
  return `<table><thead><tr>${head.map((text) => `<th scope="col">${escape(text)}</th>`).join('')}</tr></thead><tbody>${rows
    .map(
      ([first, ...rest]) =>
        `<tr><th scope="row">${escape(first)}</th>${rest.map((text) => `<td>${escape(text)}</td>`).join('')}</tr>`,
    )
    .join('')}</tbody></table>`;
}

function figureHtml(figure) {
  const title = escape(figure.title);
  const keys = figure.keys ? legend(figure.keys(screen)) : figure.legend ? legend(armKeys(true)) : '';
  return `<figure id="figure-${figure.id}" class="${figure.small ? 'small' : ''}">
    ${figure.small ? '' : `<figcaption><h3>${title}</h3><p class="note">${figure.note}</p></figcaption>`}${keys}
    <div class="chart" data-figure="${figure.id}"></div>
    <div class="tools"><details><summary>${model.text('show_numbers')}<span class="hidden">: ${title}</span></summary><div class="scroll" tabindex="0" role="region" aria-label="${title}">${tableHtml(figure.table)}</div></details>
    <button type="button" data-save="${figure.id}">${model.text('save')}<span class="hidden">: ${title}</span></button></div></figure>`;
}

function blockHtml(block) {
  const hidden = block.policy !== undefined && block.policy !== state.policy;
  const inside =
    (block.html ?? '') +
    (block.figures
      ? (block.keys ? legend(block.keys(screen)) : '') +
        (block.legend ? legend(armKeys(block.figures.every(({id}) => /^(key|difference)/.test(id)))) : '') +
        `<div class="figures columns-${block.columns ?? 1}">${block.figures.map(figureHtml).join('')}</div>`
      : '');
  const name =
    block.policy === undefined ? '' : `<h3 class="print-only">${escape(model.policies[block.policy].title)}</h3>`;
  return block.policy === undefined
    ? inside
    : `<div data-policy="${block.policy}" class="of-policy${hidden ? ' other' : ''}">${name}${inside}</div>`;
}

function policySwitch(section) {
  if (!section.by_policy || model.policies.length < 2) return '';
  return `<div class="switch" role="group" aria-label="${model.text('policy')}">${model.policies
    .map(
      ({title, index}) =>
        `<button type="button" data-choose-policy="${index}" aria-pressed="${index === state.policy}" style="--accent:${policyColour(screen, index)}">${escape(title)}</button>`,
    )
    .join('')}</div>`;
}

function sectionHtml(section) {
  return `<h2>${section.title}</h2>${section.intro ? `<p class="intro">${section.intro}</p>` : ''}${policySwitch(section)}${section.blocks.map(blockHtml).join('')}`;
}

/** Heads of columns of numbers stand above their numbers. */
function alignHeads(part) {
  for (const table of part.querySelectorAll('table')) {
    const cells = [...(table.tBodies[0]?.rows ?? [])].find((row) => !row.classList.contains('group'))?.cells ?? [];
    [...(table.tHead?.rows[0]?.cells ?? [])].forEach((head, i) =>
      head.classList.toggle('number', cells[i]?.classList.contains('number') ?? false),
    );
  }
}

/** Draws the charts of a part of the page that are visible and whose width changed. */
function draw(part = root, again = false) {
  for (const place of part.querySelectorAll('.chart')) {
    const width = Math.floor(place.clientWidth);
    const entry = drawn.get(place.dataset.figure);
    if (!width || (!again && entry.width === width)) continue;
    entry.width = width;
    place.innerHTML = entry.figure.draw({width, theme: screen});
  }
}

function show(id) {
  const section = makers[id](model, state);
  const place = document.getElementById(id);
  if (!section || !place) return;
  for (const figure of figuresOf(section)) drawn.set(figure.id, {figure, width: 0, section: id});
  const focus = document.activeElement?.name;
  place.innerHTML = sectionHtml(section);
  alignHeads(place);
  draw(place);
  if (focus) place.querySelector(`[name="${focus}"]`)?.focus();
}

function frame() {
  const {policies} = model;
  const heading = model.text(['no_policy', 'one_policy'][policies.length] ?? 'many_policies');
  const meta = model.text(policies.length ? 'meta' : 'meta_single', {
    start: data.start.slice(0, 4),
    end: data.times.at(-1).slice(0, 4),
    pairs: data.pairs,
    points: data.points,
    version: escape(data.provenance.fields.polder_version),
  });
  const parts = Object.entries(makers)
    .map(([id, make]) => [id, make(model, state)])
    .filter(([, section]) => section);
  document.documentElement.lang = model.language;
  document.title = `${policies.length ? policies.map(({title}) => title).join(', ') : model.name(data.arms[0].title)} – Polder`;
  root.innerHTML = `<a class="skip" href="#short">${model.text('skip')}</a>
    <header><div class="bar"><span class="brand"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="M2 17h20M2 12h20M2 7h20" /><path d="M5 20 12 4l7 16" /></svg>Polder</span><span class="controls">
      <button type="button" data-language="${model.language === 'en' ? 'nl' : 'en'}" lang="${model.language === 'en' ? 'nl' : 'en'}">${model.language === 'en' ? 'Nederlands' : 'English'}</button>
      <button type="button" data-colours>${model.text('theme')}</button><button type="button" data-print>${model.text('print')}</button></span></div>
      <p class="kicker">${model.text('report_on')}</p><h1>${heading}</h1>
      ${policies.length ? `<p class="subject">${policies.map(({title, index}) => `<span style="--accent:${policyColour(screen, index)}">${escape(title)}</span>`).join('')}</p>` : ''}
      <p class="meta">${escape(model.name(data.arms[0].title))} · ${meta}</p>${data.complete ? '' : `<p class="warning" role="status">${model.text('unfinished')}</p>`}</header>
    <nav aria-label="${model.text('contents')}"><ol>${parts.map(([id]) => `<li><a href="#${id}">${model.text(`nav_${id}`)}</a></li>`).join('')}</ol></nav>
    <main>${parts.map(([id, {title}]) => `<section id="${id}" aria-label="${title}"></section>`).join('')}</main>`;
  drawn.clear();
  for (const [id] of parts) show(id);
}

function choosePolicy(policy) {
  state.policy = policy;
  for (const block of document.querySelectorAll('[data-policy]'))
    block.classList.toggle('other', Number(block.dataset.policy) !== policy);
  for (const button of document.querySelectorAll('[data-choose-policy]'))
    button.setAttribute('aria-pressed', String(Number(button.dataset.choosePolicy) === policy));
  draw();
}

function save(id) {
  const {figure} = drawn.get(id);
  const text = figure.draw({width: figure.small ? 380 : 760, theme: paper});
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], {type: 'image/svg+xml'}));
  link.download = `polder-${id}.svg`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function turnColours() {
  const dark =
    (document.documentElement.dataset.colours ??
      (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
  document.documentElement.dataset.colours = dark ? 'light' : 'dark';
}

root.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (!button) return;
  const {save: id, choosePolicy: policy, language} = button.dataset;
  if (id) save(id);
  else if (policy !== undefined) choosePolicy(Number(policy));
  else if (language) {
    model = new Model(data, language);
    frame();
  } else if ('colours' in button.dataset) turnColours();
  else if ('print' in button.dataset) print();
});

/** What a choice changes. */
const shownBy = {
  indicator: 'course',
  places: 'places',
  placesMoment: 'places',
  figuresMoment: 'figures',
  outcome: 'sensitivity',
};
root.addEventListener('change', (event) => {
  const {name, value} = event.target;
  if (!(name in shownBy)) return;
  state[name] = /Moment$|outcome/.test(name) ? Number(value) : value;
  show(shownBy[name]);
});

frame();
follow(root);
new ResizeObserver(() => draw()).observe(root);
// Print: everything that a switch hides is drawn, at the width of the paper.
addEventListener('beforeprint', () => {
  document.documentElement.classList.add('printing');
  draw();
});
addEventListener('afterprint', () => {
  document.documentElement.classList.remove('printing');
  draw();
});
document.documentElement.dataset.ready = 'yes';
