//! Liquid templates of mails as `LiquidJS` renders them, which is what Auth0 runs: what is not defined is empty, never an
//! error. <https://auth0.com/docs/customize/email/email-templates/supported-liquid-syntax>
//!
//! An engine of our own, because the crate `liquid` renders 126 of the 203 templates in `tests/templates.json` as `LiquidJS`
//! does, this one all but those that the test names; and because a template must not be able to use up time or memory:
//! whatever grows is held against a [`Budget`] before it is made.

mod budget;
mod date;
mod expression;
mod filters;
mod lexer;
mod parser;
mod render;
#[cfg(test)]
mod tests;
mod value;
mod visit;

pub use self::budget::Budget;
pub use self::filters::unescape;
use self::parser::Node;

/// Largest template, in bytes.
pub const MAX_TEMPLATE: usize = 64 * 1024;
/// Largest result, in bytes; also of any text on the way to it.
pub const MAX_OUTPUT: usize = 256 * 1024;
/// Steps that one rendering may take. A step is a node, a turn of a loop, or 32 bytes of a value that is touched.
pub const MAX_STEPS: u64 = 200_000;
/// How deep blocks and expressions may be nested.
pub const MAX_DEPTH: usize = 48;

/// Why a template cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TemplateError {
    /// It is not Liquid, or asks for what mails must not have.
    #[error("line {line}: {message}")]
    Syntax {
        /// Counted from 1.
        line: usize,
        /// What is wrong, and what to write instead.
        message: String,
    },
    /// It is longer than [`MAX_TEMPLATE`].
    #[error("is longer than {MAX_TEMPLATE} bytes; shorten it")]
    TooLong,
    /// Its result is longer than [`MAX_OUTPUT`].
    #[error("makes a text of more than {MAX_OUTPUT} bytes; shorten its loops")]
    OutputTooLong,
    /// It takes more steps than its [`Budget`] has.
    #[error("takes too many steps; shorten its loops")]
    TooManySteps,
}

/// A template that has been read.
#[derive(Debug, Clone)]
pub struct Template(Vec<Node>);

impl Template {
    /// Reads `text`.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        if text.len() > MAX_TEMPLATE {
            return Err(TemplateError::TooLong);
        }
        parser::parse(text).map(Self)
    }

    /// Fills in `context`, an object. `now_ms` is what the date filter calls `now`, in milliseconds since the epoch.
    pub fn render(
        &self,
        context: &serde_json::Value,
        now_ms: u64,
    ) -> Result<String, TemplateError> {
        self.render_within(context, now_ms, &mut Budget::default())
    }

    /// As [`Template::render`], at the cost of `budget`, which several renderings can share.
    pub fn render_within(
        &self,
        context: &serde_json::Value,
        now_ms: u64,
        budget: &mut Budget,
    ) -> Result<String, TemplateError> {
        render::render(&self.0, context, now_ms, budget)
    }

    /// The texts that the template compares values with, each once: what its branches depend on.
    #[must_use]
    pub fn compared_texts(&self) -> Vec<String> {
        visit::compared_texts(&self.0)
    }

    /// Filters that do not exist, and so do nothing: the line and the name.
    #[must_use]
    pub fn unknown_filters(&self) -> Vec<(usize, String)> {
        visit::unknown_filters(&self.0)
    }
}
