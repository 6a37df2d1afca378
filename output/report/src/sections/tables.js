// SPDX-License-Identifier: Apache-2.0
// Words and tables: all figures, the scorecard, method and limits, provenance.
import {escape} from '../svg.js';
import {plainNumber} from '../units.js';
import {choice, classBadge} from './parts.js';

const cells = (tag, list, attributes = '') => list.map((text) => `<${tag}${attributes}>${text}</${tag}>`).join('');
const scroll = (label, inside) =>
  `<div class="scroll" tabindex="0" role="region" aria-label="${escape(label)}"><table>${inside}</table></div>`;

function explained(model, indicator) {
  const definition = model.definition(indicator);
  const rows = [
    [model.text('definition'), `<span lang="${definition.language}">${escape(definition.text)}</span>`],
    [model.text('formula'), indicator.formula ? `<code>${escape(indicator.formula)}</code>` : ''],
    [model.text('figure_source'), escape(indicator.source)],
  ].filter(([, text]) => text);
  const long = model.textOr(`class_${indicator.class}_long`, '');
  return `<details><summary>${escape(model.title(indicator))}${classBadge(model, indicator)}</summary><dl class="meaning" lang="en">${rows.map(([name, text]) => `<dt lang="${model.language}">${name}</dt><dd>${text}</dd>`).join('')}</dl>${long ? `<p class="quiet">${long}</p>` : ''}</details>`;
}

export function figures(model, state) {
  const moment = Math.min(state.figuresMoment ?? 0, Math.max(0, model.moments.length - 1));
  const head = [
    model.text('annex'),
    model.text('indicator'),
    model.text('unit'),
    model.text('baseline_short'),
    ...model.policies.map(({title}) => escape(title)),
  ];
  const last = model.years.length - 1;
  const row = (indicator) => {
    const at = indicator.moments[0]?.[moment];
    const level = indicator.quantity.level(at ? at.baseline : indicator.levels[0].mean[last]);
    const effects = model.policies.map(({index}) => {
      const effect = indicator.moments[index][moment];
      if (effect.mean === null) return '<td class="number">–</td>';
      if (effect.mean === 0 && effect.low === 0 && effect.high === 0) return '<td class="number quiet">0</td>';
      const shown = indicator.quantity.difference(effect);
      const star = model.stands_out(effect)
        ? `<span class="star" title="${model.text('star')}">★<span class="hidden">${model.text('star')}</span></span>`
        : '';
      return `<td class="number${star ? ' marked' : ''}">${star}${shown.signed} <span class="unit">${shown.unit}</span><br><span class="quiet">${model.text('interval_short', shown)}</span></td>`;
    });
    return `<tr><td class="quiet">${indicator.annex || ''}</td><th scope="row">${explained(model, indicator)}</th><td class="quiet">${escape(indicator.unit || '1')}</td><td class="number">${level}</td>${effects.join('')}</tr>`;
  };
  const body = model
    .categories()
    .map(
      ([category, list]) =>
        `<tbody><tr class="group"><th colspan="${head.length}" scope="rowgroup">${model.text(`category_${category}`)}</th></tr>${list.map(row).join('')}</tbody>`,
    )
    .join('');
  const moments = model.moments.map((one, i) => [String(i), model.momentName(one)]);
  const controls = moments.length
    ? `<div class="choices">${choice('figuresMoment', model.text('moment'), [[null, moments]], String(moment))}</div>`
    : '';
  const classes = ['direct', 'proxy', 'index'].map((one) => `<li>${model.text(`class_${one}_long`)}</li>`).join('');
  return {
    id: 'figures',
    title: model.text('figures'),
    intro: model.text('figures_intro'),
    blocks: [
      {
        html: `<ul class="classes">${classes}</ul>${controls}${scroll(model.text('figures'), `<thead><tr>${cells('th', head, ' scope="col"')}</tr></thead>${body}`)}`,
      },
    ],
  };
}

/**
 * The document of `/validation/json`: {rows: [{fact, simulated, low, high, unit, source, role, note, verdict: pass|near|miss}]}.
 * Only facts of the role `test` are counted: the model was given the others.
 */
export function scorecard(model) {
  const rows = model.data.validation?.rows;
  if (!Array.isArray(rows) || !rows.length) return null;
  const number = (value) => (typeof value === 'number' ? plainNumber(value, model.language) : escape(value ?? '–'));
  const tests = rows.filter(({role, verdict}) => role === 'test' && ['pass', 'near', 'miss'].includes(verdict));
  const count = (verdict) => tests.filter((row) => row.verdict === verdict).length;
  const verdictOf = ({verdict}) => model.textOr(`verdict_${verdict.replace(/ /g, '_')}`, verdict);
  const noteOf = ({verdict, note}) => (note && verdict !== 'pass' ? `<br><span class="quiet" lang="en">${escape(note)}</span>` : '');
  const head = ['fact', 'simulated', 'band', 'unit', 'verdict', 'source'].map((key) => model.text(key));
  const body = rows
    .map(
      (row) =>
        `<tr><th scope="row">${escape(row.fact ?? row.title)}${noteOf(row)}</th><td class="number">${number(row.simulated)}</td><td class="number">${number(row.low)} – ${number(row.high)}</td><td>${row.unit === '1' ? '' : escape(row.unit ?? '')}</td>` +
        `<td><span class="verdict ${escape(row.verdict)}">${escape(verdictOf(row))}</span>${row.role === 'test' ? '' : `<br><span class="quiet">${model.text('fact_given')}</span>`}</td><td class="quiet">${escape(row.source ?? '')}</td></tr>`,
    )
    .join('');
  return {
    id: 'scorecard',
    title: model.text('scorecard'),
    intro: model.text('scorecard_intro'),
    blocks: [
      {
        html: `<p>${model.text('scorecard_sum', {pass: count('pass'), near: count('near'), miss: count('miss'), all: tests.length})}</p>${scroll(model.text('scorecard'), `<thead><tr>${cells('th', head, ' scope="col"')}</tr></thead><tbody>${body}</tbody>`)}`,
      },
    ],
  };
}

export function method(model) {
  const {scale, pairs} = model.data;
  const points = [
    ...(model.policies.length ? ['method_pairs'] : []),
    scale < 1 ? 'method_scale' : 'method_scale_full',
    ...(model.policies.length ? ['method_interval', 'method_tests', ...(model.is_sweep ? [] : ['method_money'])] : []),
    // What the Dutch ecosystem leaves out; a small model of one's own has other limits.
    ...(model.is_sweep || 'sector' in model.data.axes ? ['method_equilibrium'] : []),
  ];
  const values = {pairs, each: plainNumber(1 / scale, model.language)};
  const assumed = model.policies.filter(({parameters}) => parameters.length);
  const head = ['parameter_name', 'value', 'range', 'source'].map((key) => model.text(key));
  const tables = assumed
    .map(
      ({title, description, parameters}) =>
        `<h4>${escape(title)}</h4><p class="quiet" lang="en">${escape(description)}</p>` +
        scroll(
          title,
          `<thead><tr>${cells('th', head, ' scope="col"')}</tr></thead><tbody>${parameters
            .map(
              (one) =>
                `<tr><th scope="row">${escape(one.label || one.name)}</th><td class="number">${escape(one.value)}</td><td class="number">${one.low ? `${escape(one.low)} – ${escape(one.high)}` : ''}</td><td class="quiet">${escape(one.source)}</td></tr>`,
            )
            .join('')}</tbody>`,
        ),
    )
    .join('');
  return {
    id: 'method',
    title: model.text('method'),
    blocks: [
      {
        html:
          `<div class="prose">${points.map((key) => `<p>${model.text(key, values)}</p>`).join('')}</div>` +
          (tables
            ? `<h3>${model.text('parameters_title')}</h3><p class="note">${model.text('parameters_note')}</p>${tables}`
            : ''),
      },
    ],
  };
}

export function provenance(model) {
  const {fields, data, file} = model.data.provenance;
  const command = (name, text) => `<p>${name}</p><pre tabindex="0"><code>${escape(text)}</code></pre>`;
  const result = /\s/.test(file) ? `'${file}'` : file;
  const facts = [
    [model.text('seed'), model.data.seed],
    [model.text('scale'), plainNumber(model.data.scale, model.language)],
    [model.text('version'), fields.polder_version],
    [model.text('commit'), fields.commit],
    [model.text('compiler'), `${fields.compiler}, ${fields.build_type}, ${fields.simd}`],
    [model.text('platform'), fields.platform],
    [model.text('created'), fields.created],
  ];
  const kinds = model.data.counts.filter(({simulated}) => simulated);
  const known = kinds.some(({founded}) => founded);
  return {
    id: 'provenance',
    title: model.text('provenance'),
    intro: model.is_sweep ? '' : model.text('provenance_intro'),
    blocks: [
      {
        html:
          (fields.command_line ? command(model.text('command_made'), fields.command_line) : '') +
          (model.is_sweep ? '' : command(model.text('command_again'), `polder run ${result} -o again.h5`)) +
          command(model.text('command_report'), `polder report ${result} --lang ${model.language} -o report.html`) +
          `<dl class="facts">${facts.map(([name, text]) => `<dt>${name}</dt><dd>${escape(text ?? '')}</dd>`).join('')}</dl>` +
          (kinds.length
            ? `<details class="more"><summary>${model.text('agents')}</summary>${scroll(
                model.text('agents'),
                `<thead><tr>${cells(
                  'th',
                  ['kind', ...(known ? ['founded'] : []), 'simulated_number'].map((key) => model.text(key)),
                  ' scope="col"',
                )}</tr></thead><tbody>${kinds
                  .map(
                    (one) =>
                      `<tr><th scope="row">${escape(one.kind)}</th>${known ? `<td class="number">${plainNumber(one.founded, model.language, 6)}</td>` : ''}<td class="number">${plainNumber(one.simulated, model.language, 6)}</td></tr>`,
                  )
                  .join('')}</tbody>`,
              )}</details>`
            : '') +
          (data.length
            ? `<details class="more"><summary>${model.text('data')}</summary>${scroll(
                model.text('data'),
                `<thead><tr>${cells('th', [model.text('file'), model.text('checksum')], ' scope="col"')}</tr></thead><tbody>${data
                  .map(([path, sum]) => `<tr><td>${escape(path)}</td><td><code>${escape(sum)}</code></td></tr>`)
                  .join('')}</tbody>`,
              )}</details>`
            : '') +
          `<p class="quiet">${model.text('licences')} ${model.text('map_credit')}</p>`,
      },
    ],
  };
}
