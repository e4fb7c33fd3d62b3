//! The budget of renderings.

use crate::{MAX_OUTPUT, MAX_STEPS, TemplateError};

/// A budget: the number of steps that are left.
#[derive(Debug, Clone)]
pub struct Budget(u64);

impl Default for Budget {
    /// A budget for one rendering: [`MAX_STEPS`].
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

    /// Spends `steps`.
    pub(crate) fn spend(&mut self, steps: u64) -> Result<(), TemplateError> {
        let left = self.0.checked_sub(steps);
        self.0 = left.unwrap_or(0);
        left.map(drop).ok_or(TemplateError::TooManySteps)
    }

    /// Spends a step for each of `count` things.
    pub(crate) fn spend_count(&mut self, count: usize) -> Result<(), TemplateError> {
        self.spend(count as u64)
    }

    /// Checks whether a text of `bytes` may be made, and spends its steps.
    pub(crate) fn text(&mut self, bytes: usize) -> Result<(), TemplateError> {
        if bytes > MAX_OUTPUT {
            return Err(TemplateError::OutputTooLong);
        }
        self.spend_count(bytes / 32)
    }
}
