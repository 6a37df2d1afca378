// SPDX-License-Identifier: Apache-2.0
// SVG and HTML as text: the same code draws in the browser and in node, where there is no document.

/** Text that can stand in HTML, also inside an attribute. */
export const escape = (text) =>
  String(text).replace(/[&<>"]/g, (c) => ({'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'})[c]);

/** One element. Attributes that are null, undefined or false are left out; numbers are rounded to 0.01. */
export function element(name, attributes = {}, ...children) {
  let text = `<${name}`;
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    const shown = typeof value === 'number' ? Math.round(value * 100) / 100 : value;
    text += value === true ? ` ${key}` : ` ${key}="${escape(shown)}"`;
  }
  return `${text}>${children
    .flat(Infinity)
    .filter((c) => c !== null && c !== undefined && c !== false)
    .join('')}</${name}>`;
}

/** Text in a chart. `style`: fill, anchor, size, weight. */
export function label(x, y, text, {fill, anchor = 'start', size = 12, weight, extra = {}} = {}) {
  return element(
    'text',
    {x, y, fill, 'text-anchor': anchor, 'font-size': size, 'font-weight': weight, ...extra},
    escape(text),
  );
}

/** A whole picture with its name and description for those who cannot see it. */
export function picture(width, height, {title, description, theme}, ...children) {
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${Math.round(width)} ${Math.round(height)}`,
      width: Math.round(width),
      height: Math.round(height),
      role: 'img',
      'aria-label': description ? `${title}. ${description}` : title,
      'font-family': theme.font,
    },
    theme.background ? element('rect', {width, height, fill: theme.background}) : null,
    children,
  );
}

/** Width of a text in pixels, near enough to leave room for it. */
export const textWidth = (text, size = 12) => String(text).length * size * 0.54;

/** Cuts a text to a width, with an ellipsis. */
export function shorten(text, width, size = 12) {
  const most = Math.floor(width / (size * 0.54));
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1)).trimEnd()}…`;
}

/** Splits a text into lines of at most `width` pixels. */
export function wrap(text, width, size = 12, most = 2) {
  const lines = [''];
  for (const word of String(text).split(' ')) {
    const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
    if (lines.at(-1) && textWidth(longer, size) > width && lines.length < most) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines.map((line) => shorten(line, width, size));
}
