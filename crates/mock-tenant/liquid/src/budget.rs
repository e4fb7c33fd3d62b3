//! What renderings may cost.

use crate::{MAX_OUTPUT, MAX_STEPS, TemplateError};

/// Steps that are left.
#[derive(Debug, Clone)]
pub struct Budget(u64);

impl Default for Budget {
    /// Enough for one rendering: [`MAX_STEPS`].
    fn default() -> Self {
        Self(MAX_STEPS)
    }
}

impl Budget {
    /// A budget of `steps`.
    #[must_use]
    pub fn of(steps: u64) -> Self {
        Self(steps)
    }

    /// Takes `steps` off.
    pub(crate) fn spend(&mut self, steps: u64) -> Result<(), TemplateError> {
        let left = self.0.checked_sub(steps);
        self.0 = left.unwrap_or(0);
        left.map(drop).ok_or(TemplateError::TooManySteps)
    }

    /// Takes off what `count` things cost.
    pub(crate) fn spend_count(&mut self, count: usize) -> Result<(), TemplateError> {
        self.spend(count as u64)
    }

    /// Asks before a text of `bytes` is made; takes off what it costs.
    pub(crate) fn text(&mut self, bytes: usize) -> Result<(), TemplateError> {
        if bytes > MAX_OUTPUT {
            return Err(TemplateError::OutputTooLong);
        }
        self.spend_count(bytes / 32)
    }
}
