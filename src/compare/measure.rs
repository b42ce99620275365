//! Numbers of things as fractions.

/// How many times `whole` goes into `part`; 0 where `whole` is nothing.
#[expect(clippy::cast_precision_loss, reason = "a ratio needs no more than seven digits")]
pub(super) fn ratio(part: usize, whole: usize) -> f32 {
    if whole == 0 { 0.0 } else { part as f32 / whole as f32 }
}
