//! The engine against `LiquidJS`'s behaviour, case by case.

use proptest::prelude::*;
use rstest::rstest;
use serde_json::{Value, json};

use super::*;

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
fn renders(#[case] template: &str, #[case] expected: &str) {
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
fn refuses_in_words(#[case] template: &str, #[case] expected: &str) {
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
    "{% for i in (1..300) %}{% for j in (1..300) %}abcdefgh{% endfor %}{% endfor %}",
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
fn stops_at_its_budget(#[case] template: &str, #[case] expected: TemplateError) {
    let outcome = Template::parse(template).unwrap().render(&json!({}), 0);
    assert_eq!(outcome.unwrap_err(), expected);
}

#[test]
fn deep_and_long_templates_are_refused() {
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
fn values_are_never_read_as_templates() {
    let context = json!({"application": {"name": "{{ code }}{% include 'x' %}"}, "code": "123456"});
    assert_eq!(
        render_with("{{ application.name }}", &context),
        "{{ code }}{% include 'x' %}"
    );
}

/// The header is one text: `contains` sees the whole list, in whatever order the reader likes its languages.
#[rstest]
#[case("fr-FR", json!("en,fr-FR;q=0.1"), true)]
#[case("fr-FR", json!("fr,en"), false)]
#[case("dutch", json!("nl-NL,nl;q=0.9,en;q=0.8"), false)]
#[case("dutch", json!("dutch"), true)]
#[case("en", json!(null), false)]
fn languages(#[case] part: &str, #[case] header: Value, #[case] expected: bool) {
    let template =
        format!("{{% if request_language contains '{part}' %}}yes{{% else %}}no{{% endif %}}");
    let text = render_with(&template, &json!({"request_language": header}));
    assert_eq!(text, if expected { "yes" } else { "no" });
}

#[test]
fn debug_shows_what_there_is() {
    let text = render_with("{% assign x = 1 %}{% debug %}", &json!({"code": "123456"}));
    assert_eq!(
        serde_json::from_str::<Value>(&text).unwrap(),
        json!({"code": "123456", "x": 1})
    );
}

#[rstest]
#[case::no_else(
    "{% if request_language contains 'dutch' %}{{ code }} {{ link }}{% elsif request_language contains 'fr-FR' %}{{ code }} {{ link }}{% endif %}",
    true
)]
#[case::with_else(
    "{% if request_language contains 'dutch' %}{{ code }} {{ link }}{% else %}{{ code }} {{ link }}{% endif %}",
    false
)]
#[case::one_branch_forgets(
    "{% if request_language contains 'fr' %}Bonjour{% else %}{{ code }} {{ link }}{% endif %}",
    true
)]
#[case::by_send(
    "{% if send == 'link' %}{{ link }}{% else %}{{ code }}{% endif %}",
    false
)]
#[case::plain("{{ code }} {{ link }}", false)]
#[case::typo("{{ cod }}", true)]
fn the_linter_finds_mails_without_their_code(#[case] template: &str, #[case] expected: bool) {
    let warnings = lint(template);
    let found = warnings.iter().any(|w| matches!(w, Warning::NoCode(_)));
    assert_eq!(found, expected, "{warnings:?}");
}

#[test]
fn the_linter_names_broken_templates_and_unknown_filters() {
    assert!(matches!(
        lint("{% if %}").as_slice(),
        [Warning::Unusable(_)]
    ));
    assert_eq!(
        lint("{{ code | upcse }}{{ link }}"),
        [Warning::UnknownFilter("line 1: `upcse`".to_owned())]
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
