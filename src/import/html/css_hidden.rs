//! What styles hide from the readers of a page: not shown at all, letters of no size, set beside the screen, cut off; and
//! what they strike out.
//!
//! Words in letters of no size or beside the screen stand in many texts so that copies of it are spoilt. What is only faint, or
//! folded up until the reader asks for it, is not taken for hidden.

/// What declarations say of whether an element is seen; `None` where they say nothing of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Seen {
    /// Whether it is hidden.
    pub(super) hidden: Option<bool>,
    /// Whether its letters have no size: those in it may have one.
    pub(super) tiny: Option<bool>,
    /// Whether a line is drawn through its words.
    pub(super) struck: Option<bool>,
}

/// What declarations say of it.
pub(super) fn seen(declarations: &str) -> Seen {
    let (mut seen, mut place) = (Seen::default(), Place::default());
    for (name, value) in declarations.split(';').filter_map(|said| said.split_once(':')) {
        let value = value.trim().to_ascii_lowercase();
        let value = value.trim_end_matches("!important").trim_end();
        match name.trim().to_ascii_lowercase().as_str() {
            "display" => seen.hide(value == "none"),
            "visibility" => seen.hide(matches!(value, "hidden" | "collapse")),
            "font-size" => seen.tiny = Some(is_nothing(value)),
            "font" => seen.tiny = Some(value.split([' ', '/']).next().is_some_and(is_nothing)),
            "text-decoration" | "text-decoration-line" => seen.struck = Some(value.contains("line-through")),
            "position" => place.positioned = matches!(value, "absolute" | "fixed"),
            "left" | "top" | "right" | "bottom" => place.beside |= is_far(value),
            "clip" => place.beside |= is_empty_shape(value),
            "text-indent" | "margin-left" | "margin-top" if is_far(value) => seen.hide(true),
            "clip-path" if is_empty_shape(value) => seen.hide(true),
            _ => {}
        }
    }
    if place.positioned && place.beside {
        seen.hide(true);
    }
    seen
}

impl Seen {
    fn hide(&mut self, hides: bool) {
        self.hidden = Some(hides || self.hidden == Some(true));
    }
}

/// Where an element is put.
#[derive(Default)]
struct Place {
    /// Whether it is put somewhere at all, and does not stand in its line.
    positioned: bool,
    /// Whether it would not be seen there.
    beside: bool,
}

/// Whether a length is beyond every screen: -9999px.
fn is_far(length: &str) -> bool {
    let Some(length) = length.strip_prefix('-') else { return false };
    let end = length.find(|found: char| !found.is_ascii_digit() && found != '.').unwrap_or(length.len());
    let (number, unit) = length.split_at_checked(end).unwrap_or((length, ""));
    let least = match unit {
        "px" | "pt" => 999.0,
        "em" | "rem" => 60.0,
        _ => return false,
    };
    number.parse::<f32>().is_ok_and(|number| number >= least)
}

/// Whether a length is none: `0`, `0px`.
fn is_nothing(length: &str) -> bool {
    let number = length.trim_end_matches(|found: char| found.is_ascii_alphabetic() || found == '%');
    number.parse::<f32>().is_ok_and(|number| number == 0.0)
}

/// Whether nothing is left of what is cut out so: `rect(0 0 0 0)`, `inset(50%)`.
fn is_empty_shape(shape: &str) -> bool {
    if let Some(edges) = shape.strip_prefix("rect(").and_then(|inner| inner.strip_suffix(')')) {
        let mut edges = edges.split([',', ' ']).filter(|edge| !edge.is_empty());
        return edges.all(|edge| is_nothing(edge) || edge == "1px");
    }
    matches!(shape, "inset(50%)" | "inset(100%)" | "circle(0)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hides_is_told_from_what_does_not() {
        let hides = [
            "display: none",
            "Visibility:Hidden !important",
            "position:absolute;left:-9999px",
            "top:-99em; position: fixed",
            "position:absolute; clip:rect(0 0 0 0); width:1px",
            "position:absolute;clip: rect(1px, 1px, 1px, 1px)",
            "text-indent:-9999px",
            "clip-path:inset(50%)",
            "display:block;visibility:hidden",
        ];
        for style in hides {
            assert_eq!(seen(style).hidden, Some(true), "{style}");
        }
        for style in ["display:block", "visibility: visible", "display:inline;position:absolute;left:-3px"] {
            assert_eq!(seen(style).hidden, Some(false), "{style}");
        }
        let others = [
            "left:-9999px",
            "position:absolute;left:-100%",
            "clip:rect(0 0 0 0)",
            "position:absolute;clip:rect(0 9px 9px 0)",
            "text-indent:2em",
            "text-indent:-2em",
            "opacity:0",
            "color:transparent;height:0",
            "",
        ];
        for style in others {
            assert_eq!(seen(style).hidden, None, "{style}");
        }
    }

    #[test]
    fn letters_of_no_size_are_known() {
        let tiny = |style: &str| seen(style).tiny;
        for style in ["font-size:0", "font-size: 0px", "font-size:0.0em", "font:0/0 serif"] {
            assert_eq!(tiny(style), Some(true), "{style}");
        }
        for style in ["font-size:0.9em", "font-size:10px", "font:bold 12px serif"] {
            assert_eq!(tiny(style), Some(false), "{style}");
        }
        assert_eq!(tiny("line-height:0"), None);
    }
}
