//! What a style sheet says of the size and the weight of letters, for elements named by tag, class or id; and what it
//! hides ([`super::css_hidden`]).
//!
//! Rules for elements within others are passed over, but for those that name a class: where an element stands is not
//! looked at. Rules for other media than screens are passed over too.

use std::collections::HashMap;

use super::css_hidden::{self, Seen};

/// How many rules of one sheet are read.
const MOST_RULES: usize = 50_000;
/// The size of letters where nothing is said: sizes are in thousandths of it.
pub(super) const USUAL: u32 = 1000;
/// How many pixels and points that is.
const PIXELS: f32 = 16.0;
const POINTS: f32 = 12.0;

/// One style sheet: what it says of each tag, `.class`, `tag.class` and `#id`.
#[derive(Clone, PartialEq, Debug, Default)]
pub(in crate::import) struct Sheet {
    rules: HashMap<String, Letters>,
    /// What it says of which elements are seen, in its order: of each `.class`, `tag.class` and `#id`.
    seen: Vec<(String, Seen)>,
}

/// What is said of letters.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(super) struct Letters {
    size: Option<Size>,
    bold: Option<bool>,
}

/// A size, in thousandths.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Size {
    /// Of the usual one.
    OfUsual(u32),
    /// Of that around it.
    OfOuter(u32),
}

impl Sheet {
    /// Reads a style sheet.
    pub(in crate::import) fn of(css: &str) -> Self {
        let mut sheet = Self::default();
        for (selectors, declarations) in rules(&without_comments(css)).into_iter().take(MOST_RULES) {
            sheet.add(selectors, Letters::of(declarations));
            sheet.add_seen(selectors, css_hidden::seen(declarations));
        }
        sheet
    }

    fn add(&mut self, selectors: &str, letters: Letters) {
        if letters == Letters::default() {
            return;
        }
        for name in selectors.split(',').filter_map(name_of) {
            let known = self.rules.entry(name).or_default();
            *known = known.then(letters);
        }
    }

    /// Takes up a sheet that this one imports: what it says itself comes after.
    pub(in crate::import) fn import(&mut self, imported: Self) {
        let own = std::mem::replace(self, imported);
        let both = |(name, letters): (String, Letters)| {
            let before = self.rules.get(&name).copied().unwrap_or_default();
            (name, before.then(letters))
        };
        let rules: Vec<_> = own.rules.into_iter().map(both).collect();
        self.rules.extend(rules);
        self.seen.extend(own.seen);
    }

    /// Only elements named alone are believed to be hidden: where others stand is not looked at.
    fn add_seen(&mut self, selectors: &str, seen: Seen) {
        if seen == Seen::default() {
            return;
        }
        let is_alone = |selector: &&str| {
            selector.contains(['.', '#'])
                && !selector.contains([' ', '>', '+', '~', ':', '[', '*', '\n', '\t'])
        };
        let alone = selectors.split(',').map(str::trim).filter(is_alone);
        self.seen.extend(alone.map(|selector| (selector.to_owned(), seen)));
    }

    /// What it says of which elements are seen, in its order.
    pub(super) fn seen(&self) -> &[(String, Seen)] {
        &self.seen
    }

    /// What it says of an element, from what is said of all such tags to what is said of that one alone.
    pub(super) fn letters(&self, tag: &str, classes: &str, id: Option<&str>) -> Letters {
        let of = |name: &str| self.rules.get(name).copied().unwrap_or_default();
        let classes = || classes.split_ascii_whitespace();
        let mut letters = of(tag);
        for class in classes() {
            letters = letters.then(of(&format!(".{class}")));
        }
        for class in classes() {
            letters = letters.then(of(&format!("{tag}.{class}")));
        }
        id.map_or(letters, |id| letters.then(of(&format!("#{id}"))))
    }
}

/// The name that a selector is kept under.
fn name_of(selector: &str) -> Option<String> {
    let parts = || selector.split([' ', '>', '+', '~', '\n', '\t', '\r']).filter(|part| !part.is_empty());
    let last = parts().next_back().filter(|last| !last.contains([':', '[', '*']))?;
    let named = last.contains(['.', '#']);
    (named || parts().count() == 1).then(|| match last.split_once('#') {
        Some((_, id)) => format!("#{id}"),
        None => last.to_owned(),
    })
}

/// The rules of a sheet without comments that count for this reader, each with its selectors and its declarations: what
/// stands under a condition (`@media print`) is none of them, unless the condition is a screen.
pub(super) fn rules(css: &str) -> Vec<(&str, &str)> {
    let mut rules = Vec::new();
    let (mut rest, mut skipped) = (css, 0_usize);
    while let Some(at) = rest.find(['{', '}']) {
        let (before, after) = rest.split_at_checked(at).unwrap_or((rest, ""));
        let opens = after.starts_with('{');
        rest = after.get(1..).unwrap_or_default();
        // What stands before the selectors without a block of its own: @import, @charset.
        let selectors = before.rsplit(';').next().unwrap_or(before).trim();
        match (skipped, opens) {
            (0, true) if selectors.starts_with('@') => skipped = usize::from(!is_for_screens(selectors)),
            (0, true) => {
                let (inside, after) = rest.split_once('}').unwrap_or((rest, ""));
                rules.push((selectors, inside));
                rest = after;
            }
            (0, false) => {}
            (_, true) => skipped += 1,
            (_, false) => skipped -= 1,
        }
    }
    rules
}

/// The sheets that a sheet imports for screens, as it refers to them: all before its first rule.
pub(in crate::import) fn imports(css: &str) -> Vec<String> {
    let css = without_comments(css);
    let head = css.split('{').next().unwrap_or_default();
    let said = head.split(';').map(str::trim);
    let imports = said.filter_map(|said| {
        said.get(..7).filter(|word| word.eq_ignore_ascii_case("@import")).and(said.get(7..))
    });
    imports.filter_map(imported).take(MOST_IMPORTS).collect()
}

/// So many imports of one sheet count.
const MOST_IMPORTS: usize = 50;

/// `url(a.css) screen`, `"a.css"`: the reference, where it is for screens and under no other condition.
fn imported(said: &str) -> Option<String> {
    let said = said.trim();
    let of_address = said.strip_prefix("url(").and_then(|inner| inner.split_once(')'));
    let quoted = || {
        let quote = said.chars().next().filter(|first| matches!(first, '"' | '\''))?;
        said.strip_prefix(quote)?.split_once(quote)
    };
    let (reference, condition) = of_address.or_else(quoted)?;
    let condition = condition.trim().to_ascii_lowercase();
    let reference = reference.trim().trim_matches(['"', '\'']).trim();
    (!reference.is_empty() && (condition.is_empty() || names_screens(&condition)))
        .then(|| reference.to_owned())
}

/// Whether rules under a condition are for a screen of any size.
fn is_for_screens(condition: &str) -> bool {
    let condition = condition.to_ascii_lowercase();
    condition.strip_prefix("@media").is_some_and(names_screens)
}

/// Whether one of these media is a screen of any size.
pub(super) fn names_screens(media: &str) -> bool {
    media.split(',').map(str::trim).any(|medium| {
        !medium.contains('(')
            && ["screen", "all", "only screen"].iter().any(|shown| medium.starts_with(shown))
    })
}

/// A sheet without its comments.
pub(super) fn without_comments(css: &str) -> String {
    let mut parts = css.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.filter_map(|part| part.split_once("*/")).fold(first, |all, (_, rest)| all + rest)
}

impl Letters {
    /// What declarations say.
    pub(super) fn of(declarations: &str) -> Self {
        let mut letters = Self::default();
        for (name, value) in declarations.split(';').filter_map(|said| said.split_once(':')) {
            let value = value.trim().trim_end_matches("!important").trim().to_ascii_lowercase();
            match name.trim().to_ascii_lowercase().as_str() {
                "font-size" => letters.size = size(&value).or(letters.size),
                "font-weight" => letters.bold = weight(&value).or(letters.bold),
                "font" => {
                    letters.bold =
                        Some(value.split_ascii_whitespace().any(|word| weight(word) == Some(true)));
                    let words = value.split([' ', '/']).filter(|word| word.parse::<f32>().is_err());
                    letters.size = words.into_iter().find_map(size).or(letters.size);
                }
                _ => {}
            }
        }
        letters
    }

    /// What is usual for a tag.
    pub(super) fn usual(tag: &str) -> Self {
        let (size, bold) = match tag {
            "h1" => (Some(2000), Some(true)),
            "h2" => (Some(1500), Some(true)),
            "h3" => (Some(1170), Some(true)),
            "h5" | "sub" | "sup" | "small" => (Some(830), (tag == "h5").then_some(true)),
            "h6" => (Some(670), Some(true)),
            "big" => (Some(1200), None),
            "h4" | "b" | "strong" | "th" => (None, Some(true)),
            _ => (None, None),
        };
        Self { size: size.map(Size::OfOuter), bold }
    }

    /// What is said at last, where `later` comes after this.
    pub(super) fn then(self, later: Self) -> Self {
        Self { size: later.size.or(self.size), bold: later.bold.or(self.bold) }
    }

    /// The size and the weight of letters within others.
    pub(super) fn within(self, size: u32, bold: bool) -> (u32, bool) {
        let size = match self.size {
            None => size,
            Some(Size::OfUsual(size)) => size,
            Some(Size::OfOuter(part)) => size.saturating_mul(part) / 1000,
        };
        (size.clamp(1, 100 * USUAL), self.bold.unwrap_or(bold))
    }
}

fn size(value: &str) -> Option<Size> {
    let of_usual = match value {
        "xx-small" => 600,
        "x-small" => 750,
        "small" => 890,
        "medium" | "initial" => USUAL,
        "large" => 1200,
        "x-large" => 1500,
        "xx-large" => 2000,
        "larger" => return Some(Size::OfOuter(1200)),
        "smaller" => return Some(Size::OfOuter(830)),
        _ => return length(value),
    };
    Some(Size::OfUsual(of_usual))
}

fn length(value: &str) -> Option<Size> {
    let end = value.find(|found: char| !found.is_ascii_digit() && found != '.')?;
    let (number, unit) = value.split_at_checked(end)?;
    let number: f32 = number.parse().ok()?;
    let thousandths = |part: f32| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "held between 0 and a thousand"
        )]
        let thousandths = (part.clamp(0.0, 1000.0) * 1000.0).round() as u32;
        thousandths
    };
    match unit {
        "em" => Some(Size::OfOuter(thousandths(number))),
        "%" => Some(Size::OfOuter(thousandths(number / 100.0))),
        "rem" => Some(Size::OfUsual(thousandths(number))),
        "px" => Some(Size::OfUsual(thousandths(number / PIXELS))),
        "pt" => Some(Size::OfUsual(thousandths(number / POINTS))),
        "in" => Some(Size::OfUsual(thousandths(number * 72.0 / POINTS))),
        "cm" => Some(Size::OfUsual(thousandths(number * 28.35 / POINTS))),
        "mm" => Some(Size::OfUsual(thousandths(number * 2.835 / POINTS))),
        _ => None,
    }
}

fn weight(value: &str) -> Option<bool> {
    match value {
        "bold" | "bolder" => Some(true),
        "normal" | "lighter" => Some(false),
        number => number.parse::<u32>().ok().filter(|weight| *weight <= 1000).map(|weight| weight >= 600),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a sheet says of `<p class="t" id="i">` within usual letters.
    fn check(css: &str, expected: (u32, bool)) {
        assert_eq!(Sheet::of(css).letters("p", "s t", Some("i")).within(USUAL, false), expected, "{css}");
    }

    #[test]
    fn sizes_are_told_in_any_unit() {
        check("p { font-size: 18pt }", (1500, false));
        check("p{font-size:24px;}", (1500, false));
        check(".t{font-size:150%}", (1500, false));
        check("p.t{font-size:1.5em}", (1500, false));
        check("#i{font-size:1.5rem}", (1500, false));
        check("p{font-size:X-Large !important}", (1500, false));
        check("p{font: italic bold 24px/1.2 serif}", (1500, true));
        check("p{font: 24px/2 serif}", (1500, false));
    }

    #[test]
    fn the_nearer_rule_counts_and_of_two_the_last() {
        check("p.t{font-weight:700} p{font-weight:normal}", (1000, true));
        check(".t{font-weight:bold} .t{font-weight:400}", (1000, false));
        check("h1, p {font-weight:bold}", (1000, true));
        check("#i{font-size:1em} p.t{font-size:2em}", (1000, false));
    }

    #[test]
    fn what_does_not_apply_is_passed_over() {
        check("@charset \"utf-8\"; .t{font-weight:bold}", (1000, true));
        check("/* p{} */ .t{font-weight:bold} /*", (1000, true));
        check("@media print{p{font-size:9pt} .t{font-weight:bold}} .u{}", (1000, false));
        check("@media screen{p{font-weight:bold}}", (1000, true));
        check("@media screen and (max-width:9em){p{font-weight:bold}}", (1000, false));
        check("@font-face{font-weight:bold} .t{}", (1000, false));
        check("div p{font-weight:bold} p:first-child{font-size:2em} *{font-size:2em}", (1000, false));
        check("div > p.t{font-weight:bold}", (1000, true));
        check("p{font-size:", (1000, false));
    }

    #[test]
    fn imports_stand_before_the_rules() {
        let css = "@charset 'utf-8'; @import url( \"a.css\" ) screen; /* @import 'x.css'; */ @IMPORT 'b.css';\n\
                   @import url(c.css) print; @import 'd.css' screen and (max-width:9em); p{} @import 'e.css';";
        assert_eq!(imports(css), ["a.css", "b.css"]);
        assert!(imports("@import ;@import url(;@import").is_empty());
        let mut sheet = Sheet::of(".t{font-weight:bold} .i{font-size:2em}");
        sheet.import(Sheet::of(".t{font-weight:normal;font-size:2em}"));
        assert_eq!(sheet.letters("p", "t", None).within(USUAL, false), (2 * USUAL, true));
    }

    #[test]
    fn so_many_rules_of_a_sheet_are_read() {
        for (before, read) in [(MOST_RULES - 2, true), (MOST_RULES - 1, true), (MOST_RULES, false)] {
            check(&format!("{}p{{font-weight:bold}}", "a{}".repeat(before)), (1000, read));
        }
    }

    #[test]
    fn sizes_of_what_is_around_are_shares_of_it() {
        assert_eq!(Letters::of("font-size: 2em").within(500, true), (1000, true));
        assert_eq!(Letters::usual("h2").within(800, false), (1200, true));
    }
}
