// @ts-check
/** One browser without a window: it keeps cookies, follows no redirect, and runs no script. */

/** @typedef {{ domain: string, clientID: string, redirectUri: string, authParams: Record<string, string> }} LoginConfig */

export class Visitor {
  /** @type {Map<string, string>} */
  cookies = new Map();

  /** @param {string} url the app's */
  constructor(url) {
    this.url = url;
  }

  /**
   * @param {string} path
   * @param {{ method?: string, form?: Record<string, string>, headers?: Record<string, string> }} [options]
   */
  async ask(path, { method = 'GET', form, headers } = {}) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(this.url + path, { method, headers: { cookie, ...headers }, body: form && new URLSearchParams(form), redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = line.match(/^([^=]+)=([^;]*)/) ?? [];
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return { status: response.status, headers: response.headers, location: response.headers.get('location') ?? '', body: await response.text() };
  }

  /** Loads `/login-config.js` and reads it as a page would. @returns {Promise<LoginConfig>} */
  async begin(query = '') {
    const { body } = await this.ask(`/login-config.js${query}`);
    const [, json = ''] = body.match(/^window\.latchkeySample = (\{.*?\n\});\n/s) ?? [];
    return JSON.parse(json);
  }

  /** Comes back from the tenant with a code for the login of `config`. @param {LoginConfig} config */
  comeBack = ({ authParams: { state } }, more = '') => this.ask(`/callback?code=code-1&state=${state}${more}`);

  async isLoggedIn() {
    return (await this.ask('/')).body.includes('id="log-out"');
  }
}
