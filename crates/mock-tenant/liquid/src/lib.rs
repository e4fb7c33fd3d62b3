//! Renders Liquid templates of mails as `LiquidJS` does, which Auth0 uses: an undefined variable is empty and not an error.
//! <https://auth0.com/docs/customize/email/email-templates/supported-liquid-syntax>
//!
//! There are two reasons for an own engine. The crate `liquid` renders 126 of the 203 templates in `tests/templates.json` as
//! `LiquidJS` does; this engine renders all but those that the test names. And a template must not use up time or memory, so this
//! engine checks every result that can grow against a [`Budget`] before it makes it.

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

/// The greatest size of a template, in bytes.
pub const MAX_TEMPLATE: usize = 64 * 1024;
/// The greatest size of a result and of every intermediate text, in bytes.
pub const MAX_OUTPUT: usize = 256 * 1024;
/// The greatest number of steps of a rendering. A node, an iteration of a loop, and 32 bytes of a value are one step each.
pub const MAX_STEPS: u64 = 200_000;
/// The greatest nesting depth of blocks and expressions.
pub const MAX_DEPTH: usize = 48;

/// Why a template cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TemplateError {
    /// The template is not valid Liquid, or uses a feature that mails do not have.
    #[error("line {line}: {message}")]
    Syntax {
        /// The line, counted from 1.
        line: usize,
        /// What is wrong, and what to write instead.
        message: String,
    },
    /// The template is longer than [`MAX_TEMPLATE`].
    #[error("is longer than {MAX_TEMPLATE} bytes; shorten it")]
    TooLong,
    /// The result would be longer than [`MAX_OUTPUT`].
    #[error("makes a text of more than {MAX_OUTPUT} bytes; shorten its loops")]
    OutputTooLong,
    /// The rendering needs more steps than its [`Budget`] has.
    #[error("takes too many steps; shorten its loops")]
    TooManySteps,
}

/// A parsed template.
#[derive(Debug, Clone)]
pub struct Template(Vec<Node>);

impl Template {
    /// Parses `text`.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        if text.len() > MAX_TEMPLATE {
            return Err(TemplateError::TooLong);
        }
        parser::parse(text).map(Self)
    }

    /// Renders the template with the variables in `context`, an object. `now_ms` is the time that the filter `date` calls `now`, in
    /// milliseconds since the epoch.
    pub fn render(
        &self,
        context: &serde_json::Value,
        now_ms: u64,
    ) -> Result<String, TemplateError> {
        self.render_within(context, now_ms, &mut Budget::default())
    }

    /// [`Template::render`] with a `budget` that several renderings can share.
    pub fn render_within(
        &self,
        context: &serde_json::Value,
        now_ms: u64,
        budget: &mut Budget,
    ) -> Result<String, TemplateError> {
        render::render(&self.0, context, now_ms, budget)
    }

    /// The texts with which the template compares values, each once. The template's branches depend on them.
    #[must_use]
    pub fn compared_texts(&self) -> Vec<String> {
        visit::compared_texts(&self.0)
    }

    /// The filters that do not exist and have no effect: line and name of each.
    #[must_use]
    pub fn unknown_filters(&self) -> Vec<(usize, String)> {
        visit::unknown_filters(&self.0)
    }
}
