//! Tables of contents: each line is a title, leaders, and the number of a page.

use std::ops::Range;

use crate::text::number_at_start;

/// What leads the eye from a title to its page.
const LEADERS: &str = ".．…·‥⋯・";
/// So many leaders make an entry; below another one fewer do.
const LEAST: usize = 4;
const LEAST_BELOW: usize = 2;
/// Numbers of pages have at most so many characters, with what stands around them.
pub(super) const LONGEST: usize = 8;

/// Where the leaders of an entry stand, with the blanks around them; `None` where a text is no entry.
pub(super) fn leaders(text: &str, below_an_entry: bool) -> Option<Range<usize>> {
    let is_lead = |found: char| LEADERS.contains(found) || found.is_whitespace();
    let before_page = text.trim_end().rfind(is_lead)?;
    let start_of_page = text.get(before_page..)?.chars().next()?.len_utf8() + before_page;
    let title = text.get(..start_of_page)?.trim_end_matches(is_lead);
    let led = text.get(title.len()..start_of_page)?;
    let count = led.chars().filter(|found| LEADERS.contains(*found)).count();
    let least = if below_an_entry { LEAST_BELOW } else { LEAST };
    let is_entry = count >= least && !title.trim().is_empty() && is_page(text.get(start_of_page..)?.trim());
    is_entry.then_some(title.len()..start_of_page)
}

/// Whether what a glyph says leads the eye.
pub(super) fn is_leader(says: &str) -> bool {
    !says.is_empty() && says.chars().all(|found| LEADERS.contains(found))
}

/// Whether a text is the number of a page and nothing else: 12, xii, (12), -12-.
pub(super) fn is_page(text: &str) -> bool {
    let inner = text.trim_matches(|found: char| "()（）-–—·".contains(found));
    let roman = !inner.is_empty() && inner.chars().all(|found| "ivxlcIVXLC".contains(found));
    let is_number = number_at_start(inner).is_some_and(|(_, rest)| rest.is_empty());
    text.chars().count() <= LONGEST && (roman || is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaders_stand_between_a_title_and_its_page() {
        let check = |text: &str, below: bool, expected: Option<&str>| {
            let parts =
                |place: Range<usize>| Some([text.get(..place.start)?, text.get(place.end..)?].join("|"));
            let shown = leaders(text, below).and_then(parts);
            assert_eq!(shown.as_deref(), expected, "{text}");
        };
        check("第一章　總則........12", false, Some("第一章　總則|12"));
        check("第一章 总则 …………… （3）", false, Some("第一章 总则|（3）"));
        check("Preface . . . . . . . xii", false, Some("Preface|xii"));
        check("一、開渠··· ···二十", false, Some("一、開渠|二十"));
        check("第一章……3", false, None);
        check("第一章……3", true, Some("第一章|3"));
        check("他等了很久......", false, None);
        check("......12", false, None);
        check("版本 1.2.3.4", true, None);
        check("河水 12", true, None);
    }
}
