//! Every text of the dialog: its key, its path in a dictionary, its English.

macro_rules! keys {
    ($($key:ident $path:literal $english:literal)*) => {
        /// A text of the dialog.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "the table beside each name is its documentation")]
        pub enum Key {
            $($key),*
        }

        impl Key {
            /// Each text's path in a dictionary, its parts joined by dots, and its English.
            pub const ALL: &'static [(Key, &'static str, &'static str)] =
                &[$((Key::$key, $path, $english)),*];
        }
    };
}

keys! {
    // Lock's keys.
    BlankEmail "blankEmailErrorHint" "Enter your e-mail address."
    EmailInstructions "passwordlessEmailInstructions" "We’ll e-mail you a code. No password needed."
    EmailCodeInstructions "passwordlessEmailCodeInstructions" "We sent it to %s"
    EmailPlaceholder "emailInputPlaceholder" "you@example.com"
    ErrorAccessDenied "error.passwordless.access_denied" "You’re not allowed to log in here with this address. Try another one, or ask the site’s owner for access."
    ErrorBadEmail "error.passwordless.bad.email" "This address was not accepted. Check it for slips, or use another one."
    ErrorConnectionDisabled "error.passwordless.bad.connection" "Login by e-mail is switched off for this site. Its owner can switch it on in the tenant’s settings."
    ErrorFallback "error.passwordless.lock.fallback" "The login service gave an answer we don’t know. Try again; if it stays, tell the site’s owner."
    ErrorInvalidCaptcha "error.passwordless.invalid_captcha" "The login service asks for a check that this dialog can’t show. Wait a while and try again."
    ErrorTooManyAttempts "error.passwordless.too_many_attempts" "Too many wrong codes were tried, so logging in is locked for now. Wait a few minutes, then ask for a new code."
    InvalidEmail "invalidEmailErrorHint" "Enter an address like name@example.com."
    ResendAction "resendCodeAction" "Send a new code"
    Resending "resendLabel" "Sending…"
    SubmitLabel "submitLabel" "Continue"
    SuccessLogIn "success.logIn" "You’re being logged in…"
    Terms "signUpTerms" "By continuing you agree to the terms of service and privacy policy."
    Title "title" "Log in"

    // Ours.
    Back "backLabel" "Back"
    Close "closeLabel" "Close"
    CodeInputLabel "codeInputLabel" "%d-digit code"
    CodeMissing "blankCodeErrorHint" "Enter the %d digits from our e-mail."
    CodeSent "codeSentStatus" "The code was sent to %s."
    CodeSubmit "codeSubmitLabel" "Log in"
    CodeTitle "codeTitle" "Enter your code"
    CodeValid "codeValidLabel" "Valid for %s"
    CodeOver "codeExpiredLabel" "The last code has expired"
    CodeUseless "codeSpentLabel" "The last code no longer works"
    EmailLabel "emailInputLabel" "E-mail address"
    EmailNoEnding "emailNoEndingErrorHint" "This address has no ending such as .com."
    ErrorBlockedUser "error.passwordless.blocked_user" "This user is blocked. Ask the site’s owner to lift the block."
    ErrorClientMisconfigured "error.passwordless.client_misconfigured" "This site isn’t set up for login by e-mail yet. Its owner can mend that in the client’s settings."
    ErrorCodeExpired "error.passwordless.code_expired" "This code has expired. Send a new one to go on."
    ErrorCodeSpent "error.passwordless.code_spent" "That was the last try for this code. Send a new one to go on."
    ErrorOffline "error.passwordless.offline" "You’re offline. We’ll go on as soon as the connection is back."
    ErrorOriginNotAllowed "error.passwordless.origin_not_allowed" "This page may not log people in yet. The site’s owner has to add its address to the client’s allowed origins."
    ErrorServer "error.passwordless.server_error" "The login service has a problem of its own. Try again in a minute."
    ErrorSignupDisabled "error.passwordless.signup_disabled" "There is no account for this address, and new ones can’t be made here. Check the address, or use another one."
    ErrorStorageUnavailable "error.passwordless.storage_unavailable" "Your browser doesn’t let this site keep data, which logging in needs. Allow cookies for this site and try again."
    ErrorTimeout "error.passwordless.timeout" "The login service took too long to answer. Try again."
    ErrorTooManyRequests "error.passwordless.too_many_requests" "Too many requests came from this network. You can try again in %s."
    ErrorTitle "errorTitle" "Login isn’t available"
    ErrorUnreachable "error.passwordless.unreachable" "The login service can’t be reached. Check your connection and try again."
    Loading "sendingStatus" "Sending the code…"
    Resent "codeResentStatus" "A new code is on its way. The one before no longer works."
    ResendIn "resendCountdownLabel" "Send a new code in %s"
    ResendReady "resendReadyStatus" "You can ask for a new code now."
    Retry "tryAgainLabel" "Try again"
    SignedInTitle "signedInTitle" "Welcome"
    TermsMissing "termsErrorHint" "Tick this box to go on."
    Verifying "verifyingStatus" "Checking the code…"
    WaitHoursOne "wait.hours.one" "%d hour"
    WaitHoursOther "wait.hours.other" "%d hours"
    WaitMinutesOne "wait.minutes.one" "%d minute"
    WaitMinutesOther "wait.minutes.other" "%d minutes"
    WaitSecondsOne "wait.seconds.one" "%d second"
    WaitSecondsOther "wait.seconds.other" "%d seconds"
    WrongCodeOne "error.passwordless.invalid_code.one" "That code isn’t right. You have %d try left."
    WrongCodeOther "error.passwordless.invalid_code.other" "That code isn’t right. You have %d tries left."
}
