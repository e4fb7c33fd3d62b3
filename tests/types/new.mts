/** Features that auth0.js does not have. */

import { AuthError, WebAuth } from '../../crates/webauth/js/index.js';
import type { AuthErrorKind, RedirectResult } from '../../crates/webauth/js/index.js';

const webAuth = new WebAuth({ domain: 'me.auth0.com', clientID: 'CID', responseType: 'code', pkce: true, timeout: 5000, language: 'de' });
const { passwordlessStart, handleRedirectCallback } = webAuth;

try {
  const sent = await passwordlessStart({ connection: 'email', send: 'code', email: 'a@b.co', signal: AbortSignal.timeout(3000), timeout: 0 });
  const address: string | undefined = sent.email;
  await webAuth.passwordlessLogin({ connection: 'email', email: address, verificationCode: 123456 });
} catch (error) {
  if (error instanceof AuthError) {
    const kind: AuthErrorKind = error.kind;
    if (kind === 'rate_limited') console.log(error.retryAfter ?? 60);
    if (kind === 'state_mismatch' || kind === 'no_transaction') console.log(error.errorDescription, error.message, error.stack);
  }
}
const result: RedirectResult | null = await handleRedirectCallback();
console.log(result?.code, result?.accessToken);
const tokens = await webAuth.passwordlessLogin({ connection: 'email', email: 'a@b.co', verificationCode: '1', redirect: false });
console.log(tokens.idTokenPayload?.sub);
const call = webAuth.passwordlessStart({ connection: 'email', send: 'code', email: 'a@b.co' }, (error) => console.log(error?.kind));
call.abort();
await webAuth.checkSession();
await webAuth.authorize({ pkce: false });
