//! A password, which nobody is shown.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The password of an encrypted file. It stands in no message and no log: [`fmt::Debug`] does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Password(String);

impl Password {
    /// The password that somebody gave.
    pub fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }

    /// For whoever opens the file with it.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Password(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::ReadOptions;

    #[test]
    fn it_is_not_shown() {
        let options = ReadOptions { password: Some(Password::new("河清")), ..ReadOptions::default() };
        let shown = format!("{options:?} {:?}", Password::new("河清"));
        assert!(shown.contains("Password") && !shown.contains('河'), "{shown}");
    }
}
