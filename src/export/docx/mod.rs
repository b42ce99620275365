//! Notes for word processors (Office Open XML, ECMA-376), and what the exports of comparisons share with them.
//!
//! A writer of our own: the format needs few parts here, and the crates that write it know neither the languages of
//! East Asian text, nor rows that stay together, nor comments that overlap.

mod commented;
pub(in crate::export) mod package;
mod quotations;
mod rich;
pub(in crate::export) mod styles;
pub(in crate::export) mod xml;

pub use commented::to_docx_with_comments;
pub use quotations::to_docx;

use crate::notes::Colour;

/// What lies behind what was highlighted in a colour, in six hexadecimal digits.
fn shade(colour: Colour) -> &'static str {
    match colour {
        Colour::Yellow => "FFF1B8",
        Colour::Green => "D3EFD4",
        Colour::Blue => "D5E4FB",
        Colour::Pink => "FBD9E8",
        Colour::Purple => "E7DBF5",
    }
}

/// The styles of headings, as word processors call them, the highest first.
fn heading_styles() -> Vec<String> {
    let sizes = [(1, 30), (2, 27), (3, 25), (4, 23), (5, 22), (6, 21)];
    let style = |(level, size): (usize, u32)| {
        let layout = format!(
            "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"80\"/><w:outlineLvl w:val=\"{}\"/>",
            level - 1
        );
        let look = format!("<w:b/><w:sz w:val=\"{size}\"/>");
        styles::named_style(&format!("Heading{level}"), &format!("heading {level}"), "Normal", &layout, &look)
    };
    sizes.into_iter().map(style).collect()
}

/// The style of a heading of that level, from 1.
fn heading_style(level: u8) -> String {
    format!("Heading{}", level.clamp(1, 6))
}
