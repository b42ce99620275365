//! Two texts side by side.

use super::Span;

/// Two texts side by side, stretch by stretch.
///
/// Holds: on each side every stretch begins where the last ended; a stretch is never empty on both
/// sides; and a span carried across and back never shrinks.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Pairing {
    runs: Vec<Run>,
}

/// `count` stretches in a row, each `left` bytes wide on the left and `right` bytes on the right.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Run {
    left: u32,
    right: u32,
    count: u32,
}
