// @ts-check
/** Set-ups with a test runner and a simulated browser. The test imports both entries and opens the dialog's first screen. */

/** @param {string} imports */
const test = (imports) => `${imports}
test('the SDK builds a URL, and the dialog opens', () => {
  const webAuth = new WebAuth({ domain: 'tenant.example', clientID: 'CID', redirectUri: 'https://app.example/callback', responseType: 'code' });
  expect(webAuth.client.buildAuthorizeUrl({ state: 's' })).toMatch(/^https:\\/\\/tenant\\.example\\/authorize\\?/);
  const lock = new Auth0LockPasswordless('CID', 'tenant.example', { auth: { redirectUrl: 'https://app.example/callback' } });
  lock.show();
  expect(document.querySelector('input[name=email]')).not.toBeNull();
  lock.destroy();
});
`;

const IMPORTS = "import { WebAuth } from 'latchkey';\nimport { Auth0LockPasswordless } from 'latchkey/lock';";

/** @type {import('./page.mjs').SetUp[]} */
export const setUps = [
  {
    name: 'Vitest',
    packages: ['vite@8.3.8', 'vitest@4.1.12', 'jsdom@26'],
    files: { 'login.test.js': test(`import { expect, test } from 'vitest';\n${IMPORTS}`) },
    build: [['vitest', 'run', '--environment', 'jsdom']],
    isTest: true,
  },
  {
    name: 'Jest',
    packages: ['jest@30', 'jest-environment-jsdom@30'],
    files: {
      'login.test.cjs': test("const { WebAuth } = require('latchkey');\nconst { Auth0LockPasswordless } = require('latchkey/lock');"),
    },
    build: [['jest', '--env=jsdom']],
    isTest: true,
  },
];
