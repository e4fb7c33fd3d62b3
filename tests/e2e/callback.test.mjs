// @ts-check
/** The callback, at both servers of the sample: what each authorization response leads to. */

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort, startApp, startNodeApp } from '../../scripts/lib/servers.mjs';
import { startScriptedTenant } from './scripted-tenant.mjs';
import { Visitor } from './visitor.mjs';

/** @typedef {import('./visitor.mjs').LoginConfig} LoginConfig */
/** @typedef {Awaited<ReturnType<typeof startScriptedTenant>>} Tenant */

const CLIENT = 'latchkey-web';
const SERVERS = { 'the Rust server': startApp, 'the Node server': startNodeApp };

for (const [name, startServer] of Object.entries(SERVERS)) {
  describe(name, () => {
    /** @type {Tenant} */
    let tenant;
    /** @type {import('../../scripts/lib/servers.mjs').Server} */
    let app;
    before(async () => {
      tenant = await startScriptedTenant();
      app = await startServer({ port: await freePort(), domain: tenant.url, quiet: true });
    });
    after(async () => {
      await app?.stop();
      await tenant?.stop();
    });

    /** The claims of a token that is right in every way. @param {LoginConfig} config */
    const claims = ({ authParams: { nonce } }, issuer = tenant) => {
      const now = Math.floor(Date.now() / 1000);
      return {
        iss: `${issuer.url}/`, aud: CLIENT, sub: 'email|1', iat: now, exp: now + 36_000, nonce, name: 'Nora Kaiser', email: 'nora@example.com', email_verified: true,
        updated_at: '2026-09-21T11:33:20.000Z', picture: 'https://elsewhere.example/p.png',
      };
    };

    /** A browser that has opened the login page; the tenant would let it in. */
    async function opened(url = app.url) {
      const visitor = new Visitor(url);
      const config = await visitor.begin();
      tenant.answerWith(claims(config));
      tenant.exchanges.length = 0;
      return { visitor, config, state: /** @type {string} */ (config.authParams.state) };
    }

    /**
     * Runs a step with a tenant and an app of its own.
     *
     * @param {{ discovery?: Record<string, unknown>, environment?: Record<string, string> }} options
     * @param {(visitor: Visitor, config: LoginConfig, tenant: Tenant) => Promise<void>} step
     */
    async function apart({ discovery, environment }, step) {
      const other = await startScriptedTenant(discovery);
      const apart = await startServer({ port: await freePort(), domain: other.url, quiet: true, environment });
      const visitor = new Visitor(apart.url);
      const config = await visitor.begin();
      other.answerWith(claims(config, other));
      await step(visitor, config, other).finally(async () => {
        await apart.stop();
        await other.stop();
      });
    }

    test('a login ends on the start page with a clean address', async () => {
      const { visitor, config } = await opened();
      const answer = await visitor.comeBack(config);
      assert.equal(answer.status, 303, answer.body);
      assert.equal(answer.location, '/');
      assert.equal(answer.headers.get('cache-control'), 'no-store');
      assert.equal(answer.headers.get('referrer-policy'), 'no-referrer');
      const page = (await visitor.ask('/')).body;
      assert.match(page, /id="who-name" class="name">Nora Kaiser</);
      assert.match(page, /id="who-email" class="quiet">nora@example\.com</);
      assert.match(page, /datetime="\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z">\d+ \w{3} \d{4}, \d\d:\d\d UTC</);
      assert.match(page, /<td>email\|1<\/td>/);
      assert.doesNotMatch(page, /elsewhere\.example/, 'claims not needed are not kept');
      assert.doesNotMatch(page, /\{\{/, 'a placeholder is left');
    });

    test('a login ends where the person came from, on this site alone', async () => {
      for (const [asked, goesTo] of [['/lock.html', '/lock.html'], ['//evil.example', '/'], ['/%5Cevil.example', '/'], ['https://evil.example/', '/']]) {
        const visitor = new Visitor(app.url);
        const config = await visitor.begin(`?returnTo=${encodeURIComponent(/** @type {string} */ (asked))}`);
        tenant.answerWith(claims(config));
        assert.equal((await visitor.comeBack(config)).location, goesTo, asked);
      }
    });

    test('the exchange carries secret, verifier and the same redirect URI', async () => {
      const { visitor, config } = await opened();
      await visitor.comeBack(config);
      assert.equal(tenant.exchanges.length, 1);
      const form = /** @type {URLSearchParams} */ (tenant.exchanges[0]);
      const expected = { grant_type: 'authorization_code', code: 'code-1', client_id: CLIENT, client_secret: 'latchkey-web-secret', redirect_uri: `${app.url}/callback` };
      for (const [field, value] of Object.entries(expected)) assert.deepEqual(form.getAll(field), [value]);
      assert.equal(createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url'), config.authParams.code_challenge);
    });

    for (const [what, query] of Object.entries({
      'without a state': 'code=c',
      'with an empty state': 'code=c&state=',
      'with neither a code nor an error': 'state=STATE',
      'with an empty code': 'code=&state=STATE',
      'with a code and an error': 'code=c&error=access_denied&state=STATE',
      'with two codes': 'code=c&code=d&state=STATE',
      'with two states': 'code=c&state=STATE&state=STATE',
      'with two errors': 'error=a&error=b&state=STATE',
      'with a parameter twice, once encoded': 'code=c&%63ode=d&state=STATE',
      'that is too long': `code=${'c'.repeat(5000)}&state=STATE`,
    })) {
      test(`a malformed response is refused: one ${what}`, async () => {
        const { visitor, state } = await opened();
        const answer = await visitor.ask(`/callback?${query.replaceAll('STATE', state)}`);
        assert.equal(answer.status, 400);
        assert.match(answer.body, /This address is not complete/);
        assert.match(answer.body, /id="try-again" href="\/"/);
        assert.equal(tenant.exchanges.length, 0);
        assert.equal(await visitor.isLoggedIn(), false);
      });
    }

    test('a response in the fragment reaches the server as a query, without tokens', async () => {
      const { visitor } = await opened();
      const answer = await visitor.ask('/callback');
      assert.equal(answer.status, 400);
      assert.match(answer.body, /This address is not complete/);
      const [, script] = answer.body.match(/<script src="([^"]+)"/) ?? [];
      const source = (await visitor.ask(/** @type {string} */ (script))).body;
      const sentOn = (/** @type {string} */ hash) => {
        let to = '';
        // The script's own world: an address with a fragment.
        new Function('location', source)({ hash, replace: (/** @type {string} */ path) => { to = path; } });
        return to;
      };
      assert.equal(sentOn('#error=access_denied&error_description=No%20entry&state=s'), '/callback?error=access_denied&error_description=No+entry&state=s');
      assert.equal(sentOn('#code=c&state=s&state=t'), '/callback?code=c&state=s&state=t', 'and the server refuses what is there twice');
      assert.equal(sentOn('#access_token=a&id_token=i&state=s'), '', 'tokens stay out of the logs');
      assert.equal(sentOn(''), '');
    });

    for (const method of ['HEAD', 'POST']) {
      test(`${method} does not use up the transaction`, async () => {
        const { visitor, state } = await opened();
        const answer = await visitor.ask(`/callback?code=c&state=${state}`, { method, headers: { 'sec-fetch-site': 'same-origin' } });
        assert.equal(answer.status, 405);
        assert.equal(visitor.cookies.size, 1);
      });
    }

    test("login CSRF: another browser's state and code log nobody in", async () => {
      const attacker = await opened();
      const victim = await opened();
      tenant.answerWith(claims(attacker.config));
      const answer = await victim.visitor.comeBack(attacker.config);
      assert.equal(answer.status, 403);
      assert.match(answer.body, /This login was not started here/);
      assert.equal(tenant.exchanges.length, 0);
      assert.equal(await victim.visitor.isLoggedIn(), false);
    });

    test('a browser that began no login is refused', async () => {
      const { visitor, config } = await opened();
      visitor.cookies.clear();
      const answer = await visitor.comeBack(config);
      assert.equal(answer.status, 400);
      assert.match(answer.body, /This browser has no login in progress/);
      assert.equal(tenant.exchanges.length, 0);
    });

    test('a replayed code is refused, even with a copy of the cookie', async () => {
      const { visitor, config } = await opened();
      const copy = new Map(visitor.cookies);
      assert.equal((await visitor.comeBack(config)).status, 303);
      assert.equal((await visitor.comeBack(config)).status, 400, 'the cookie is gone');
      visitor.cookies = copy;
      const copied = await visitor.comeBack(config);
      assert.equal(copied.status, 400);
      assert.match(copied.body, /This login was used before/);
      assert.equal(tenant.exchanges.length, 1);
    });

    test('a transaction that took too long is refused, and its cookie goes', async () => {
      await apart({ environment: { LOGIN_SECONDS: '1' } }, async (visitor, config, other) => {
        await pause(2100);
        const answer = await visitor.comeBack(config);
        assert.equal(answer.status, 400);
        assert.match(answer.body, /The login took too long/);
        assert.equal(other.exchanges.length, 0);
        assert.equal(visitor.cookies.size, 0);
      });
    });

    test('a forged transaction is none', async () => {
      const { visitor, config, state } = await opened();
      for (const name of visitor.cookies.keys()) visitor.cookies.set(name, encodeURIComponent(JSON.stringify({ state, nonce: 'n', code_verifier: 'v', return_to: '/', expires_at: 9_999_999_999 })));
      assert.equal((await visitor.comeBack(config)).status, 400);
      assert.equal(tenant.exchanges.length, 0);
    });

    test('logins in several tabs do not disturb each other', async () => {
      const { visitor, config } = await opened();
      const second = await visitor.begin();
      assert.equal((await visitor.comeBack(config)).status, 303);
      tenant.answerWith(claims(second));
      assert.equal((await visitor.comeBack(second)).status, 303);
    });

    for (const [code, status] of Object.entries({ access_denied: 403, server_error: 502, temporarily_unavailable: 503, invalid_request: 400 })) {
      test(`the error ${code} has its own page, with the tenant's words as text`, async () => {
        const { visitor, state } = await opened();
        const html = "%3Cscript%3Ealert(1)%3C/script%3E%22'%26{{text}}";
        const answer = await visitor.ask(`/callback?error=${code}&error_description=${html}&state=${state}`);
        assert.equal(answer.status, status, answer.body);
        assert.doesNotMatch(answer.body, /<script>/);
        const [, quote = ''] = answer.body.match(/<blockquote id="quote">(.*)<\/blockquote>/) ?? [];
        const read = quote.replace(/&(#\d+|\w+);/g, (entity) => (/** @type {Record<string, string>} */ ({ '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' })[entity] ?? String.fromCharCode(Number(entity.slice(2, -1)))));
        assert.equal(read, `<script>alert(1)</script>"'&{{text}} (${code})`);
        assert.match(answer.body, /Try again/);
        assert.equal(visitor.cookies.size, 0, 'an error ends the transaction');
      });
    }

    test('an error with a foreign state shows nothing of it', async () => {
      const { visitor } = await opened();
      const answer = await visitor.ask('/callback?error=x&error_description=Call+0900&state=other');
      assert.equal(answer.status, 403);
      assert.doesNotMatch(answer.body, /0900/);
    });

    for (const [what, promised, iss, status] of /** @type {const} */ ([
      ['none, where none is promised', false, '', 303],
      ['the right one', false, 'ISSUER/', 303],
      ['one without its slash', false, 'ISSUER', 400],
      ["another tenant's", false, 'https://evil.example/', 400],
      ['none, where one is promised', true, '', 400],
      ['the right one, where one is promised', true, 'ISSUER/', 303],
    ])) {
      test(`mix-up: the response names ${what}: ${status}`, async () => {
        await apart({ discovery: { authorization_response_iss_parameter_supported: promised } }, async (visitor, config, other) => {
          const answer = await visitor.comeBack(config, iss && `&iss=${encodeURIComponent(iss.replace('ISSUER', other.url))}`);
          assert.equal(answer.status, status, answer.body);
          assert.equal(other.exchanges.length, status === 303 ? 1 : 0);
          if (status === 400) assert.match(answer.body, /does not come from the tenant/);
        });
      });
    }

    for (const [what, token, status, says] of /** @type {[string, import('./scripted-tenant.mjs').TokenResponse, number, RegExp][]} */ ([
      ['a used code', { status: 403, body: '{"error":"invalid_grant","error_description":"Invalid authorization code"}' }, 400, /used before/],
      ['a wrong secret', { status: 401, body: '{"error":"access_denied","error_description":"Unauthorized"}' }, 502, /client secret/],
      ['too many requests', { status: 429, body: '{"error":"too_many_requests"}' }, 503, /Wait a minute/],
      ['a failure of the tenant', { status: 500, body: '<html>oops</html>' }, 502, /Something is wrong at/],
      ['no JSON', { status: 200, body: '<html>' }, 502, /Something is wrong at/],
      ['a refusal that is no JSON', { status: 403, body: '<html>' }, 502, /Something is wrong at/],
      ['no ID token', { status: 200, body: '{"access_token":"a","token_type":"Bearer"}' }, 502, /Something is wrong at/],
      ['a redirect, which would carry the secret away', 'redirect', 502, /Something is wrong at/],
      ['silence', 'silence', 504, /does not answer/],
    ])) {
      test(`an exchange that fails: ${what}`, async () => {
        const { visitor, config } = await opened();
        tenant.token = token;
        const answer = await visitor.comeBack(config);
        assert.equal(answer.status, status, answer.body);
        assert.match(answer.body, says);
        assert.match(answer.body, /Try again/);
        assert.equal(await visitor.isLoggedIn(), false);
      });
    }

    for (const [what, change, forged] of /** @type {[string, Record<string, unknown>, boolean][]} */ ([
      ['of another login', { nonce: 'other' }, false],
      ['without a nonce', { nonce: undefined }, false],
      ['of another application', { aud: 'client-2' }, false],
      ['of another tenant', { iss: 'https://evil.example/' }, false],
      ['that has expired', { exp: 1 }, false],
      ['from the future', { iat: 9_999_999_999, nbf: 9_999_999_999 }, false],
      ['with a false signature', {}, true],
    ])) {
      test(`an ID token ${what} makes no session`, async () => {
        const { visitor, config } = await opened();
        tenant.answerWith({ ...claims(config), ...change }, { forged });
        const answer = await visitor.comeBack(config);
        assert.equal(answer.status, 502, answer.body);
        assert.match(answer.body, /could not be confirmed/);
        assert.equal(await visitor.isLoggedIn(), false);
      });
    }

    test('the secret stays at the domain, whatever discovery says', async () => {
      await apart({ discovery: { token_endpoint: 'http://127.0.0.1:9/oauth/token' } }, async (visitor, config) => {
        const answer = await visitor.comeBack(config);
        assert.equal(answer.status, 502);
        assert.match(answer.body, /points to another host/);
      });
    });

    test('a tenant that calls itself otherwise is refused', async () => {
      await apart({ discovery: { issuer: 'https://other.example/' } }, async (visitor, config) => {
        const answer = await visitor.comeBack(config);
        assert.equal(answer.status, 502);
        assert.match(answer.body, /by another name/);
      });
    });

    test('a tenant that is not there: the pages say what to do', async () => {
      const alone = await startServer({ port: await freePort(), domain: 'http://127.0.0.1:9', quiet: true });
      const visitor = new Visitor(alone.url);
      const sentence = 'The tenant at http://127.0.0.1:9 does not answer. Start it with npm start, then reload.';
      const start = await visitor.ask('/');
      assert.equal(start.status, 200);
      assert.ok(start.body.includes(sentence), start.body);
      const answer = await visitor.comeBack(await visitor.begin());
      assert.equal(answer.status, 502);
      assert.ok(answer.body.includes(sentence), answer.body);
      await alone.stop();
    });
  });
}
