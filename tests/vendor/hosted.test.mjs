// @ts-check
/** The hosted login page with Latchkey's dialog, in a login that openid-client starts and completes. */

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import * as client from 'openid-client';
import { dist } from '../../scripts/lib/paths.mjs';
import { startWorld, wrong } from '../e2e/harness.mjs';

const ADDRESS = 'ada@example.com';
const skip = existsSync(join(dist, 'lock.min.js')) ? false : 'dist/lock.min.js is not built: run `npm run build`';

for (const preset of ['classic', 'new-tenant']) {
  test(`${preset}: after a wrong code the right one logs in, and tokens are issued`, { skip }, async (t) => {
    const world = await startWorld({ tenantArgs: ['--dist', dist, '--preset', preset] });
    t.after(() => world.stop());
    const config = await client.discovery(
      new URL(world.tenant.url), 'latchkey-web', undefined, client.ClientSecretPost('latchkey-web-secret'),
      { execute: [client.allowInsecureRequests] },
    );
    const verifier = client.randomPKCECodeVerifier();
    const state = client.randomState();
    const nonce = client.randomNonce();
    const callback = `${world.app.url}/callback`;
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: callback, scope: 'openid email offline_access', state, nonce, login_hint: ADDRESS,
      code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
    });
    const { page, errors } = await world.open();
    // The test itself is the application's server and exchanges the code.
    const back = page.waitForRequest((request) => request.url().startsWith(callback));
    await page.goto(url.href);
    const email = page.locator('#dialog input[name="email"]');
    await email.waitFor();
    assert.equal(await page.locator('#plain').isVisible(), false);
    assert.equal(await email.inputValue(), ADDRESS);
    await page.waitForFunction(() => document.activeElement?.matches('#dialog input[name="email"]'));
    await email.press('Enter');
    const field = page.locator('#dialog input[autocomplete="one-time-code"]');
    await field.waitFor();
    const code = await world.code(ADDRESS);
    await field.fill(wrong(code));
    await page.getByRole('alert').getByText(/tries left/).waitFor();
    await field.fill(code);
    const tokens = await client.authorizationCodeGrant(config, new URL((await back).url()), {
      pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true,
    });
    assert.equal(tokens.claims()?.email, ADDRESS);
    assert.ok(tokens.refresh_token);
    assert.deepEqual(errors, []);
  });
}
