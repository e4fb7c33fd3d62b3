// @ts-check
/** Set-ups with a framework, whose component creates the dialog when it is mounted and destroys it when it is unmounted. */

import { COMPONENT, html } from './page.mjs';

const VITE = 'vite@8.3.8';

/** The effect of a React component. StrictMode runs it, cleans it up and runs it again. */
const REACT = `'use client';
import { createElement, useEffect, useRef } from 'react';
import { mount } from './login.js';
export default function Login() {
  const lock = useRef(null);
  useEffect(() => {
    lock.current = mount();
    return () => lock.current.destroy();
  }, []);
  return createElement('button', { id: 'login', onClick: () => lock.current.show() }, 'Log in');
}
`;
const STRICT = `import { StrictMode, createElement } from 'react';
import { createRoot } from 'react-dom/client';
import Login from './component.js';
createRoot(document.getElementById('app')).render(createElement(StrictMode, null, createElement(Login)));
`;
const APP = html('<div id="app"></div><script type="module" src="/main.js"></script>').replace('<button id="login">Log in</button>\n', '');

const VUE = `<script setup>
import { onMounted, onUnmounted } from 'vue';
import { mount } from './login.js';
let lock;
onMounted(() => { lock = mount(); });
onUnmounted(() => lock.destroy());
</script>
<template><button id="login" @click="lock.show()">Log in</button></template>
`;

const SVELTE = `<script>
  import { onMount } from 'svelte';
  import { mount } from '$lib/login.js';
  let lock;
  onMount(() => { lock = mount(); return () => lock.destroy(); });
</script>
<button id="login" onclick={() => lock.show()}>Log in</button>
`;

const LAYOUT = `import { createElement } from 'react';
export const metadata = { title: 'page', icons: { icon: 'data:,' } };
export default function Layout({ children }) {
  return createElement('html', { lang: 'en' }, createElement('body', null, children));
}
`;

/** @type {import('./page.mjs').SetUp[]} */
export const setUps = [
  {
    name: 'React, StrictMode, development',
    packages: [VITE, 'react@19', 'react-dom@19'],
    files: { 'index.html': APP, 'main.js': STRICT, 'component.js': REACT, 'login.js': COMPONENT },
    serve: (port) => ['vite', '--host', 'localhost', '--port', `${port}`, '--strictPort'],
    chatter: /^\[vite\] connect(ing\.\.\.|ed\.)$|React DevTools/,
  },
  {
    name: 'Vue',
    packages: [VITE, 'vue@3', '@vitejs/plugin-vue@6'],
    files: {
      'index.html': APP,
      'main.js': "import { createApp } from 'vue';\nimport Login from './Login.vue';\ncreateApp(Login).mount('#app');\n",
      'Login.vue': VUE, 'login.js': COMPONENT,
      'vite.config.js': "import vue from '@vitejs/plugin-vue';\nexport default { plugins: [vue()] };\n",
    },
    build: [['vite', 'build']],
    folder: 'dist',
  },
  {
    name: 'Next, app router',
    packages: ['next@16', 'react@19', 'react-dom@19'],
    files: {
      'app/layout.js': LAYOUT,
      'app/page.js': "import { createElement } from 'react';\nimport Login from './component.js';\nexport default function Page() { return createElement(Login); }\n",
      'app/component.js': REACT, 'app/login.js': COMPONENT,
    },
    build: [['next', 'build']],
    serve: (port) => ['next', 'start', '--port', `${port}`],
  },
  {
    name: 'SvelteKit',
    packages: ['@sveltejs/kit@2', 'svelte@5', '@sveltejs/vite-plugin-svelte@6', '@sveltejs/adapter-static@3', 'vite@7'],
    files: {
      'svelte.config.js': "import adapter from '@sveltejs/adapter-static';\nexport default { kit: { adapter: adapter() } };\n",
      'vite.config.js': "import { sveltekit } from '@sveltejs/kit/vite';\nexport default { plugins: [sveltekit()] };\n",
      'src/app.html': '<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,">%sveltekit.head%</head><body>%sveltekit.body%</body></html>\n',
      'src/routes/+page.js': 'export const prerender = true;\n',
      'src/routes/+page.svelte': SVELTE, 'src/lib/login.js': COMPONENT,
    },
    build: [['vite', 'build']],
    folder: 'build',
  },
];
