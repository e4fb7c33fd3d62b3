// @ts-check
/** `npm start` installs what is missing, builds, and runs the mock tenant and the sample web app, which also serves the documentation. */

import { build } from './build.mjs';
import { buildDocs } from './docs.mjs';
import { dist } from './lib/paths.mjs';
import { Failure, say, script } from './lib/run.mjs';
import { buildServers, requirePort, startApp, startTenant } from './lib/servers.mjs';
import { setUp } from './setup.mjs';

await script(async () => {
  const tenantPort = port('LATCHKEY_TENANT_PORT', 4000);
  const appPort = port('LATCHKEY_APP_PORT', 3000);
  await requirePort(tenantPort, 'LATCHKEY_TENANT_PORT');
  await requirePort(appPort, 'LATCHKEY_APP_PORT');

  await setUp(['rust']);
  say('the mock tenant and the sample web app');
  await Promise.all([buildServers(), build({ demo: true })]);
  await buildDocs({ tenant: `http://localhost:${tenantPort}` });

  const tenant = await startTenant({ port: tenantPort, appUrl: `http://localhost:${appPort}`, quiet: true, args: ['--dist', dist] });
  const app = await startApp({ port: appPort, domain: tenant.url, quiet: true }).catch(async (error) => {
    await tenant.stop();
    throw error;
  });

  console.log(`
  Sample web app   ${app.url}
  Mock tenant      ${tenant.url}   (its inbox: ${tenant.url}/_mock/inbox)
  Documentation    ${app.url}/docs/index.html   (with a playground)

  Open the sample, press "Log in", give any e-mail address, and read the code in the inbox. Ctrl-C ends both.
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
  await Promise.race([signal, tenant.ended, app.ended]);
  await Promise.all([tenant.stop(), app.stop()]);
  if (!isInterrupted) throw new Failure(`A server ended by itself.\n${tenant.log()}${app.log()}`);
});

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
