//! The templates of `templates.json`, rendered here and by `LiquidJS` (`tests/vendor/liquid.test.mjs` checks that side).

use latchkey_liquid::Template;
use serde_json::Value;

/// Templates that are rendered differently, and the reason.
const DIFFERENT: [(&str, &str); 3] = [
    (
        "{{ user\n  .name }}",
        "LiquidJS ends a path at a line break; here it goes on",
    ),
    (
        "{% liquid",
        "the tag is not built; Auth0 does not document it",
    ),
    (
        "{{ nil | json }}",
        "LiquidJS shows an inner object of its own for a literal nil",
    ),
];

#[test]
fn templates_render_as_in_liquidjs() {
    let text = include_str!("templates.json");
    let all: Value = serde_json::from_str(text).unwrap();
    let mut wrong = Vec::new();
    let templates = all["templates"].as_array().unwrap();
    for case in templates {
        let template = case["template"].as_str().unwrap();
        let rendered = Template::parse(template)
            .and_then(|template| template.render(&all["context"], 1_795_424_400_000))
            .map_err(|error| error.to_string());
        let is_same = match (&rendered, case["output"].as_str()) {
            (Ok(rendered), Some(expected)) => rendered == expected,
            (Err(_), None) => true,
            _ => false,
        };
        let is_known = DIFFERENT.iter().any(|(part, _)| template.contains(part));
        if is_same == is_known {
            wrong.push(format!(
                "{template}\n  LiquidJS: {}\n  here:     {rendered:?}",
                case["output"]
            ));
        }
    }
    assert!(templates.len() >= 150, "{}", templates.len());
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
