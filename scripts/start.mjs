// @ts-check
/**
 * `npm start` installs what is missing, builds, and runs the mock tenant and the sample web app, which also serves the documentation.
 * If the environment or `.env` names another tenant, only the sample web app runs. `npm start -- node` runs the sample's server for
 * Node instead of the one in Rust.
 */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { build } from './build.mjs';
import { buildDocs } from './docs.mjs';
import { dist, root } from './lib/paths.mjs';
import { Failure, say, script } from './lib/run.mjs';
import { buildServers, requirePort, startApp, startNodeApp, startTenant } from './lib/servers.mjs';
import { setUp } from './setup.mjs';

await script(async () => {
  const tenantPort = port('LATCHKEY_TENANT_PORT', 4000);
  const appPort = port('LATCHKEY_APP_PORT', Number(setting('PORT')) || 3000);
  const ownTenant = setting('AUTH0_DOMAIN');
  const startServer = process.argv.includes('node') ? startNodeApp : startApp;
  if (!ownTenant) await requirePort(tenantPort, 'LATCHKEY_TENANT_PORT');
  await requirePort(appPort, 'LATCHKEY_APP_PORT');

  await setUp(['rust']);
  say(ownTenant ? 'the sample web app' : 'the mock tenant and the sample web app');
  await Promise.all([buildServers(), build({ demo: true })]);
  await buildDocs({ tenant: ownTenant ? undefined : `http://localhost:${tenantPort}` });

  const args = ['--dist', dist, '--config', join(root, 'crates', 'sample-web-app', 'tenant.json')];
  const tenant = ownTenant ? undefined : await startTenant({ port: tenantPort, appUrl: `http://localhost:${appPort}`, quiet: true, args });
  const app = await startServer({ port: appPort, domain: tenant?.url, quiet: true }).catch(async (error) => {
    await tenant?.stop();
    throw error;
  });

  console.log(tenant ? `
  Sample web app   ${app.url}
  Mock tenant      ${tenant.url}   (its inbox: ${tenant.url}/_mock/inbox)
  Documentation    ${app.url}/docs/index.html   (with a playground)

  Open the sample, choose a way to log in, give any e-mail address, and read the code in the inbox. Ctrl-C ends both.
` : `
  Sample web app   ${app.url}
  Tenant           ${ownTenant}
  Documentation    ${app.url}/docs/index.html   (with a playground)

  Open the sample, choose a way to log in, and give your e-mail address. Ctrl-C ends it.
`);

  let isInterrupted = false;
  const signal = new Promise((resolve) => {
    for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
      process.once(name, () => {
        isInterrupted = true;
        resolve(undefined);
      });
    }
  });
  const servers = tenant ? [tenant, app] : [app];
  await Promise.race([signal, ...servers.map(({ ended }) => ended)]);
  await Promise.all(servers.map((server) => server.stop()));
  if (!isInterrupted) throw new Failure(`A server ended by itself.\n${servers.map((server) => server.log()).join('')}`);
});

/** A variable of the environment. If the environment does not have it, `.env` is read. @param {string} name */
function setting(name) {
  const file = join(root, '.env');
  return process.env[name] ?? (existsSync(file) ? parseEnv(readFileSync(file, 'utf8'))[name] : undefined);
}

/**
 * The port in an environment variable.
 *
 * @param {string} variable
 * @param {number} standard the port without the variable
 */
function port(variable, standard) {
  const text = process.env[variable];
  if (text === undefined || text === '') return standard;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 65_535) {
    throw new Failure(`${variable} is "${text}": give a port from 1 to 65535.`);
  }
  return number;
}
