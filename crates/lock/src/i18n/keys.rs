//! Every text of the dialog: its key, its path in a dictionary, and its English.
//!
//! The keys, the entries of `i18n/en.json` and the texts of a compiled language file have the same order.
//! Lock's texts that no screen of this dialog shows have no key; `scripts/lib/languages.mjs` and
//! `tests/files.rs` list them.

macro_rules! keys {
    ($($key:ident $path:literal $english:literal)*) => {
        /// Identifies a text of the dialog.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "the table beside each name is its documentation")]
        pub enum Key {
            $($key),*
        }

        impl Key {
            /// Every key, in order.
            pub const ALL: &'static [Key] = &[$(Key::$key),*];

            /// The text's path in a dictionary, with dots between its members, as in Lock's
            /// `languageDictionary`.
            #[must_use]
            pub fn path(self) -> &'static str {
                match self { $(Self::$key => $path),* }
            }

            /// The text in English.
            #[must_use]
            pub fn english(self) -> &'static str {
                match self { $(Self::$key => $english),* }
            }
        }

        /// FNV-1a over all paths, one path a line.
        pub(super) const FINGERPRINT: u32 = fingerprint(concat!($($path, "\n"),*).as_bytes());
    };
}

/// The English texts, in the order of the keys.
pub(super) fn english() -> impl Iterator<Item = &'static str> {
    Key::ALL.iter().map(|key| key.english())
}

const fn fingerprint(mut bytes: &[u8]) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    while let [byte, rest @ ..] = bytes {
        hash = (hash ^ *byte as u32).wrapping_mul(0x0100_0193);
        bytes = rest;
    }
    hash
}

// A text with plural forms is written as `category=text|category=text`.
keys! {
    Title "title" "Log in"
    Welcome "welcome" "Welcome, %s!"
    SignedInTitle "signedInTitle" "Welcome"
    ErrorTitle "errorTitle" "Login isn’t available"
    Or "orLabel" "or"
    EmailLabel "emailInputLabel" "E-mail address"
    EmailPlaceholder "emailInputPlaceholder" "you@example.com"
    EmailInstructions "passwordlessEmailInstructions" "We’ll e-mail you a code. No password needed."
    EmailLinkInstructions "passwordlessEmailLinkInstructions" "We’ll e-mail you a link. No password needed."
    BlankEmail "blankEmailErrorHint" "Enter your e-mail address."
    InvalidEmail "invalidEmailErrorHint" "Enter an address like name@example.com."
    EmailNoEnding "emailNoEndingErrorHint" "This address has no ending such as .com."
    EmailSuggestion "emailSuggestionLabel" "Did you mean %s?"
    PhoneLabel "phoneNumberInputLabel" "Phone number"
    PhonePlaceholder "phoneNumberInputPlaceholder" "your phone number"
    CountryLabel "countryInputLabel" "Country"
    SmsInstructions "passwordlessSMSInstructions" "We’ll text you a code. No password needed."
    BlankPhone "blankPhoneNumberErrorHint" "Enter your phone number."
    InvalidPhone "phoneNumberInputInvalidHint" "Enter the number’s digits; spaces and dashes are fine."
    UseEmail "useEmailAction" "Use e-mail instead"
    UsePhone "usePhoneNumberAction" "Use a text message instead"
    UseCode "useCodeAction" "Use a code instead"
    HaveCode "haveCodeAction" "I have a code"
    SubmitLabel "submitLabel" "Continue"
    Loading "sendingStatus" "Sending the code…"
    LoadingLink "sendingLinkStatus" "Sending the link…"
    Terms "signUpTerms" "By continuing you agree to the terms of service and privacy policy."
    TermsMissing "termsErrorHint" "Tick this box to go on."
    SocialLabel "signUpWithLabel" "Continue with %s"
    SocialInstructions "socialLoginInstructions" "Choose how to log in."
    LastLogin "lastLoginInstructions" "Last time you logged in with"
    NotYourAccount "notYourAccountAction" "Not your account?"
    Blank "blankErrorHint" "Fill in this field."
    Invalid "invalidErrorHint" "Check what you entered here."
    CaptchaLabel "captchaInputLabel" "Security check"
    CaptchaCode "captchaCodeInputPlaceholder" "the characters you see"
    CaptchaMath "captchaMathInputPlaceholder" "the result of the sum"
    CaptchaReload "captchaReloadAction" "Show another one"
    BlankCaptcha "blankCaptchaErrorHint" "Solve the security check to go on."
    CodeTitle "codeTitle" "Enter your code"
    CodeInputLabel "codeInputLabel" "%d-digit code"
    EmailCodeInstructions "passwordlessEmailCodeInstructions" "We sent it to %s"
    SmsCodeInstructions "passwordlessSMSCodeInstructions" "We texted it to %s"
    AutoSubmit "codeAutoSubmitHint" "It’s checked as soon as it’s complete."
    CodeMissing "blankCodeErrorHint" "Enter the %d digits of the code."
    CodeSubmit "codeSubmitLabel" "Log in"
    Verifying "verifyingStatus" "Checking the code…"
    CodeSent "codeSentStatus" "The code was sent to %s."
    Resent "codeResentStatus" "A new code is on its way. The one before no longer works."
    CodeNewer "codeNewerStatus" "A newer code was sent. Use the one in the latest message."
    CodeValid "codeValidLabel" "Valid for %s"
    CodeOver "codeExpiredLabel" "The last code has expired"
    CodeUseless "codeSpentLabel" "The last code no longer works"
    ResendAction "resendCodeAction" "Send a new code"
    ResendIn "resendCountdownLabel" "Send a new code in %s"
    ResendReady "resendReadyStatus" "You can ask for a new code now."
    Webmail "webmailAction" "Open %s"
    LinkTitle "linkTitle" "Check your mail"
    ResendLink "resendLabel" "Send the link again"
    ResendLinkIn "resendLinkCountdownLabel" "Send the link again in %s"
    Resending "resendingLabel" "Sending…"
    Sent "sentLabel" "Sent!"
    Retry "tryAgainLabel" "Try again"
    Back "backLabel" "Back"
    Close "closeLabel" "Close"
    OtherTab "otherTabStatus" "You logged in in another tab."
    SuccessLogIn "success.logIn" "You’re being logged in…"
    LinkSent "success.magicLink" "Open the link we sent to %s on this device."
    PopupClosed "error.login.lock.popup_closed" "The window was closed before you were logged in. Try again."
    PopupBlocked "error.login.lock.popup_blocked" "The browser kept the login window from opening. Allow pop-ups for this site and try again."
    ErrorAccessDenied "error.passwordless.access_denied" "You’re not allowed to log in here with this address. Try another one, or ask the site’s owner for access."
    ErrorBadEmail "error.passwordless.bad.email" "This address was not accepted. Check it for slips, or use another one."
    ErrorBadPhone "error.passwordless.bad.phone_number" "This phone number was not accepted. Check its digits and the country."
    ErrorConnectionDisabled "error.passwordless.bad.connection" "This way of logging in is switched off for this site. Its owner can switch it on in the tenant’s settings."
    ErrorBlockedUser "error.passwordless.blocked_user" "This user is blocked. Ask the site’s owner to lift the block."
    ErrorClientMisconfigured "error.passwordless.client_misconfigured" "This site isn’t set up for this way of logging in yet. Its owner can mend that in the client’s settings."
    ErrorCodeExpired "error.passwordless.code_expired" "This code has expired. Send a new one to go on."
    ErrorCodeSpent "error.passwordless.code_spent" "That was the last try for this code. Send a new one to go on."
    ErrorInvalidCaptcha "error.passwordless.invalid_captcha" "That answer to the security check wasn’t right. Try again."
    WrongCode "error.passwordless.invalid_code" "one=That code isn’t right. You have %d try left.|other=That code isn’t right. You have %d tries left."
    ErrorInvalidRecaptcha "error.passwordless.invalid_recaptcha" "The security check didn’t go through. Try again."
    ErrorFallback "error.passwordless.lock.fallback" "The login service gave an answer we don’t know. Try again; if it stays, tell the site’s owner."
    ErrorOffline "error.passwordless.offline" "You’re offline. We’ll go on as soon as the connection is back."
    ErrorOriginNotAllowed "error.passwordless.origin_not_allowed" "This page may not log people in yet. The site’s owner has to add its address to the client’s allowed origins."
    ErrorServer "error.passwordless.server_error" "The login service has a problem of its own. Try again in a minute."
    ErrorSignupDisabled "error.passwordless.signup_disabled" "There is no account for this address, and new ones can’t be made here. Check the address, or use another one."
    ErrorStorageUnavailable "error.passwordless.storage_unavailable" "Your browser doesn’t let this site keep data, which logging in needs. Allow cookies for this site and try again."
    ErrorThirdPartyCookies "error.passwordless.third_party_cookies" "Your browser blocks the cookies of the login service, which is on another site. Allow third-party cookies and try again, or ask the site’s owner to give the service an address of this site."
    ErrorTimeout "error.passwordless.timeout" "The login service took too long to answer. Try again."
    ErrorTooManyAttempts "error.passwordless.too_many_attempts" "Too many wrong codes were tried, so logging in is locked for now. Wait a few minutes, then ask for a new code."
    ErrorTooManyRequests "error.passwordless.too_many_requests" "Too many requests came from this network. You can try again in %s."
    ErrorUnreachable "error.passwordless.unreachable" "The login service can’t be reached. Check your connection and try again."
}
