//! The engine's output, compared with that of `LiquidJS`.

use proptest::prelude::*;
use rstest::rstest;
use serde_json::{Value, json};

use crate::*;

fn render_with(template: &str, context: &Value) -> String {
    Template::parse(template)
        .unwrap()
        .render(context, 1_795_424_400_000)
        .unwrap()
}

#[rstest]
#[case("{{ nothing }}|{{ nothing.at.all[0] }}", "|")]
#[case("{% if nothing %}a{% else %}b{% endif %}", "b")]
#[case("{% if nothing contains 'x' %}a{% else %}b{% endif %}", "b")]
#[case("{{ nothing | default: 'x' }}", "x")]
#[case("{{ nothing | upcase | append: 'y' }}", "y")]
#[case("{{ 'a b&c' | url_encode }}", "a+b%26c")]
#[case("{{ '<a href=\"x\">' | escape }}", "&lt;a href=&#34;x&#34;&gt;")]
#[case("{% if '' %}empty text is true{% endif %}", "empty text is true")]
#[case(
    "{% if '' == empty %}e{% endif %}{% if nothing == blank %}b{% endif %}",
    "eb"
)]
#[case(
    "{% if true or false and false %}right first{% endif %}",
    "right first"
)]
#[case("{% unless nothing %}u{% endunless %}", "u")]
#[case(
    "{% case n %}{% when 1, 2 %}low{% when 3 or 4 %}mid{% else %}high{% endcase %}",
    "mid"
)]
#[case(
    "{% for i in (1..4) limit: 2 offset: 1 reversed %}{{ i }}{% unless forloop.last %},{% endunless %}{% endfor %}",
    "3,2"
)]
#[case("{% for i in nothing %}x{% else %}none{% endfor %}", "none")]
#[case(
    "{% for i in list %}{% if i == 'b' %}{% continue %}{% endif %}{{ i }}{% endfor %}",
    "ac"
)]
#[case("{% for i in list %}{% cycle 'x', 'y' %}{% endfor %}", "xyx")]
#[case("{% increment k %}{% increment k %}{% decrement d %}", "01-1")]
#[case(
    "{% tablerow i in list cols: 2 %}{{ i }}{% endtablerow %}",
    "<tr class=\"row1\"><td class=\"col1\">a</td><td class=\"col2\">b</td></tr><tr class=\"row2\"><td class=\"col1\">c</td></tr>"
)]
#[case(
    "{% raw %}{{ code }}{% endraw %}{% comment %}{{ x {% endcomment %}!",
    "{{ code }}!"
)]
#[case("a {{- 'b' -}} c", "abc")]
#[case("{% assign x = 'fr-CH' | slice: 0, 2 %}{{ x }}", "fr")]
#[case("{% capture x %}{{ n }}{{ n }}{% endcapture %}{{ x | plus: 1 }}", "34")]
#[case(
    "{{ list | join: '-' }} {{ list.size }} {{ list[-1] }} {{ list | first }}",
    "a-b-c 3 c a"
)]
#[case(
    "{{ 7 | divided_by: 2 }} {{ 4.0 }} {{ 'now' | date: '%e %B %Y' }}",
    "3.5 4 23 November 2026"
)]
#[case("{{ 'x' | no_such_filter }}", "x")]
#[case("{{ user['email'] }}", "ada@example.com")]
fn templates_are_rendered(#[case] template: &str, #[case] expected: &str) {
    let context = json!({"n": 3, "list": ["a", "b", "c"], "user": {"email": "ada@example.com"}});
    assert_eq!(render_with(template, &context), expected);
}

#[rstest]
#[case("a\n{% if x %}", "line 2: this block is never closed")]
#[case("{{ a", "never closed; write }}")]
#[case("{% include 'x' %}", "is refused")]
#[case("{% layout '../../etc/passwd' %}", "is refused")]
#[case("{% render 'x' %}", "is refused")]
#[case("{% if a = b %}{% endif %}", "write `==`")]
#[case("{% endif %}", "no tag `endif`")]
#[case("{{ 'a }}", "has no end")]
fn errors_have_a_readable_message(#[case] template: &str, #[case] expected: &str) {
    let message = Template::parse(template).unwrap_err().to_string();
    assert!(message.contains(expected), "{message}");
}

#[rstest]
#[case(
    "{% for i in (1..999999999) %}{% endfor %}",
    TemplateError::TooManySteps
)]
#[case(
    "{% for i in (1..9999) %}{% for j in (1..9999) %}{% endfor %}{% endfor %}",
    TemplateError::TooManySteps
)]
#[case(
    "{% for i in (1..90) %}{% for j in (1..90) %}abcdefghabcdefghabcdefghabcdefgh....{% endfor %}{% endfor %}",
    TemplateError::OutputTooLong
)]
#[case(
    "{% assign x = 'abcdefgh' %}{% for i in (1..99) %}{% assign x = x | append: x %}{% endfor %}",
    TemplateError::OutputTooLong
)]
#[case(
    "{% assign x = 'aaaaaaaa' %}{% for i in (1..99) %}{% assign x = x | replace: 'a', x %}{% endfor %}",
    TemplateError::OutputTooLong
)]
fn rendering_stops_at_its_budget(#[case] template: &str, #[case] expected: TemplateError) {
    let outcome = Template::parse(template).unwrap().render(&json!({}), 0);
    assert_eq!(outcome.unwrap_err(), expected);
}

/// Regression: two values that cannot be ordered made Rust's sort panic.
#[test]
fn lists_of_mixed_values_are_sorted() {
    let context = json!({"m": [3, "b", null, 1, true, "a", {"x": 1}, [2], 2.5, "B", null, false, "10", 10, -1, "c", 4, "", 0, 7, 8, 9, "z"]});
    let sorted = render_with("{{ m | sort | join: ',' }}", &context);
    assert!(
        sorted.starts_with("-1,0,1,2.5,3,4,7,8,9,10,,10,B,a,b,c,z,"),
        "{sorted}"
    );
    render_with("{{ m | sort_natural | join: ',' }}", &context);
}

/// Regression: each of these templates allocated gigabytes before its size was checked.
#[rstest]
#[case(
    "{% assign b = 'x' %}{% for i in (1..16) %}{% assign b = b | append: b %}{% endfor %}{% assign n = (1..60000) %}{{ n | join: b }}"
)]
#[case(
    "{% assign b = 'x' %}{% for i in (1..16) %}{% assign b = b | append: b %}{% endfor %}{% assign n = (1..60000) | map: 'y' %}{{ n | array_to_sentence_string | replace: '', b }}"
)]
#[case(
    "{{ 'x' | json: 4 | truncate: 99999999, b }}{{ code | date: '%99999999999d' }}{% for i in (1..900000) %}{{ i | date: '%64d%64d%64d' }}{% endfor %}"
)]
#[case(
    "{% assign a = (1..9999) %}{% for i in (1..99999) %}{{ a[0] }}{% assign c = a[0] %}{% endfor %}{% for i in (1..99999) %}{% assign d = a %}{% endfor %}"
)]
fn output_that_is_too_large_is_refused_before_it_is_allocated(#[case] template: &str) {
    let template = Template::parse(template).unwrap();
    let outcome = template.render(&json!({"code": 1}), 0);
    assert!(
        matches!(
            outcome,
            Err(TemplateError::OutputTooLong | TemplateError::TooManySteps)
        ),
        "{outcome:?}"
    );
}

#[test]
fn two_renderings_can_share_a_budget() {
    let template = Template::parse("{% for i in (1..1000) %}{% endfor %}").unwrap();
    let mut budget = Budget::of(15_000);
    let outcomes: Vec<_> = (0..3)
        .map(|_| template.render_within(&json!({}), 0, &mut budget).is_ok())
        .collect();
    assert_eq!(outcomes, [true, true, false]);
}

#[rstest]
#[case("{{ '2026-11-03T23:30:00+02:00' | date: '%H:%M' }}", "21:30")]
#[case(
    "{{ 'Tue, 03 Nov 2026 09:05:07 GMT' | date: '%A %-d %I %p' }}",
    "Tuesday 3 09 AM"
)]
#[case("{{ '2026-13-03' | date: '%Y' }}", "2026-13-03")]
#[case("{{ 'é2026-1' | date: '%Y' }}", "é2026-1")]
fn dates_are_formatted(#[case] template: &str, #[case] expected: &str) {
    assert_eq!(render_with(template, &json!({})), expected);
}

#[test]
fn deeply_nested_and_long_templates_are_refused() {
    assert!(Template::parse(&"{% if a %}".repeat(5_000)).is_err());
    assert!(Template::parse(&format!("{{{{ a{} }}}}", "[a".repeat(5_000))).is_err());
    assert!(
        Template::parse(&format!(
            "{{% if a {} %}}{{% endif %}}",
            "and a ".repeat(5_000)
        ))
        .is_err()
    );
    assert_eq!(
        Template::parse(&"x".repeat(MAX_TEMPLATE + 1)).unwrap_err(),
        TemplateError::TooLong
    );
}

#[test]
fn values_are_never_parsed_as_templates() {
    let context = json!({"application": {"name": "{{ code }}{% include 'x' %}"}, "code": "123456"});
    assert_eq!(
        render_with("{{ application.name }}", &context),
        "{{ code }}{% include 'x' %}"
    );
}

/// The language header is one text, so `contains` searches the whole list of languages.
#[rstest]
#[case("fr-FR", json!("en,fr-FR;q=0.1"), true)]
#[case("fr-FR", json!("fr,en"), false)]
#[case("dutch", json!("nl-NL,nl;q=0.9,en;q=0.8"), false)]
#[case("dutch", json!("dutch"), true)]
#[case("en", json!(null), false)]
fn the_language_header_can_be_searched(
    #[case] part: &str,
    #[case] header: Value,
    #[case] expected: bool,
) {
    let template =
        format!("{{% if request_language contains '{part}' %}}yes{{% else %}}no{{% endif %}}");
    let text = render_with(&template, &json!({"request_language": header}));
    assert_eq!(text, if expected { "yes" } else { "no" });
}

#[test]
fn debug_lists_the_variables() {
    let text = render_with("{% assign x = 1 %}{% debug %}", &json!({"code": "123456"}));
    assert_eq!(
        serde_json::from_str::<Value>(&text).unwrap(),
        json!({"code": "123456", "x": 1})
    );
}

proptest! {
    #[test]
    fn no_template_panics(template in "([a-z'\"|:.,()<>= \\[\\]0-9-]|\\{\\{|\\}\\}|\\{%|%\\}| if | for | in |endif|endfor|raw|comment|é){0,60}") {
        if let Ok(parsed) = Template::parse(&template) {
            let _ = parsed.render(&json!({"a": [1, {"b": "c"}]}), 0);
        }
    }
}
