/** Types of the dialog's options and events. */

import { Auth0LockPasswordless } from '../../crates/lock/js/index.js';
import type { Avatar, SSOData, Step } from '../../crates/lock/js/index.js';

const avatar: Avatar = { url: (email, cb) => cb(null, `/people/${email.toLowerCase()}.png`), displayName: (_email, cb) => cb(new Error('nobody')) };
const lock = new Auth0LockPasswordless('CID', 'me.auth0.com', { rememberLastLogin: true, avatar, auth: { sso: false } });
new Auth0LockPasswordless('CID', 'me.auth0.com', { avatar: null });
lock.show({ rememberLastLogin: false });
lock.on('ssodata fetched', ([error, data]) => {
  const told: SSOData = data;
  console.log(error?.kind, told.sso, told.lastUsedConnection?.name);
});
lock.on('step changed', ({ step }) => { const last: Step = 'last login'; console.log(step === last); });

// @ts-expect-error a text
new Auth0LockPasswordless('CID', 'me.auth0.com', { rememberLastLogin: 'yes' });
// @ts-expect-error an address, where there has to be a function
new Auth0LockPasswordless('CID', 'me.auth0.com', { avatar: { url: 'https://example.com/nora.png' } });
// @ts-expect-error a number as name
new Auth0LockPasswordless('CID', 'me.auth0.com', { avatar: { displayName: (_email, cb) => cb(null, 5) } });

// Texts of the dialog have known names. Further names of Lock's dictionary are accepted.
lock.show({ languageDictionary: { title: 'Log in to Acme', error: { passwordless: { 'bad.email': 'No.', invalid_code: { one: 'One left.', other: '%d left.' } } }, signUpTitle: 'Join' } });
// @ts-expect-error a number as title
lock.show({ languageDictionary: { title: 5 } });
// @ts-expect-error plural forms go by their names
lock.show({ languageDictionary: { error: { passwordless: { invalid_code: { some: 'left' } } } } });
// @ts-expect-error a text, where there is a group of them
lock.show({ languageDictionary: { success: 'Welcome' } });
