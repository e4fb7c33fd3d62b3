// @ts-check
/** The playground's form, made from the list of options. */

import { FIELDS, SECTIONS, read, write } from './playground-options.mjs';

/** @typedef {import('./playground-options.mjs').Field} Field */
/** @typedef {import('./playground-options.mjs').Options} Options */

/**
 * @param {HTMLElement} place
 * @param {(options: Options) => void} changed
 */
export function buildForm(place, changed) {
  /** @type {Options} */
  let options = {};
  /** @type {Map<Field, (value: unknown) => void>} */
  const setters = new Map();
  for (const { title, fields } of SECTIONS) {
    const group = document.createElement('fieldset');
    group.append(Object.assign(document.createElement('legend'), { textContent: title }));
    for (const field of fields) {
      const change = (/** @type {unknown} */ value) => {
        options = write(options, field, value);
        changed(options);
      };
      const { element, set } = field.kind === 'set' ? boxes(field, change) : control(field, change);
      setters.set(field, set);
      group.append(element);
    }
    place.append(group);
  }
  return {
    /** @param {Options} now */
    show(now) {
      options = now;
      for (const field of FIELDS) setters.get(field)?.(read(now, field.path) ?? field.standard);
    },
  };
}

/** A field in which several values can be chosen. @param {Field} field @param {(value: unknown) => void} change */
function boxes({ label, values = [] }, change) {
  const element = document.createElement('div');
  element.setAttribute('role', 'group');
  element.setAttribute('aria-label', label);
  const inputs = values.map(([value, text]) => {
    const input = Object.assign(document.createElement('input'), { type: 'checkbox', value });
    const line = document.createElement('label');
    line.className = 'tick';
    line.append(input, text);
    element.append(line);
    return input;
  });
  element.addEventListener('change', () => change(inputs.filter(({ checked }) => checked).map(({ value }) => value)));
  return {
    element,
    set: (/** @type {unknown} */ value) => inputs.forEach((input) => { input.checked = Array.isArray(value) && value.includes(input.value); }),
  };
}

/** A field for one value. @param {Field} field @param {(value: unknown) => void} change */
function control(field, change) {
  const element = document.createElement('label');
  const isSwitch = field.kind === 'switch';
  element.className = isSwitch ? 'tick' : 'field';
  const input = field.kind === 'choice' ? choice(field) : entry(field);
  element.append(...(isSwitch ? [input, field.label] : [Object.assign(document.createElement('span'), { textContent: field.label }), input]));
  input.addEventListener('input', () => {
    if (isSwitch) return change(/** @type {HTMLInputElement} */ (input).checked);
    if (field.kind !== 'number') return change(input.value);
    if (input.value !== '' && /** @type {HTMLInputElement} */ (input).validity.valid) change(Number(input.value));
  });
  return {
    element,
    set(/** @type {unknown} */ value) {
      if (isSwitch) /** @type {HTMLInputElement} */ (input).checked = Boolean(value);
      else if (document.activeElement !== input) input.value = String(value);
    },
  };
}

/** @param {Field} field */
function choice({ path, values = [] }) {
  const select = document.createElement('select');
  for (const [value, text] of values) select.append(new Option(text, value));
  // The list of languages comes with the page.
  if (path === 'language') {
    for (const option of document.querySelectorAll('#languages li')) select.append(new Option(option.textContent ?? '', /** @type {HTMLElement} */ (option).dataset.tag));
  }
  return select;
}

/** @param {Field} field */
function entry({ kind, least, most }) {
  const types = /** @type {Record<string, string>} */ ({ switch: 'checkbox', number: 'number', colour: 'color' });
  const input = Object.assign(document.createElement('input'), { type: types[kind] ?? 'text', autocomplete: 'off' });
  if (least !== undefined) input.min = String(least);
  if (most !== undefined) input.max = String(most);
  return input;
}
