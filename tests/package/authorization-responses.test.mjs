// @ts-check
/**
 * Three places decide whether an address has an authorization response: the module that reads it (src/authorization_response.rs in
 * `crates/webauth`), the SDK's script, which loads that module on demand, and the dialog's first file. The module's own tests hold
 * it to a list of addresses. These tests hold the two scripts to the same list.
 */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { hasTokensOrError, mayHaveResponse } from '../../crates/webauth/js/authorization-response.mjs';

/** @param {string} path */
const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** @type {{ address: string, callback: boolean, hash: boolean, dialog?: boolean }[]} */
const rows = JSON.parse(read('crates/webauth/src/tests/authorization-responses.json'));

test('the script of the SDK loads the module for every authorization response', () => {
  for (const { address, callback } of rows.filter(({ callback }) => callback)) assert.equal(mayHaveResponse(address), callback, address);
});

test('the script of the SDK finds the same tokens and errors in a fragment as the module', () => {
  for (const { address, hash } of rows) assert.equal(hasTokensOrError(new URL(address).hash), hash, address);
});

test('the script of the SDK loads no module for an address without the members of a response', () => {
  const without = rows.filter(({ callback }) => !callback).filter(({ address }) => !/[?&](code|error|access_token)=/.test(address));
  assert.ok(without.length > 5);
  for (const { address } of without) assert.equal(mayHaveResponse(address), false, address);
});

test('the first file of the dialog loads the dialog for the same tokens and errors', () => {
  // The pattern is a constant of the file: importing `hasTokensOrError` there would make the file 54 bytes larger.
  const [, source = ''] = /^const RESPONSE = \/(.*)\/;$/m.exec(read('crates/lock/js/lock.mjs')) ?? [];
  assert.notEqual(source, '');
  for (const { address, hash, dialog = hash } of rows) assert.equal(new RegExp(source).test(new URL(address).hash), dialog, address);
});
