// @ts-check
/** Starts the sample web app. */

import { existsSync } from 'node:fs';
import { createApp } from './app.mjs';
import { readEnvFile, readSettings } from './settings.mjs';

readEnvFile();
const { settings, errors } = readSettings(process.env);
if (errors.length > 0) stop(...errors);
if (!existsSync(settings.dist)) {
  console.error(`latchkey-sample-web-app: there is no folder ${settings.dist} yet, so the pages lack their scripts; npm run build makes it, and npm install latchkey brings it`);
}

const server = createApp(settings).listen(settings.port, '127.0.0.1', (error) => {
  if (!error) return;
  const code = /** @type {NodeJS.ErrnoException} */ (error).code;
  const cause = code === 'EADDRINUSE' ? 'another program uses that port' : `${code}`;
  stop(`cannot listen on 127.0.0.1:${settings.port}: ${cause}; choose another with PORT`);
});
server.on('listening', () => console.log(`listening on http://localhost:${settings.port}`));

/** @param {...string} sentences */
function stop(...sentences) {
  for (const sentence of sentences) console.error(`latchkey-sample-web-app: ${sentence}`);
  process.exit(2);
}
