// SPDX-License-Identifier: Apache-2.0
// Units in words, and numbers rounded to what is known about them.
const money = {EUR: 1, kEUR: 1e3, MEUR: 1e6, GEUR: 1e9};

const words = {
  en: {
    million: 'million',
    billion: 'billion',
    thousand: 'thousand',
    year: 'a year',
    month: 'a month',
    h: 'an hour',
    person: 'people',
    firms: 'firms',
    points: 'percentage points',
    percent: '%',
    km: 'km',
    counted: {month: 'months', year: 'years', h: 'hours'},
    each: {person: 'a person', firms: 'a firm'},
  },
  nl: {
    million: 'miljoen',
    billion: 'miljard',
    thousand: 'duizend',
    year: 'per jaar',
    month: 'per maand',
    h: 'per uur',
    person: 'personen',
    firms: 'bedrijven',
    points: 'procentpunt',
    percent: '%',
    km: 'km',
    counted: {month: 'maanden', year: 'jaren', h: 'uur'},
    each: {person: 'per persoon', firms: 'per bedrijf'},
  },
};

/** What a unit measures: {prefix, factor (to the plain unit), words (after the number), kind}. */
function parse(unit, word) {
  const [top, ...below] = unit.split('/');
  const per = below.map((part) => word.each[part] ?? word[part] ?? `/ ${part}`).join(' ');
  if (top in money) return {kind: 'money', prefix: '€', factor: money[top], noun: per};
  if (top === '%') return {kind: 'percent', prefix: '', factor: 1, noun: per ? `% ${per}` : '%'};
  const noun = top === '1' || top === '' ? '' : (word.counted[top] ?? word[top] ?? top);
  return {kind: 'count', prefix: '', factor: 1, noun: [noun, per].filter(Boolean).join(' ')};
}

const minus = (text) => text.replace('-', '−');

export class Quantity {
  /** `language`: en or nl; `unit` as in the result. */
  constructor(unit, language) {
    this.language = language;
    this.word = words[language];
    Object.assign(this, parse(unit || '1', this.word));
  }

  /** The magnitude in which values up to `largest` are shown: {divide, words}. */
  magnitude(largest) {
    const size = Math.abs(largest) * this.factor;
    const named = (divide, name) => ({
      divide: divide / this.factor,
      words: [name, this.noun].filter(Boolean).join(' '),
    });
    if (this.kind === 'percent') return {divide: 1, words: this.noun};
    if (size >= 2e9 && this.kind === 'money') return named(1e9, this.word.billion);
    if (size >= 2e9) return named(1e9, this.word.billion);
    if (size >= (this.kind === 'money' ? 1e5 : 2e6)) return named(1e6, this.word.million);
    if (size >= 2e3 && this.kind === 'money') return named(1e3, this.word.thousand);
    return named(1, '');
  }

  /** Label of an axis. */
  axis(magnitude, difference = false) {
    const noun = difference && this.kind === 'percent' ? this.word.points : magnitude.words;
    return [this.prefix, noun].filter(Boolean).join(' ') || '';
  }

  /** A number in a magnitude, rounded to multiples of `step` (in the unit of the values). */
  plain(value, magnitude, step, signed = false) {
    if (value === null || value === undefined || Number.isNaN(value)) return '–';
    const coarse = step / magnitude.divide;
    const shown = coarse > 1 ? Math.round(value / step) * coarse : value / magnitude.divide;
    const digits = step > 0 ? Math.min(6, Math.max(0, -Math.floor(Math.log10(coarse) + 1e-9))) : 0;
    const rounded = Number(shown.toFixed(digits)) || 0;
    return minus(
      new Intl.NumberFormat(this.language, {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
        signDisplay: signed ? 'exceptZero' : 'auto',
      }).format(rounded),
    );
  }

  /** A level in words, three digits: `€13.5 billion a year`; with a range behind it where there is one. */
  level(value, low = null, high = null) {
    if (value === null || value === undefined) return '–';
    const magnitude = this.magnitude(value),
      round = step(value, 3);
    const number = this.plain(value, magnitude, round);
    const text =
      this.kind === 'percent'
        ? `${number} ${this.noun}`
        : [this.prefix + number, magnitude.words].filter(Boolean).join(' ');
    return low === null || high === null
      ? text
      : `${text} (${this.plain(low, magnitude, round)} … ${this.plain(high, magnitude, round)})`;
  }

  /** A difference and its interval, rounded alike: {mean, low, high, unit, ...}; `signed` is the mean with its currency,
   *  `full` with its unit as well. `unsigned`: without a plus. */
  difference({mean, low, high}, unsigned = false) {
    const magnitude = this.magnitude(Math.max(...[mean, low, high].map((v) => Math.abs(v ?? 0))));
    const round = uncertainty(mean, low, high);
    const show = (value) => this.plain(value, magnitude, round, !unsigned);
    const unit = this.kind === 'percent' ? this.word.points : magnitude.words;
    const signed = show(mean).replace(/^([+−]?)(?=\d)/, `$1${this.prefix}`);
    return {
      mean: show(mean),
      low: show(low),
      high: show(high),
      unit,
      prefix: this.prefix,
      signed,
      full: [signed, unit].filter(Boolean).join(' '),
      absolute: this.plain(Math.abs(mean ?? 0), magnitude, round),
    };
  }
}

/** The step that keeps `digits` significant digits of a value. */
export function step(value, digits) {
  if (!value) return 1;
  return 10 ** (Math.floor(Math.log10(Math.abs(value))) - digits + 1);
}

/** The step that shows two digits of an interval's half-width (of the mean, when there is no interval). */
function uncertainty(mean, low, high) {
  const half = low === null || high === null || low === undefined || high === undefined ? 0 : (high - low) / 2;
  return half > 0 ? step(half, 2) : step(mean, 3);
}

export function plainNumber(value, language, digits = 3) {
  if (value === null || value === undefined) return '–';
  return minus(new Intl.NumberFormat(language, {maximumSignificantDigits: digits}).format(value));
}

/** A share of 1 or a value in percent, with sign. */
export function signedPercent(value, language, half = 0) {
  const round = half > 0 ? step(half, 1) : step(value, 2);
  const digits = Math.min(5, Math.max(0, -Math.floor(Math.log10(round) + 1e-9)));
  return (
    minus(
      new Intl.NumberFormat(language, {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
        signDisplay: 'exceptZero',
      }).format(Number(value.toFixed(digits)) || 0),
    ) + ' %'
  );
}
