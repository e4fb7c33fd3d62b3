// @ts-check
/** The cases of Lock's own test suites, by their number in the project's list. Each has a test here or beside the model. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../scripts/lib/paths.mjs';

/** How many cases Lock's suites have. */
const CASES = 60;

/** The tests of each file, by the numbers of their cases. @type {Record<string, [test: string, ...cases: number[]][]>} */
const TESTS = {
  'crates/lock/src/model/tests/captcha.rs': [
    ['no_captcha_is_shown_before_the_tenant_asks_for_one', 53],
    ['a_captcha_is_shown_when_the_tenant_asks_for_one', 53],
    ['an_empty_captcha_is_marked_and_not_sent', 53],
    ['a_captcha_widget_is_read_when_the_screen_is_submitted', 54],
  ],
  'crates/lock/src/model/tests/email_address.rs': [
    ['valid_addresses_pass', 42],
    ['invalid_addresses_are_refused', 42],
  ],
  'crates/lock/src/model/tests/email_screen.rs': [
    ['each_cause_of_a_failed_start_has_its_own_text', 38],
  ],
  'crates/lock/src/model/tests/lock_cases.rs': [
    ['constructing_renders_nothing', 1],
    ['show_renders_at_once', 2],
    ['the_email_field_starts_empty', 3],
    ['typing_an_invalid_email_shows_no_error', 4],
    ['submitting_an_invalid_email_marks_it_and_sends_nothing', 5],
    ['correcting_the_email_clears_the_error', 6],
    ['an_email_that_becomes_invalid_again_shows_no_error_until_submit', 7],
    ['submit_shows_the_spinner_until_the_response', 8],
    ['the_request_contains_the_email', 9],
    ['a_sent_code_leads_to_the_code_screen', 10],
    ['a_failed_start_stays_on_the_email_screen_and_shows_why', 11],
    ['an_empty_or_short_code_is_marked_and_not_sent', 12],
    ['typing_clears_the_error_of_the_code', 13],
    ['clearing_the_code_again_shows_no_error', 14],
    ['submitting_the_code_starts_one_check', 15],
    ['a_wrong_code_stays_on_the_code_screen_with_a_note', 16],
    ['a_failed_login_emits_authorization_error', 17, 39],
    ['terms_are_shown_and_need_no_tick_by_default', 31],
    ['the_terms_can_be_ticked_and_unticked', 32],
    ['the_country_is_us_without_a_default_location_and_a_known_language', 34],
    ['going_back_clears_the_code_and_keeps_the_email', 40],
    ['spaces_and_dashes_are_removed_from_the_code', 41],
    ['the_code_is_marked_by_its_check_or_by_the_response', 43],
    ['fields_do_not_change_while_a_request_is_in_flight', 44],
    ['a_second_submit_is_ignored', 45],
    ['the_email_is_trimmed_before_it_is_sent', 57],
  ],
  'crates/lock/src/model/tests/recipients.rs': [
    ['each_country_is_listed_once_and_well_formed', 25],
    ['numbers_are_sent_with_their_countrys_code', 28],
  ],
  'crates/lock/src/model/tests/link.rs': [
    ['a_sent_link_is_confirmed', 18],
    ['a_failed_request_for_a_link_keeps_the_form', 19],
    ['a_resend_of_the_link_shows_its_progress', 20],
    ['a_failed_resend_of_the_link_shows_why_and_can_be_repeated', 21, 22, 23],
  ],
  'crates/lock/src/model/tests/phone.rs': [
    ['the_phone_screen_shows_a_country_from_the_start', 24],
    ['choosing_a_country_updates_the_field', 27],
    ['the_number_is_sent_with_the_calling_code', 28],
    ['an_invalid_number_is_marked_with_a_hint_and_not_sent', 29],
    ['a_number_that_the_tenant_refuses_is_marked', 37],
    ['the_number_is_cleaned_before_it_is_sent', 57],
  ],
  'crates/lock/src/model/tests/social.rs': [
    ['a_login_in_a_window_ends_here_and_a_closed_window_shows_a_note', 58],
    ['a_dialog_with_social_connections_only_has_nothing_to_submit', 59],
  ],
  'crates/lock/src/options/tests.rs': [
    ['any_passwordless_method_but_link_means_a_code', 30],
    ['the_default_location_is_upper_cased', 33],
    ['prefill_sets_the_email_and_the_phone_number', 35],
    ['a_custom_connection_name_is_used_only_with_the_flag', 36],
    ['flash_messages_need_a_type_and_a_text', 49],
    ['without_valid_connections_the_connection_email_is_offered', 60],
  ],
  'tests/lock/captcha.test.mjs': [
    ['a captcha is shown when the tenant asks for one, solved by keyboard, and the code is sent', 53],
    ['a provider that cannot be reached is tried again, then the tenant decides', 54],
  ],
  'tests/lock/journeys.test.mjs': [
    ['all countries are listed by name, and typing in the list finds one', 25, 26],
    ['a missing language leaves English, and one warning', 52],
  ],
  'tests/lock/last-login.test.mjs': [
    ['a social connection is offered with its look, and without a session the browser leaves for it', 55],
  ],
  'tests/lock/lifecycle.test.mjs': [
    ['constructing renders nothing and sends nothing; show renders at once; the field is usable before any request', 1, 2],
    ['no client settings are requested; languages are loaded from languageBaseUrl before assetsUrl', 47],
    ['every option string is shown as text', 48],
    ['a flash message of a bad type is an unrecoverable_error, and the dialog opens without it', 49],
    ['show overrides the allowed options and no others, for one showing', 51],
    ['each request names the library and its version, unless telemetry is off', 56],
  ],
  'tests/lock/more.test.mjs': [
    ['a window that the person closes emits Lock’s code, and the dialog stays usable', 50],
    ['a social login in place opens a window, whose page passes the response on', 58],
  ],
  'tests/lock/requests.test.mjs': [
    ['the login returns to the page, without its query and fragment', 46],
  ],
};

test('every case of Lock’s suites has a test', () => {
  const covered = new Set(Object.values(TESTS).flat().flatMap(([, ...cases]) => cases));
  const missing = Array.from({ length: CASES }, (_, at) => at + 1).filter((number) => !covered.has(number));
  assert.deepEqual(missing, []);
});

test('every test of the list exists', () => {
  for (const [file, tests] of Object.entries(TESTS)) {
    const source = readFileSync(join(root, file), 'utf8');
    for (const [name] of tests) assert.ok(source.includes(file.endsWith('.rs') ? `fn ${name}(` : `test('${name}'`), `${file} has no test "${name}"`);
  }
});
