// @ts-check
/** The objects that all requests share: the settings, the tenant, the logins and the sessions. */

import { Limits } from './limits.mjs';
import { pagesOf } from './pages.mjs';
import { pendingStore, sessionStore } from './sessions.mjs';
import { Tenant } from './tenant.mjs';
import { Transactions } from './transactions.mjs';

/** @typedef {import('./settings.mjs').Settings} Settings */
/** @typedef {ReturnType<typeof sharedBy>} App */
/** @typedef {(request: import('express').Request, response: import('express').Response, next: import('express').NextFunction) => unknown} Handler */

/** @param {Settings} settings */
export function sharedBy(settings) {
  return {
    settings,
    limits: new Limits(),
    pages: pagesOf(settings),
    pending: pendingStore(settings),
    sessions: sessionStore(settings),
    tenant: new Tenant(settings),
    transactions: new Transactions(settings),
    /** Writes the cause to stderr. @param {Error} error */
    note: (error) => console.error(`latchkey-sample-web-app: ${error.message}`),
  };
}
