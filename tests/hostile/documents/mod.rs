//! Documents for the trials of readers: sound ones of our own, and what is made of them.

#[path = "../../../src/import/locked/testing.rs"]
pub(crate) mod locked;
pub(crate) mod paged;
#[expect(dead_code, reason = "shared with the tests of the format, which make more of it")]
#[path = "../../../src/import/pdf/testing.rs"]
mod pdf;
pub(crate) mod samples;
pub(crate) mod zips;
