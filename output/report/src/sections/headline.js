// SPDX-License-Identifier: Apache-2.0
// In short: what the policy costs and adds, in plain sentences, and a chart of what stands out.
import {dots} from '../charts/dots.js';
import {policyColour} from '../theme.js';
import {Quantity, signedPercent} from '../units.js';
import {escape} from '../svg.js';
import {classBadge, named} from './parts.js';

const most_sentences = 6;

/** A ratio per euro with its interval: {value, low, high} as texts with a euro sign. */
function perEuro(model, ratio) {
  if (!ratio || ratio.value === null) return null;
  const euro = (value) => {
    const text = new Intl.NumberFormat(model.language, {minimumFractionDigits: 2, maximumFractionDigits: 2}).format(
      Math.abs(value),
    );
    return `${value < -0.005 ? '−' : ''}€${text}`;
  };
  return {
    ...ratio,
    text: euro(ratio.value),
    size: euro(Math.abs(ratio.value)),
    lowText: euro(ratio.low),
    highText: euro(ratio.high),
  };
}

function statistics(model, entry) {
  const euros = new Quantity('EUR', model.language);
  const cards = [];
  if (entry.outlay.mean) {
    const shown = euros.difference(entry.outlay, true);
    cards.push([
      `€${shown.mean} ${shown.unit}`,
      `€${shown.low} – €${shown.high} ${shown.unit}`,
      model.text('stat_outlay'),
    ]);
  }
  for (const [key, ratio] of [
    ['stat_total', entry.total_rd],
    ['stat_private', entry.private_rd],
  ]) {
    const shown = perEuro(model, ratio);
    if (shown)
      cards.push([
        shown.text,
        model.text('interval_short', {low: shown.lowText, high: shown.highText}),
        model.text(key),
      ]);
  }
  return `<dl class="statistics">${cards
    .map(
      ([value, interval, name]) =>
        `<div><dt>${name}</dt><dd><strong>${value}</strong><span>${interval}</span></dd></div>`,
    )
    .join('')}</dl>`;
}

function moneySentences(model, entry, years) {
  const outlay = entry.outlay;
  if (!outlay.mean || outlay.high <= 0) return model.text('outlay_none');
  const shown = new Quantity('EUR', model.language).difference(outlay, true);
  const sentences = [model.text('outlay_sentence', {...years, amount: `<b>€${shown.mean} ${shown.unit}</b>`})];
  const total = perEuro(model, entry.total_rd),
    own = perEuro(model, entry.private_rd);
  if (total && total.low > 0) sentences.push(model.text('euro_sentence', {total: `<b>${total.text}</b>`}));
  else if (entry.total_rd) sentences.push(model.text('euro_unclear'));
  if (own && own.low > 0) sentences.push(model.text('private_more', {private: `<b>${own.size}</b>`}));
  else if (own && own.high < 0) sentences.push(model.text('private_less', {private: `<b>${own.size}</b>`}));
  else if (own) sentences.push(model.text('private_unclear', {low: own.lowText, high: own.highText}));
  return sentences.join(' ');
}

/** One effect in words. */
export function effectSentence(model, indicator, at) {
  const shown = indicator.quantity.difference(at);
  const amount = `<b>${[shown.prefix + shown.absolute, shown.unit].filter(Boolean).join(' ')} ${model.text(at.mean < 0 ? 'lower' : 'higher')}</b>`;
  const share = model.relative(at);
  const details = [model.text('interval_short', shown)];
  if (share && indicator.quantity.kind !== 'percent')
    details.push(
      model.text('of_baseline', {share: signedPercent(share.mean, model.language, (share.high - share.low) / 2)}),
    );
  return (
    model
      .text('sentence', {title: escape(model.title(indicator)) + classBadge(model, indicator), amount, direction: ''})
      .replace(/\s+/g, ' ') + ` <span class="interval">(${details.join('; ')})</span>`
  );
}

function changes(model, policy) {
  const years = model.moments[0];
  const marked = model.marked(policy);
  const compared = model.indicators.filter((indicator) => indicator.moments[policy]?.[0]?.mean !== null);
  const same = compared.filter((indicator) => {
    const at = indicator.moments[policy][0];
    return at.mean === 0 && at.low === 0 && at.high === 0;
  }).length;
  const all = compared.length;
  const unclear = compared.filter((indicator) => !model.stands_out(indicator.moments[policy][0])).length - same;
  const list = marked
    .slice(0, most_sentences)
    .map(({indicator, at}) => `<li>${effectSentence(model, indicator, at)}</li>`)
    .join('');
  return (
    (list
      ? `<h4>${model.text('clear_changes', years)}</h4><ul class="effects">${list}</ul>`
      : `<p>${model.text('clear_none', years)}</p>`) +
    `<p class="quiet">${model.text('unclear', {unclear, all})}${same ? ` ${model.text('same', {same})}` : ''}</p>`
  );
}

function changesFigure(model) {
  const shown = new Set(model.markedAnywhere().map(({id}) => id));
  if (shown.size === 0) return null;
  const mark = (indicator, theme) =>
    model.policies.map(({index, title}) => {
      const at = indicator.moments[index][0];
      const share = model.relative(at);
      const words = indicator.quantity.difference(at);
      return {
        name: title,
        colour: policyColour(theme, index),
        ...(share ?? {mean: null}),
        filled: model.stands_out(at),
        tip: `${words.full} (${words.low} … ${words.high})`,
      };
    });
  const rows = (theme) =>
    model.categories().flatMap(([category, list]) => {
      const inside = list.filter(({id}) => shown.has(id));
      return inside.length === 0
        ? []
        : [
            {heading: model.text(`category_${category}`)},
            ...inside.map((indicator) => ({
              name: named(model, indicator),
              marks: mark(indicator, theme),
            })),
          ];
    });
  return {
    id: 'changes',
    title: model.text('changes_title'),
    note: model.text('changes_note'),
    legend: model.policies.length > 1,
    draw: ({width, theme}) =>
      dots({
        width,
        theme,
        title: model.text('changes_title'),
        rows: rows(theme),
        format: (tick, size) => signedPercent(tick, model.language, size * 1.01),
        names: 0.4,
      }),
    table: {
      head: [
        model.text('indicator'),
        model.text('unit'),
        ...model.policies.flatMap(({title}) => [title, model.text('interval')]),
      ],
      rows: model.markedAnywhere().map((indicator) => [
        model.title(indicator),
        indicator.unit,
        ...model.policies.flatMap(({index}) => {
          const share = model.relative(indicator.moments[index][0]);
          if (!share) return ['–', '–'];
          const half = (share.high - share.low) / 2;
          const percent = (value) => signedPercent(value, model.language, half);
          return [
            percent(share.mean),
            model.text('interval_short', {low: percent(share.low), high: percent(share.high)}),
          ];
        }),
      ]),
    },
  };
}

export function headline(model) {
  const single = model.policies.length === 0;
  const cards = model.policies.map(({index, title, id}) => {
    const entry = model.data.per_euro[index];
    const years = model.moments[0];
    return `<article class="policy-card" style="--accent:var(--policy-${(index % 5) + 1})" aria-label="${escape(title)}">
      <h3>${escape(title)}</h3>${entry ? statistics(model, entry) + `<p class="lead">${moneySentences(model, entry, years)}</p>` : ''}${changes(model, index)}</article>`;
  });
  const figure = single ? null : changesFigure(model);
  return {
    id: 'short',
    title: model.text('short'),
    intro: model.text(single ? 'short_intro_single' : 'short_intro'),
    blocks: [{html: `<div class="policy-cards">${cards.join('')}</div>`}, ...(figure ? [{figures: [figure]}] : [])],
  };
}

export {perEuro};
