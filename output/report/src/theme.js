// SPDX-License-Identifier: Apache-2.0
// Colours of charts. On the page they are variables of the style sheet, so that light, dark and print need no new
// drawing; in a saved file they are the light ones. Policies: Okabe and Ito's palette, darkened to be read on paper.
const font = "'Inter Variable', Inter, system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

export const screen = {
  font,
  ink: 'var(--ink)',
  muted: 'var(--muted)',
  rule: 'var(--rule)',
  strong: 'var(--strong-rule)',
  paper: 'var(--paper)',
  baseline: 'var(--baseline)',
  policies: [1, 2, 3, 4, 5].map((n) => `var(--policy-${n})`),
  low: 'var(--low)',
  middle: 'var(--middle)',
  high: 'var(--high)',
  quiet: 'var(--quiet)',
  shades: [1, 2, 3, 4, 5, 6].map((n) => `var(--shade-${n})`),
};

export const paper = {
  font,
  background: '#ffffff',
  ink: '#1b2330',
  muted: '#5a6472',
  rule: '#e4e2db',
  strong: '#a9aeb6',
  paper: '#ffffff',
  baseline: '#7a828e',
  policies: ['#0b68a0', '#c2561a', '#00795a', '#8a4c9c', '#8a6d00'],
  low: '#b5541c',
  middle: '#efeee9',
  high: '#0b68a0',
  quiet: '#f2f0ea',
  shades: ['#0b68a0', '#5a9cc5', '#c2561a', '#e0a078', '#00795a', '#8a4c9c'],
};

export const policyColour = (theme, policy) => theme.policies[policy % theme.policies.length];
