//! The templates of mails, and what is likely wrong with them. The engine is `latchkey-liquid`.

mod lint;

pub(crate) use latchkey_liquid::unescape;
pub use latchkey_liquid::{
    MAX_DEPTH, MAX_OUTPUT, MAX_STEPS, MAX_TEMPLATE, Template, TemplateError,
};

pub use self::lint::{Warning, lint};
