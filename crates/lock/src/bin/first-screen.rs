//! Renders the first screen for each set of options on standard input. The build runs this program.
//!
//! The input is a JSON array of `{ options, state, rightToLeft }`. The output is a JSON object: `screens` has
//! the HTML of each screen, and the other members are the tables that the painter needs.

#[cfg(not(target_arch = "wasm32"))]
mod program {
    use std::io::{Read, stdin};
    use std::process::ExitCode;

    use latchkey_lock::first_screen::{State, first_screen, tables};
    use latchkey_webauth::Value;

    pub(super) fn main() -> ExitCode {
        let mut input = String::new();
        let screens = stdin()
            .read_to_string(&mut input)
            .map_err(|error| error.to_string())
            .and_then(|_| screens(&input));
        match screens {
            Ok(screens) => {
                let output = serde_json::json!({ "screens": screens, "tables": tables() });
                #[expect(clippy::print_stdout, reason = "it is a program")]
                {
                    println!("{output}");
                }
                ExitCode::SUCCESS
            }
            Err(message) => {
                eprintln!("first-screen: {message}");
                ExitCode::FAILURE
            }
        }
    }

    fn screens(input: &str) -> Result<Vec<String>, String> {
        let wanted: Vec<serde_json::Value> =
            serde_json::from_str(input).map_err(|error| error.to_string())?;
        wanted.iter().map(screen).collect()
    }

    fn screen(wanted: &serde_json::Value) -> Result<String, String> {
        let member = |name| wanted.get(name).unwrap_or(&serde_json::Value::Null);
        let state = match member("state").as_str() {
            Some("idle") => State::Idle,
            Some("sending") => State::Sending,
            Some("leaving") => State::Leaving,
            Some("waiting") => State::Waiting,
            _ => return Err(format!("no such state: {}", member("state"))),
        };
        let right_to_left = member("rightToLeft").as_bool() == Some(true);
        first_screen(&value(member("options")), state, right_to_left)
            .map_err(|error| error.message().to_owned())
    }

    /// A page's JSON options as the type that the dialog reads.
    fn value(json: &serde_json::Value) -> Value {
        match json {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(flag) => Value::Bool(*flag),
            serde_json::Value::Number(number) => Value::Number(number.as_f64().unwrap_or_default()),
            serde_json::Value::String(text) => Value::String(text.clone()),
            serde_json::Value::Array(items) => Value::Array(items.iter().map(value).collect()),
            serde_json::Value::Object(members) => Value::Object(
                members
                    .iter()
                    .map(|(name, inner)| (name.clone(), value(inner)))
                    .collect(),
            ),
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    program::main()
}

/// The program runs natively only; this keeps builds for wasm32 compiling.
#[cfg(target_arch = "wasm32")]
fn main() {}
