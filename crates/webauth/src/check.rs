//! The checks of options: their types, in auth0.js's order and with its texts.

use crate::error::Error;
use crate::wire::{Params, Value, get};

/// The options of a call that needs them.
///
/// # Errors
/// [`Error::InvalidOptions`] if `options` is not an object.
pub(crate) fn required_options(options: Value) -> Result<Params, Error> {
    match options {
        Value::Object(options) => Ok(options),
        _ => Err(Error::InvalidOptions("options parameter is not valid")),
    }
}

/// The options of a call that works without them.
///
/// # Errors
/// [`Error::InvalidOptions`] if `options` is neither an object nor missing.
pub(crate) fn optional_options(options: Value) -> Result<Params, Error> {
    match options {
        Value::Undefined | Value::Null => Ok(Params::new()),
        options => required_options(options),
    }
}

/// The type that an option has to have. An optional option is checked only if it is truthy, as in auth0.js.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    String,
    OptionalString,
    OptionalNumber,
    OptionalBool,
    Object,
    OptionalObject,
}

/// The name of an option, its type, and auth0.js's text for an option of another type.
pub(crate) type Check = (&'static str, Kind, &'static str);

/// Checks options in the order of `checks`.
pub(crate) fn expect_all(options: &Params, checks: &[Check]) -> Result<(), Error> {
    checks
        .iter()
        .try_for_each(|(name, kind, text)| expect(get(options, name), *kind, text))
}

/// Checks one option. As in auth0.js, a list counts as an object.
pub(crate) fn expect(value: &Value, kind: Kind, text: &'static str) -> Result<(), Error> {
    let optional = !matches!(kind, Kind::String | Kind::Object);
    let fits = match value {
        Value::String(_) => matches!(kind, Kind::String | Kind::OptionalString),
        Value::Number(_) => matches!(kind, Kind::OptionalNumber),
        Value::Bool(_) => matches!(kind, Kind::OptionalBool),
        Value::Array(_) | Value::Object(_) => matches!(kind, Kind::Object | Kind::OptionalObject),
        Value::Undefined | Value::Null => false,
    };
    if fits || (optional && !value.is_truthy()) {
        Ok(())
    } else {
        Err(Error::InvalidOptions(text))
    }
}
