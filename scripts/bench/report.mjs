// @ts-check
/** Makes tables of the measurements, and decides which budgets hold. */

import { availableParallelism, cpus } from 'node:os';
import { table } from './figures.mjs';

/** @typedef {import('./pages.mjs').Results} Results */
/** @typedef {import('./pages.mjs').Condition} Condition */
/** @typedef {import('./pages.mjs').PeerId} PeerId */
/** @typedef {keyof import('./pages.mjs').Samples} Measure */

const CONDITIONS = /** @type {const} */ ({ plain: 'As it is', throttled: '4x slower processor, 1.6 Mbit/s, 150 ms' });

/** The rows of a table: a measure, its title, and how its numbers are written. @type {[measure: Measure, title: string, written: (value: number) => string, unit: string][]} */
const LINES = [
  ['field', 'the field is usable', (ms) => ms.toFixed(0), 'ms'],
  ['whole', 'the whole dialog is there', (ms) => ms.toFixed(0), 'ms'],
  ['submit', 'an address submitted at once is with the tenant', (ms) => ms.toFixed(0), 'ms'],
  ['key', 'a key typed', (ms) => ms.toFixed(1), 'ms'],
  ['bytes', 'on the wire', (bytes) => bytes.toLocaleString('en'), 'bytes'],
  ['requests', 'requests', (count) => `${count}`, ''],
  ['heap', 'JavaScript heap', (bytes) => (bytes / 1e6).toFixed(1), 'MB'],
];

/** @param {number[]} values at least one */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * A budget. `actual` may be at most `limit`. If the budget is `exclusive`, `actual` has to be below `limit`. A figure that is compared
 * with a peer is a ratio of medians.
 *
 * @typedef {{ what: string, limit: number, shown: string, exclusive?: boolean, unit: string, actual: (of: (condition: Condition, peer: PeerId, measure: Measure) => number) => number }} Budget
 */

/** @type {Budget[]} */
const BUDGETS = [
  {
    what: 'the field, throttled, beside a bare field', limit: 1.5, shown: '1.5', unit: ' times',
    actual: (of) => of('throttled', 'latchkey', 'field') / of('throttled', 'bare', 'field'),
  },
  {
    what: 'the field, as it is, beside a bare field', limit: 1.8, shown: '1.8', unit: ' times',
    actual: (of) => of('plain', 'latchkey', 'field') / of('plain', 'bare', 'field'),
  },
  {
    what: "the field, throttled, beside Lock's", limit: 1 / 7, shown: '1/7, or 0.143', unit: ' times',
    actual: (of) => of('throttled', 'latchkey', 'field') / of('throttled', 'lock', 'field'),
  },
  {
    what: "an address submitted at once, throttled, beside Lock's", limit: 0.36, shown: '0.36', unit: ' times',
    actual: (of) => of('throttled', 'latchkey', 'submit') / of('throttled', 'lock', 'submit'),
  },
  {
    what: 'a key typed, throttled', limit: 4, shown: 'under 4', exclusive: true, unit: ' ms',
    actual: (of) => of('throttled', 'latchkey', 'key'),
  },
];

/**
 * Returns for each budget its figure, and whether the budget holds.
 *
 * @param {Results} results
 */
export function verdicts({ pages }) {
  const of = (/** @type {Condition} */ condition, /** @type {PeerId} */ peer, /** @type {Measure} */ measure) => median(pages[condition][peer].samples[measure]);
  return BUDGETS.map(({ what, limit, shown, exclusive = false, unit, actual }) => {
    const value = actual(of);
    return { what, value, limit: shown + unit, unit, holds: exclusive ? value < limit : value <= limit };
  });
}

/**
 * All tables in Markdown.
 *
 * @param {Results} results
 */
export function report(results) {
  const { chromium, runs, pages } = results;
  const day = new Date().toISOString().slice(0, 10);
  const machine = `${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'})`;
  const tables = Object.entries(CONDITIONS).map(([condition, title]) => `**${title}**\n\n${measuredTable(pages[/** @type {Condition} */ (condition)])}`);
  return [
    `Chromium ${chromium}, ${machine}, ${day}. Medians of ${runs} rounds (minimum to maximum).`,
    ...tables,
    '**Budgets**',
    table(['what', 'measured', 'budget', ''], verdicts(results).map(({ what, value, limit, unit, holds }) => [
      what, `${value.toFixed(3)}${unit}`, limit, holds ? 'holds' : 'does not hold',
    ])),
  ].join('\n\n');
}

/** @param {Results['pages'][Condition]} pages */
function measuredTable(pages) {
  const peers = Object.values(pages);
  const rows = LINES.map(([measure, title, written, unit]) => [title, ...peers.map(({ samples }) => cell(samples[measure], written, unit))]);
  return table(['', ...peers.map(({ name }) => name)], rows);
}

/**
 * A median with its unit and, if the rounds differ, the minimum and the maximum.
 *
 * @param {number[]} values
 * @param {(value: number) => string} written
 * @param {string} unit
 */
function cell(values, written, unit) {
  if (values.length === 0) return '';
  const [least, greatest] = [Math.min(...values), Math.max(...values)].map(written);
  const range = least === greatest ? '' : ` (${least} to ${greatest})`;
  return `${`${written(median(values))} ${unit}`.trim()}${range}`;
}
