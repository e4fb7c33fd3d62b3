// @ts-check
/** The accessibility tree of every screen: what a screen reader finds, in its order, with names and states. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { SCREENS } from './screens.mjs';
import { startStage } from './stage.mjs';

/** @type {Awaited<ReturnType<typeof startStage>>} */
let stage;
before(async () => { stage = await startStage(); });
after(() => stage?.stop());
beforeEach(() => stage.control('POST', 'reset'));

/** The trees by screen. Times and the list of countries are left out. @type {Record<string, string>} */
const READ = {
  'e-mail': `
- dialog "Log in":
  - button "Close"
  - heading "Log in" [level=2]
  - paragraph: We’ll e-mail you a code. No password needed.
  - alert
  - text: E-mail address
  - textbox "E-mail address":
    - /placeholder: you@example.com
  - button "Continue"
  - paragraph: By continuing you agree to the terms of service and privacy policy.
  - status`,
  'e-mail, invalid, with help': `
- dialog "Log in":
  - button "Close"
  - heading "Log in" [level=2]
  - paragraph: We’ll e-mail you a code. No password needed.
  - alert
  - text: E-mail address
  - textbox "E-mail address" [invalid]:
    - /placeholder: you@example.com
    - text: nora@gmial
  - paragraph: This address has no ending such as .com.
  - paragraph:
    - text: Did you mean
    - button "nora@gmail.com"
    - text: "?"
  - button "Continue"
  - paragraph: By continuing you agree to the terms of service and privacy policy.
  - status`,
  'e-mail, terms to be ticked': `
- dialog "Log in":
  - button "Close"
  - heading "Log in" [level=2]
  - paragraph: We’ll e-mail you a code. No password needed.
  - alert
  - text: E-mail address
  - textbox "E-mail address":
    - /placeholder: you@example.com
    - text: nora@gmail.com
  - checkbox "By continuing you agree to the terms of service and privacy policy." [invalid]
  - text: By continuing you agree to the terms of service and privacy policy.
  - paragraph: Tick this box to go on.
  - button "Continue"
  - status`,
  'e-mail with a message of the page': `
- dialog "Log in":
  - button "Close"
  - heading "Log in" [level=2]
  - paragraph: We’ll e-mail you a code. No password needed.
  - alert: You have logged out.
  - text: E-mail address
  - textbox "E-mail address":
    - /placeholder: you@example.com
  - button "Continue"
  - paragraph: By continuing you agree to the terms of service and privacy policy.
  - status`,
  'e-mail, arrow button, no title': `
- dialog "Log in":
  - button "Close"
  - heading "Log in" [level=2]
  - paragraph: We’ll e-mail you a code. No password needed.
  - alert
  - text: E-mail address
  - textbox "E-mail address":
    - /placeholder: you@example.com
  - button "Continue"
  - paragraph: By continuing you agree to the terms of service and privacy policy.
  - status`,
  'e-mail of a known person': `
- dialog "Welcome, Nora Kaiser!":
  - button "Close"
  - heading "Welcome, Nora Kaiser!" [level=2]
  - paragraph: We’ll e-mail you a code. No password needed.
  - alert
  - text: E-mail address
  - textbox "E-mail address":
    - /placeholder: you@example.com
    - text: nora@gmail.com
  - button "Continue"
  - paragraph: By continuing you agree to the terms of service and privacy policy.
  - status: Welcome, Nora Kaiser!`,
  'sending': `
- dialog "Log in":
  - button "Close"
  - heading "Log in" [level=2]
  - paragraph: We’ll e-mail you a code. No password needed.
  - alert
  - text: E-mail address
  - textbox "E-mail address":
    - /placeholder: you@example.com
    - text: nora@gmail.com
  - button "Sending the code…" [disabled]
  - paragraph: By continuing you agree to the terms of service and privacy policy.
  - status: Sending the code…`,
  'captcha': `
- dialog "Log in":
  - button "Close"
  - heading "Log in" [level=2]
  - paragraph: We’ll e-mail you a code. No password needed.
  - alert: Solve the security check to go on.
  - text: E-mail address
  - textbox "E-mail address":
    - /placeholder: you@example.com
    - text: nora@gmail.com
  - text: Security check
  - img "Security check"
  - button "Show another one"
  - textbox "Security check":
    - /placeholder: the characters you see
  - button "Continue"
  - paragraph: By continuing you agree to the terms of service and privacy policy.
  - status`,
  'phone number, invalid': `
- dialog "Log in":
  - button "Close"
  - heading "Log in" [level=2]
  - paragraph: We’ll text you a code. No password needed.
  - alert
  - text: Country
  - combobox "Country":
  - text: Phone number
  - textbox "Phone number" [invalid]:
    - /placeholder: your phone number
    - text: nora
  - paragraph: Enter the number’s digits; spaces and dashes are fine.
  - button "Continue"
  - button "Use e-mail instead"
  - paragraph: By continuing you agree to the terms of service and privacy policy.
  - status`,
  'social and e-mail': `
- dialog "Log in":
  - button "Close"
  - heading "Log in" [level=2]
  - paragraph: Choose how to log in.
  - alert
  - group:
    - button "Continue with Google"
    - button "Continue with GitHub"
  - text: or E-mail address
  - textbox "E-mail address":
    - /placeholder: you@example.com
  - button "Continue"
  - button "Use a text message instead"
  - paragraph: By continuing you agree to the terms of service and privacy policy.
  - status`,
  'social only': `
- dialog "Log in":
  - button "Close"
  - heading "Log in" [level=2]
  - paragraph: Choose how to log in.
  - alert
  - group:
    - button "Continue with Google"
    - button "Continue with Acme"
  - paragraph: By continuing you agree to the terms of service and privacy policy.
  - status`,
  'last login, e-mail': `
- dialog "Log in":
  - button "Close"
  - heading "Log in" [level=2]
  - paragraph: Last time you logged in with
  - alert
  - button "nora@example.com"
  - button "Not your account?"
  - paragraph: By continuing you agree to the terms of service and privacy policy.
  - status`,
  'last login, phone number, terms to be ticked': `
- dialog "Log in":
  - button "Close"
  - heading "Log in" [level=2]
  - paragraph: Last time you logged in with
  - alert
  - checkbox "By continuing you agree to the terms of service and privacy policy." [invalid]
  - text: By continuing you agree to the terms of service and privacy policy.
  - paragraph: Tick this box to go on.
  - button "+4915123456789"
  - button "Not your account?"
  - status`,
  'last login, social': `
- dialog "Log in":
  - button "Close"
  - heading "Log in" [level=2]
  - paragraph: Last time you logged in with
  - alert
  - button "Google"
  - button "Not your account?"
  - paragraph: By continuing you agree to the terms of service and privacy policy.
  - status`,
  'last login, on the way': `
- dialog "Log in":
  - button "Close"
  - heading "Log in" [level=2]
  - paragraph: Last time you logged in with
  - alert
  - button "nora@example.com" [disabled]
  - button "Not your account?"
  - paragraph: By continuing you agree to the terms of service and privacy policy.
  - status: Sending the code…`,
  'code': `
- dialog "Enter your code":
  - button "Back"
  - button "Close"
  - heading "Enter your code" [level=2]
  - paragraph: We sent it to nora@gmail.com
  - paragraph: It’s checked as soon as it’s complete.
  - alert
  - text: 6-digit code
  - textbox "6-digit code": "42"
  - button "Log in"
  - text: Valid for M:SS
  - button "Send a new code in M:SS" [disabled]
  - link "Open Gmail":
    - /url: https://mail.google.com/mail/
  - status`,
  'code of a known person': `
- dialog "Enter your code":
  - button "Back"
  - button "Close"
  - heading "Enter your code" [level=2]
  - paragraph: We sent it to nora@example.com
  - paragraph: It’s checked as soon as it’s complete.
  - alert
  - text: 6-digit code
  - textbox "6-digit code"
  - button "Log in"
  - text: Valid for M:SS
  - button "Send a new code in M:SS" [disabled]
  - status: The code was sent to nora@example.com.`,
  'code, wrong': `
- dialog "Enter your code":
  - button "Back"
  - button "Close"
  - heading "Enter your code" [level=2]
  - paragraph: We sent it to nora@gmail.com
  - paragraph: It’s checked as soon as it’s complete.
  - alert: That code isn’t right. You have 2 tries left.
  - text: 6-digit code
  - textbox "6-digit code" [invalid]
  - button "Log in"
  - text: Valid for M:SS
  - button "Send a new code in M:SS" [disabled]
  - link "Open Gmail":
    - /url: https://mail.google.com/mail/
  - status`,
  'link sent': `
- dialog "Check your mail":
  - button "Back"
  - button "Close"
  - heading "Check your mail" [level=2]
  - paragraph: Open the link we sent to nora@gmail.com on this device.
  - alert
  - link "Open Gmail":
    - /url: https://mail.google.com/mail/
  - button "Send the link again in M:SS" [disabled]
  - status`,
  'link sent, or a code': `
- dialog "Check your mail":
  - button "Back"
  - button "Close"
  - heading "Check your mail" [level=2]
  - paragraph: Open the link we sent to nora@gmail.com on this device.
  - alert
  - link "Open Gmail":
    - /url: https://mail.google.com/mail/
  - button "Send the link again"
  - button "Use a code instead"
  - status`,
  'signed in, leaving': `
- dialog "Welcome":
  - button "Back"
  - button "Close"
  - heading "Welcome" [level=2]
  - paragraph: You’re being logged in…
  - status: You’re being logged in…`,
  'signed in, in place': `
- dialog "Welcome":
  - button "Close"
  - heading "Welcome" [level=2]
  - button "Not your account?"
  - status: Welcome`,
  'signed in elsewhere': `
- dialog "Welcome":
  - button "Close"
  - heading "Welcome" [level=2]
  - paragraph: You logged in in another tab.
  - button "Not your account?"
  - status: You logged in in another tab.`,
  'error': `
- dialog "Login isn’t available":
  - button "Back"
  - button "Close"
  - heading "Login isn’t available" [level=2]
  - alert: This way of logging in is switched off for this site. Its owner can switch it on in the tenant’s settings.
  - button "Try again"
  - status`,
};

for (const { name, path, options, show, reach } of SCREENS) {
  test(`the accessibility tree of the screen: ${name}`, async () => {
    const { context, page } = await stage.open({ path, reducedMotion: 'reduce' });
    await stage.dialog(page, options, { show });
    await page.locator('.lk-panel').waitFor();
    await reach?.(page, stage);
    const tree = (await page.locator('.lk').ariaSnapshot()).split('\n').filter((line) => !/^ +- option /.test(line)).join('\n');
    assert.equal(tree.replace(/\d:\d\d/g, 'M:SS'), READ[name]?.trimStart());
    await context.close();
  });
}
