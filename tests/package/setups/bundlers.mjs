// @ts-check
/** Set-ups with a bundler and the README's code. */

import { ENTRY, SLIM_ENTRY, USE, html } from './page.mjs';

const MODULE = html('<script type="module" src="/main.js"></script>');
const BUNDLE = html('<script type="module" src="/bundle/main.js"></script>');

const WEBPACK = `import { join } from 'node:path';
export default { mode: 'production', entry: './main.js', output: { path: join(import.meta.dirname, 'bundle'), filename: 'main.js', publicPath: '/bundle/' }, performance: { hints: false } };
`;
const ROLLUP = `import resolve from '@rollup/plugin-node-resolve';
export default { input: 'main.js', output: { dir: 'bundle', format: 'es' }, plugins: [resolve()] };
`;

const VITE = ['vite@8.3.8'];
/** Console messages of the development server. */
const VITE_CHATTER = /^\[vite\] connect(ing\.\.\.|ed\.)$/;

/** The import of the wasm's URL, for Vite's development server, esbuild and Rollup. */
const ADDRESSED = `import init, { WebAuth } from 'latchkey/slim';
import initLock, { Auth0LockPasswordless } from 'latchkey/lock/slim';
import wasm from 'latchkey/dist/webauth.slim.wasm?url';
import lockWasm from 'latchkey/dist/lock.slim.wasm?url';
await Promise.all([init(wasm), initLock(lockWasm)]);
${USE}`;

const COPIED = [['cp', 'node_modules/latchkey/dist/webauth.slim.wasm', 'node_modules/latchkey/dist/lock.slim.wasm', 'bundle/']];

/** @type {import('./page.mjs').SetUp[]} */
export const setUps = [
  { name: 'Vite', packages: VITE, files: { 'index.html': MODULE, 'main.js': ENTRY }, build: [['vite', 'build']], folder: 'dist' },
  { name: 'Vite, base /app/', packages: VITE, files: { 'index.html': MODULE, 'main.js': ENTRY }, build: [['vite', 'build', '--base', '/app/', '--outDir', 'out/app']], folder: 'out', path: '/app/' },
  { name: 'Vite, development', packages: VITE, files: { 'index.html': MODULE, 'main.js': ENTRY }, serve: (port) => ['vite', '--host', 'localhost', '--port', `${port}`, '--strictPort'], chatter: VITE_CHATTER },
  { name: 'Vite, slim', packages: VITE, files: { 'index.html': MODULE, 'main.js': SLIM_ENTRY }, build: [['vite', 'build']], folder: 'dist' },
  { name: 'Vite, slim, development', packages: VITE, files: { 'index.html': MODULE, 'main.js': ADDRESSED }, serve: (port) => ['vite', '--host', 'localhost', '--port', `${port}`, '--strictPort'], chatter: VITE_CHATTER },
  { name: 'webpack', packages: ['webpack@5', 'webpack-cli@6'], files: { 'index.html': BUNDLE, 'main.js': ENTRY, 'webpack.config.mjs': WEBPACK }, build: [['webpack']], folder: '.' },
  { name: 'webpack, slim', packages: ['webpack@5', 'webpack-cli@6'], files: { 'index.html': BUNDLE, 'main.js': SLIM_ENTRY, 'webpack.config.mjs': WEBPACK }, build: [['webpack']], folder: '.' },
  { name: 'esbuild', packages: ['esbuild@0.28'], files: { 'index.html': BUNDLE, 'main.js': ENTRY }, build: [['esbuild', 'main.js', '--bundle', '--splitting', '--format=esm', '--outdir=bundle']], folder: '.' },
  { name: 'esbuild, slim', packages: ['esbuild@0.28'], files: { 'index.html': BUNDLE, 'main.js': SLIM_ENTRY }, build: [['esbuild', 'main.js', '--bundle', '--splitting', '--format=esm', '--outdir=bundle'], ...COPIED], folder: '.' },
  { name: 'Rollup', packages: ['rollup@4', '@rollup/plugin-node-resolve@16'], files: { 'index.html': BUNDLE, 'main.js': ENTRY, 'rollup.config.mjs': ROLLUP }, build: [['rollup', '-c']], folder: '.' },
  { name: 'Rollup, slim', packages: ['rollup@4', '@rollup/plugin-node-resolve@16'], files: { 'index.html': BUNDLE, 'main.js': SLIM_ENTRY, 'rollup.config.mjs': ROLLUP }, build: [['rollup', '-c'], ...COPIED], folder: '.' },
  { name: 'Parcel', packages: ['parcel@2'], files: { 'index.html': MODULE.replace('/main.js', './main.js'), 'main.js': ENTRY }, build: [['parcel', 'build', 'index.html', '--no-cache']], folder: 'dist' },
  { name: 'Parcel, slim', packages: ['parcel@2'], files: { 'index.html': MODULE.replace('/main.js', './main.js'), 'main.js': SLIM_ENTRY }, build: [['parcel', 'build', 'index.html', '--no-cache']], folder: 'dist' },
];
