// SPDX-License-Identifier: Apache-2.0
// The document that the command made, with what the page asks of it. Policies count from 0; arm 0 is the baseline.
import en from './texts/en.js';
import nl from './texts/nl.js';
import dutchDefinitions from './texts/definitions.nl.js';
import {Quantity} from './units.js';

const categories = ['impact', 'outcome', 'output', 'activity', 'input', 'condition'];
/** Figures that only say that the policy's own money was paid: never news in a headline. */
const own_money = new Set(['instrument_use', 'government_funding', 'instrument_awards']);
export const falseDiscoveryRate = 0.05;

export class Model {
  constructor(data, language) {
    this.data = data;
    this.language = language;
    const texts = {en, nl}[language];
    this.is_sweep = data.kind === 'sweep';
    this.texts = this.is_sweep ? {...texts, ...texts.sweep} : texts;
    this.indicators = data.indicators.map((indicator) => ({
      ...indicator,
      quantity: new Quantity(indicator.unit, language),
    }));
    this.policies = data.arms.slice(1).map((arm, index) => ({...arm, index, title: this.name(arm.title)}));
    this.years = data.times.map((month) => Number(month.slice(0, 4)) + (Number(month.slice(5)) - 12) / 12);
  }

  /** A text of the page with its gaps filled; values must be safe HTML. */
  text(key, values = {}) {
    if (!(key in this.texts)) throw new Error(`no text '${key}' in ${this.language}`);
    return this.texts[key].replace(/\{(\w+)\}/g, (_, gap) => values[gap] ?? '');
  }
  /** The same, or the key's last part where there is none. */
  textOr(key, other) {
    return key in this.texts ? this.texts[key] : other;
  }
  name(both) {
    return both?.[this.language] ?? both?.en ?? '';
  }
  title(indicator) {
    return this.name(indicator.title);
  }
  /** What a figure means, {text, language}: English where there is no translation. */
  definition(indicator) {
    const dutch = this.language === 'nl' ? dutchDefinitions[indicator.definition] : undefined;
    return dutch ? {text: dutch, language: 'nl'} : {text: indicator.definition, language: 'en'};
  }
  label(axis, id) {
    return this.name(this.data.axes[axis]?.[id]) || id;
  }
  find(id) {
    return this.indicators.find((indicator) => indicator.id === id);
  }
  first(...ids) {
    return ids.map((id) => this.find(id)).find(Boolean) ?? this.indicators[0];
  }

  momentName(moment) {
    if (!moment.average || moment.from === moment.to) return this.text('in_year', {year: moment.to});
    return this.text('average_over', moment);
  }
  /** The average over the years in which policies differ, then single years; none without a policy. */
  get moments() {
    return this.data.moments;
  }

  categories() {
    const groups = new Map(categories.map((category) => [category, []]));
    for (const indicator of this.indicators) {
      const category = groups.has(indicator.category) ? indicator.category : 'other';
      if (!groups.has(category)) groups.set(category, []);
      groups.get(category).push(indicator);
    }
    return [...groups].filter(([, list]) => list.length > 0);
  }

  /** Does a difference stand out from chance; in a sweep: do nine of ten runs point the same way? */
  stands_out(at) {
    if (!at || !at.mean) return false;
    if (this.is_sweep) return at.low > 0 || at.high < 0;
    return at.q !== null && at.q !== undefined && at.q <= falseDiscoveryRate;
  }
  parameter(name) {
    return this.data.parameters?.[name] || name;
  }

  /** Relative size of an effect, in percent of the baseline; null where there is none. */
  relative(at) {
    if (!at || !at.baseline || at.mean === null) return null;
    const percent = (value) => (value === null ? null : (100 * value) / Math.abs(at.baseline));
    return {mean: percent(at.mean), low: percent(at.low), high: percent(at.high)};
  }

  /** Figures of one policy that stand out on average, the relatively largest first. */
  marked(policy) {
    return this.indicators
      .map((indicator) => ({indicator, at: indicator.moments[policy]?.[0]}))
      .filter(({indicator, at}) => this.stands_out(at) && !own_money.has(indicator.id))
      .sort((a, b) => Math.abs(this.relative(b.at)?.mean ?? 0) - Math.abs(this.relative(a.at)?.mean ?? 0));
  }

  /** Figures that stand out for any policy, in the order of the annex's categories. */
  markedAnywhere() {
    const ids = new Set(this.policies.flatMap(({index}) => this.marked(index).map(({indicator}) => indicator.id)));
    return this.categories().flatMap(([, list]) => list.filter(({id}) => ids.has(id)));
  }
}
