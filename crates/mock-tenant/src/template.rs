//! The linter for mail templates. The crate `latchkey-liquid` renders them.

mod lint;

pub(crate) use latchkey_liquid::unescape;
pub use latchkey_liquid::{
    MAX_DEPTH, MAX_OUTPUT, MAX_STEPS, MAX_TEMPLATE, Template, TemplateError,
};

pub use self::lint::{Warning, lint};
