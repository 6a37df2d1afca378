// SPDX-License-Identifier: Apache-2.0
// What drives the outcome: from the document that `polder analyze` leaves in a result.
import {shares, tornado} from '../charts/bars.js';
import {dots} from '../charts/dots.js';
import {escape} from '../svg.js';
import {Quantity, plainNumber} from '../units.js';
import {choice} from './parts.js';

/** A metamodel that predicts less of the variance of left-out points is not asked for probabilities and signs. */
const least_quality = 0.5;

/** The share of an outcome's variance that parameters explain; what the section is about. */
const explained = ({variance}) => variance?.share_parameter ?? -1;

const percent = (model) => (share) =>
  new Intl.NumberFormat(model.language, {style: 'percent', maximumFractionDigits: 0})
    .format(share ?? 0)
    .replace(/\s*%/, '\u00a0%');

function name(model, outcome) {
  const known = model.find(outcome.indicator);
  const arm = model.data.arms.find(({id}) => id === outcome.arm);
  const of = model.text(outcome.of === 'effect' ? 'effect_of' : 'level_of', {
    arm: arm ? model.name(arm.title) : outcome.arm,
  });
  return `${known ? model.title(known) : (outcome.title ?? outcome.indicator)}, ${outcome.year} (${of})`;
}

/** The scale of an outcome's axis. */
function scaleOf(model, outcome, values) {
  const quantity = new Quantity(outcome.unit, model.language);
  const magnitude = quantity.magnitude(Math.max(...values.map((value) => Math.abs(value ?? 0))));
  return {
    unit: quantity.axis(magnitude, outcome.of === 'effect'),
    format: (value, size) => quantity.plain(value, magnitude, size ?? magnitude.divide / 100),
    words: (value) => quantity.level(value),
  };
}

function tornadoFigure(model, outcome) {
  if (!outcome.tornado?.length) return null;
  const list = outcome.tornado.slice(0, 12);
  const {unit, format, words} = scaleOf(
    model,
    outcome,
    list.flatMap(({y_low, y_high}) => [y_low, y_high]),
  );
  const centre = outcome.tornado_centre ?? outcome.mean;
  return {
    id: 'tornado',
    title: model.text('tornado_title'),
    note: model.text('tornado_note', {unit: escape(unit)}),
    draw: ({width, theme}) =>
      tornado({
        width,
        theme,
        title: model.text('tornado_title'),
        centre,
        format,
        unit,
        rows: list.map((one) => ({
          name: model.parameter(one.parameter),
          low: one.y_low,
          high: one.y_high,
          tip: `${plainNumber(one.x_low, model.language)}: ${words(one.y_low)}<br>${plainNumber(one.x_high, model.language)}: ${words(one.y_high)}`,
        })),
      }),
    table: {
      head: ['parameter', 'low', 'outcome', 'high', 'outcome'].map((key) => model.text(key)),
      rows: list.map((one) => [
        model.parameter(one.parameter),
        plainNumber(one.x_low, model.language),
        words(one.y_low),
        plainNumber(one.x_high, model.language),
        words(one.y_high),
      ]),
    },
  };
}

function sobolFigure(model, outcome) {
  const found = outcome.sobol?.find(({estimator}) => estimator === 'martinez') ?? outcome.sobol?.[0];
  const indices = found?.indices ?? outcome.metamodel?.sobol;
  if (!indices?.length) return null;
  const share = percent(model);
  const list = [...indices].sort((a, b) => (b.total?.value ?? 0) - (a.total?.value ?? 0)).slice(0, 12);
  const mark = (kind, colour) => (one) =>
    one[kind] && {
      name: model.text(`sobol_${kind}`),
      colour,
      mean: one[kind].value,
      low: one[kind].low,
      high: one[kind].high,
      filled: true,
      tip: `${share(one[kind].value)} (${share(one[kind].low)} … ${share(one[kind].high)})`,
    };
  return {
    id: 'sobol',
    title: model.text('sobol_title'),
    note: model.text('sobol_note'),
    keys: (theme) => [
      {name: model.text('sobol_first'), colour: theme.policies[0]},
      {name: model.text('sobol_total'), colour: theme.policies[1]},
    ],
    draw: ({width, theme}) =>
      dots({
        width,
        theme,
        title: model.text('sobol_title'),
        rules: [0, 1],
        format: share,
        rows: list.map((one) => ({
          name: model.parameter(one.parameter),
          marks: [mark('first', theme.policies[0])(one), mark('total', theme.policies[1])(one)].filter(Boolean),
        })),
      }),
    table: {
      head: [
        model.text('parameter'),
        model.text('sobol_first'),
        model.text('interval'),
        model.text('sobol_total'),
        model.text('interval'),
      ],
      rows: list.map(({parameter, first, total}) => [
        model.parameter(parameter),
        ...[first, total].flatMap((one) =>
          one ? [share(one.value), `${share(one.low)} … ${share(one.high)}`] : ['–', '–'],
        ),
      ]),
    },
  };
}

function morrisFigure(model, outcome) {
  const effects = outcome.morris?.effects;
  if (!effects?.length) return null;
  const list = [...effects].sort((a, b) => b.mu_star.value - a.mu_star.value).slice(0, 12);
  const {unit, format, words} = scaleOf(
    model,
    outcome,
    list.map(({mu_star}) => mu_star.value),
  );
  return {
    id: 'morris',
    title: model.text('morris_title'),
    note: model.text('morris_note', {unit: escape(unit)}),
    draw: ({width, theme}) =>
      dots({
        width,
        theme,
        title: model.text('morris_title'),
        format,
        unit,
        rows: list.map(({parameter, mu_star, above_noise}) => ({
          name: model.parameter(parameter),
          marks: [
            {
              colour: theme.policies[0],
              mean: mu_star.value,
              low: mu_star.low,
              high: mu_star.high,
              filled: above_noise !== false,
              tip: words(mu_star.value),
            },
          ],
        })),
      }),
    table: {
      head: [model.text('parameter'), 'μ*', model.text('interval'), 'σ'],
      rows: list.map(({parameter, mu_star, sigma}) => [
        model.parameter(parameter),
        words(mu_star.value),
        `${words(mu_star.low)} … ${words(mu_star.high)}`,
        words(sigma),
      ]),
    },
  };
}

/** Of each effect: what parameters and what chance contribute. */
function effectBudget(model, analysis) {
  return analysis.outcomes
    .filter(({of, variance}) => of === 'effect' && typeof variance?.share_replicate === 'number')
    .map((outcome) => ({
      name: name(model, outcome),
      rows: [
        {source: 'parameter', share: outcome.variance.share_parameter},
        {source: 'replicate', share: outcome.variance.share_replicate},
      ],
    }));
}

/** Of the level in a run: parameters, policy and chance. */
function levelBudget(model, analysis) {
  return analysis.budget.map((one) => {
    const known = model.find(one.indicator);
    return {name: `${known ? model.title(known) : (one.title ?? one.indicator)}, ${one.year}`, rows: one.rows};
  });
}

function budgetFigure(model, analysis) {
  if (!analysis.budget?.length) return null;
  const share = percent(model);
  const label = (source) => model.textOr(`source_${source}`, source);
  const budget = [...effectBudget(model, analysis), ...levelBudget(model, analysis)];
  const sources = [...new Set(analysis.budget.flatMap(({rows}) => rows.map(({source}) => source)))];
  const colours = (theme) =>
    Object.fromEntries(sources.map((source, i) => [source, theme.policies[i % theme.policies.length]]));
  const rows = (theme) =>
    budget
      .slice(0, 12)
      .map((one) => ({
        name: one.name,
        parts: one.rows.map((row) => ({name: label(row.source), share: row.share, colour: colours(theme)[row.source]})),
      }));
  return {
    id: 'budget',
    title: model.text('budget_title'),
    note: model.text('budget_note'),
    keys: (theme) => sources.map((source) => ({name: label(source), colour: colours(theme)[source]})),
    draw: ({width, theme}) =>
      shares({width, theme, title: model.text('budget_title'), rows: rows(theme), percent: share}),
    table: {
      head: [model.text('outcome'), ...sources.map(label)],
      rows: budget.map((one) => [
        one.name,
        ...sources.map((source) => share(one.rows.find((row) => row.source === source)?.share)),
      ]),
    },
  };
}

function decision(model, outcome) {
  const known = outcome.decision;
  if (!known) return '';
  const sentences = [];
  const quality = outcome.metamodel?.q2;
  if (known.points_positive !== undefined && quality !== undefined && (quality ?? 0) < least_quality)
    return `<p class="lead">${model.text('decision_unsure', {
      share: `<b>${percent(model)(known.points_positive)}</b>`,
      quality: percent(model)(Math.max(0, quality ?? 0)),
    })}</p>`;
  const probability = known.probability_positive ?? known.points_positive;
  if (probability !== null && probability !== undefined)
    sentences.push(model.text('decision_positive', {share: `<b>${percent(model)(probability)}</b>`}));
  const flips = (known.parameters ?? [])
    .filter(({changes_sign}) => changes_sign)
    .map(({parameter}) => escape(model.parameter(parameter)));
  sentences.push(
    flips.length ? model.text('decision_flip', {names: `<b>${flips.join(', ')}</b>`}) : model.text('decision_firm'),
  );
  return `<p class="lead">${sentences.join(' ')}</p>`;
}

export function sensitivity(model, state) {
  const analysis = model.data.analysis;
  if (!analysis?.outcomes?.length) return null;
  const outcomes = analysis.outcomes;
  // First the effect that parameters drive most: of one that is chance alone there is nothing to see.
  const effects = outcomes.filter(({of}) => of === 'effect');
  const best = (effects.length ? effects : outcomes).reduce((a, b) => (explained(b) > explained(a) ? b : a));
  const first = outcomes.indexOf(best);
  const chosen = outcomes[Number(state.outcome ?? first)] ?? outcomes[0];
  const names = outcomes.map((outcome, i) => [String(i), name(model, outcome)]);
  const figures = [tornadoFigure(model, chosen), sobolFigure(model, chosen), morrisFigure(model, chosen)].filter(
    Boolean,
  );
  const budget = budgetFigure(model, analysis);
  return {
    id: 'sensitivity',
    title: model.text('sensitivity'),
    intro: model.text('sensitivity_intro'),
    blocks: [
      {
        html: `<div class="choices">${choice('outcome', model.text('outcome'), [[null, names]], String(outcomes.indexOf(chosen)))}</div>${decision(model, chosen)}`,
      },
      {figures, columns: 2},
      ...(budget ? [{figures: [budget]}] : []),
    ],
  };
}
