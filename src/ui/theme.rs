//! The colours and distances of the window, by name.
//!
//! Every colour that is drawn anywhere in the window is a token of this file. Three sets of them: light,
//! dark, and paper. In each, text can be read on everything that is drawn beneath it: the contrast is at
//! least 4.5 to 1 (WCAG 2.2, success criterion 1.4.3), which the tests below hold.

use egui::{Color32, CornerRadius, Stroke, Visuals};

use crate::compare::Verdict;
use crate::notes::Colour;
use crate::session::Theme;

/// The colours of one theme.
#[derive(Clone, PartialEq, Debug)]
pub struct Tokens {
    /// Whether text is lighter than what it stands on.
    pub dark: bool,
    /// What the text of documents stands on.
    pub page: Color32,
    /// What menus, lists and buttons stand on.
    pub panel: Color32,
    /// Beneath the text of a box (專欄).
    pub boxed: Color32,
    /// Text.
    pub text: Color32,
    /// Text that steps back: bylines, what was set aside, hints.
    pub quiet: Color32,
    /// Lines between things, frames.
    pub line: Color32,
    /// What can be clicked, what is chosen, the frame of what is in focus.
    pub accent: Color32,
    /// Something to look at.
    pub warning: Color32,
    /// Something that failed.
    pub error: Color32,
    /// Beneath highlighted text, in the order of [`Colour::ALL`].
    pub highlights: [Color32; 5],
    /// Over whatever is beneath selected text; it lets three tenths of that through.
    pub selection: Color32,
    /// Beneath text that was found.
    pub hit: Color32,
    /// Beneath the text that was found and that the reader is at.
    pub current_hit: Color32,
    /// The line under doubtful characters.
    pub doubt: Color32,
    /// Ribbons, stripes and signs of links, in the order of [`Verdict::ALL`].
    pub verdicts: [Color32; 3],
    /// The line under words that stand on one side only.
    pub different: Color32,
    /// The line under words that stand elsewhere on the other side.
    pub moved: Color32,
}

/// How much the colour of a link covers of the page beneath the wording that it shares.
pub const SHARED_GROUND: f32 = 0.18;

/// How much of what lies beneath a selection is covered, of 255.
const SELECTION_COVERS: u8 = 178;

impl Tokens {
    /// The colours of a theme; `system_is_dark` decides for [`Theme::System`].
    pub fn of(theme: Theme, system_is_dark: bool) -> &'static Tokens {
        match (theme, system_is_dark) {
            (Theme::Dark, _) | (Theme::System, true) => &DARK,
            (Theme::Light, _) | (Theme::System, false) => &LIGHT,
            (Theme::Paper, _) => &PAPER,
        }
    }

    /// The colours of a theme in this window: [`Theme::System`] as the system has it now.
    pub fn in_window(theme: Theme, context: &egui::Context) -> &'static Tokens {
        Self::of(theme, context.system_theme() == Some(egui::Theme::Dark))
    }

    /// What is drawn beneath highlighted text.
    pub fn highlight(&self, colour: Colour) -> Color32 {
        let [yellow, green, blue, pink, purple] = self.highlights;
        match colour {
            Colour::Yellow => yellow,
            Colour::Green => green,
            Colour::Blue => blue,
            Colour::Pink => pink,
            Colour::Purple => purple,
        }
    }

    /// The colour of links with this verdict.
    pub fn verdict(&self, verdict: Verdict) -> Color32 {
        let [same, revised, theme] = self.verdicts;
        match verdict {
            Verdict::Same => same,
            Verdict::Revised => revised,
            Verdict::Theme => theme,
        }
    }
}

static LIGHT: Tokens = Tokens {
    dark: false,
    page: colour(0xfd_fd_fc),
    panel: colour(0xf3_f4_f6),
    boxed: colour(0xf3_f5_f9),
    text: colour(0x1b_1c_20),
    quiet: colour(0x4a_4e_56),
    line: colour(0xd5_d8_de),
    accent: colour(0x1d_58_b0),
    warning: colour(0x8a_52_00),
    error: colour(0xb3_26_1e),
    highlights: [
        colour(0xff_e2_7a),
        colour(0xbf_e8_ae),
        colour(0xb9_da_fb),
        colour(0xfb_c4_d4),
        colour(0xdc_cd_f8),
    ],
    selection: covering(0x8f_ba_f5),
    hit: colour(0xff_d2_a1),
    current_hit: colour(0xff_9f_45),
    doubt: colour(0xc0_47_1d),
    verdicts: [colour(0x0b_6e_65), colour(0xb0_4a_08), colour(0x6a_3f_c0)],
    different: colour(0xb0_20_20),
    moved: colour(0x1d_58_b0),
};

static DARK: Tokens = Tokens {
    dark: true,
    page: colour(0x17_19_1c),
    panel: colour(0x1f_22_26),
    boxed: colour(0x1e_22_27),
    text: colour(0xdc_df_e4),
    quiet: colour(0xb9_be_c6),
    line: colour(0x3a_3f_46),
    accent: colour(0x86_b6_ff),
    warning: colour(0xe8_b4_5a),
    error: colour(0xff_8f_85),
    highlights: [
        colour(0x57_46_00),
        colour(0x1f_4a_28),
        colour(0x17_40_68),
        colour(0x66_25_40),
        colour(0x45_33_6e),
    ],
    selection: covering(0x2c_5f_a8),
    hit: colour(0x5e_3f_0c),
    current_hit: colour(0x7d_43_00),
    doubt: colour(0xf0_8a_5d),
    verdicts: [colour(0x4f_c6_b6), colour(0xf2_a4_52), colour(0xb9_9d_f7)],
    different: colour(0xff_8f_85),
    moved: colour(0x86_b6_ff),
};

static PAPER: Tokens = Tokens {
    dark: false,
    page: colour(0xf6_ee_dc),
    panel: colour(0xec_e2_cb),
    boxed: colour(0xf0_e6_d0),
    text: colour(0x33_28_1a),
    quiet: colour(0x54_46_30),
    line: colour(0xd2_c4_a6),
    accent: colour(0x7f_42_10),
    warning: colour(0x7a_4a_00),
    error: colour(0x9c_2a_1c),
    highlights: [
        colour(0xf2_d6_6c),
        colour(0xc5_db_9a),
        colour(0xb5_d0_dc),
        colour(0xef_bb_af),
        colour(0xd7_c3_df),
    ],
    selection: covering(0x92_b3_d6),
    hit: colour(0xf3_c1_87),
    current_hit: colour(0xe8_9a_4a),
    doubt: colour(0xa8_3a_12),
    verdicts: [colour(0x17_66_54), colour(0x94_47_08), colour(0x66_43_98)],
    different: colour(0x9c_2a_1c),
    moved: colour(0x2a_5a_8c),
};

/// Distances of the window, in points.
pub mod distance {
    /// Between things that belong together.
    pub const SMALL: f32 = 4.0;
    /// Between one thing and the next.
    pub const MEDIUM: f32 = 8.0;
    /// Between groups, and around panels.
    pub const LARGE: f32 = 16.0;
}

/// Draws the window's buttons, lists and menus in a theme. Cheap where nothing changed.
pub fn apply(context: &egui::Context, tokens: &'static Tokens) {
    let place = egui::Id::unique("tokens of the theme");
    let before: Option<&'static Tokens> = context.data(|data| data.get_temp(place));
    if before.is_some_and(|before| std::ptr::eq(before, tokens)) {
        return;
    }
    context.data_mut(|data| data.insert_temp(place, tokens));
    context.set_theme(if tokens.dark { egui::Theme::Dark } else { egui::Theme::Light });
    context.global_style_mut(|style| {
        style.visuals = visuals(tokens);
        style.spacing.item_spacing = egui::vec2(distance::MEDIUM, distance::MEDIUM - 2.0);
        style.spacing.button_padding = egui::vec2(distance::MEDIUM, distance::SMALL);
    });
}

fn visuals(tokens: &Tokens) -> Visuals {
    let mut visuals = if tokens.dark { Visuals::dark() } else { Visuals::light() };
    visuals.panel_fill = tokens.panel;
    visuals.window_fill = tokens.panel;
    visuals.window_stroke = Stroke::new(1.0, tokens.line);
    visuals.extreme_bg_color = tokens.page;
    visuals.faint_bg_color = tokens.boxed;
    visuals.code_bg_color = tokens.boxed;
    visuals.hyperlink_color = tokens.accent;
    visuals.warn_fg_color = tokens.warning;
    visuals.error_fg_color = tokens.error;
    visuals.weak_text_color = Some(tokens.quiet);
    visuals.selection.bg_fill = tokens.selection;
    visuals.selection.stroke = Stroke::new(1.0, tokens.text);
    visuals.text_cursor.stroke.color = tokens.accent;
    colour_widgets(&mut visuals.widgets, tokens);
    visuals
}

fn colour_widgets(widgets: &mut egui::style::Widgets, tokens: &Tokens) {
    let states = [
        (&mut widgets.noninteractive, tokens.panel, tokens.line),
        (&mut widgets.inactive, mix(tokens.line, tokens.panel, 0.45), tokens.line),
        (&mut widgets.hovered, mix(tokens.line, tokens.panel, 0.8), tokens.quiet),
        (&mut widgets.active, tokens.line, tokens.accent),
        (&mut widgets.open, mix(tokens.line, tokens.panel, 0.6), tokens.line),
    ];
    for (state, fill, frame) in states {
        state.bg_fill = fill;
        state.weak_bg_fill = fill;
        state.bg_stroke = Stroke::new(1.0, frame);
        state.fg_stroke = Stroke::new(1.0, tokens.text);
        state.corner_radius = CornerRadius::same(4);
    }
    widgets.inactive.bg_stroke = Stroke::NONE;
    // Radio buttons, check boxes and sliders are drawn by their ground alone.
    widgets.inactive.bg_fill = mix(tokens.quiet, tokens.panel, 0.35);
}

/// `share` of one colour over the rest of another.
fn mix(above: Color32, below: Color32, share: f32) -> Color32 {
    below.lerp_to_gamma(above, share)
}

/// A colour from its hexadecimal number, as in HTML.
const fn colour(number: u32) -> Color32 {
    let [_, red, green, blue] = number.to_be_bytes();
    Color32::from_rgb(red, green, blue)
}

/// A colour that lets something of what lies beneath through.
const fn covering(number: u32) -> Color32 {
    let [_, red, green, blue] = number.to_be_bytes();
    Color32::from_rgba_premultiplied(cover(red), cover(green), cover(blue), SELECTION_COVERS)
}

#[expect(clippy::cast_possible_truncation, reason = "a share of a byte is a byte")]
const fn cover(part: u8) -> u8 {
    (part as u16 * SELECTION_COVERS as u16 / 255) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAST: f32 = 4.5;
    const THEMES: [&Tokens; 3] = [&LIGHT, &DARK, &PAPER];

    /// The contrast of two colours as WCAG 2.2 defines it, from 1 to 21.
    fn contrast(left: Color32, right: Color32) -> f32 {
        let (left, right) = (luminance(left), luminance(right));
        (left.max(right) + 0.05) / (left.min(right) + 0.05)
    }

    fn luminance(colour: Color32) -> f32 {
        let linear = egui::Rgba::from(colour);
        0.2126 * linear.r() + 0.7152 * linear.g() + 0.0722 * linear.b()
    }

    /// `above` as it looks on `below`.
    fn over(above: Color32, below: Color32) -> Color32 {
        below.blend(above)
    }

    fn check(what: &str, text: Color32, beneath: Color32) {
        let contrast = contrast(text, beneath);
        assert!(contrast >= LEAST, "{what}: {text:?} on {beneath:?} is {contrast:.2}");
    }

    #[test]
    fn contrast_is_that_of_the_standard() {
        assert!((contrast(Color32::BLACK, Color32::WHITE) - 21.0).abs() < 0.01);
        assert!((contrast(colour(0x77_77_77), Color32::WHITE) - 4.48).abs() < 0.01);
    }

    #[test]
    fn words_can_be_read_on_every_ground() {
        for tokens in THEMES {
            for ground in [tokens.page, tokens.panel, tokens.boxed] {
                for (what, text) in [
                    ("text", tokens.text),
                    ("quiet", tokens.quiet),
                    ("accent", tokens.accent),
                    ("warning", tokens.warning),
                    ("error", tokens.error),
                ] {
                    check(what, text, ground);
                }
            }
        }
    }

    #[test]
    fn text_can_be_read_on_every_mark() {
        for tokens in THEMES {
            for mark in tokens.highlights.into_iter().chain([tokens.hit]) {
                check("text on a mark", tokens.text, mark);
                check("quiet text on a mark", tokens.quiet, mark);
            }
            check("current hit", tokens.text, tokens.current_hit);
        }
    }

    #[test]
    fn selected_text_can_be_read() {
        for tokens in THEMES {
            let grounds = tokens.highlights.into_iter();
            for ground in grounds.chain([tokens.page, tokens.boxed, tokens.hit, tokens.current_hit]) {
                check("selected text", tokens.text, over(tokens.selection, ground));
            }
        }
    }

    #[test]
    fn links_and_differences_are_seen_on_every_ground() {
        for tokens in THEMES {
            for colour in tokens.verdicts.into_iter().chain([tokens.different, tokens.moved]) {
                for ground in [tokens.page, tokens.panel, tokens.boxed] {
                    check("a link", colour, ground);
                }
            }
        }
    }

    #[test]
    fn verdicts_can_be_told_apart() {
        for tokens in THEMES {
            let [same, revised, theme] = tokens.verdicts;
            for (left, right) in [(same, revised), (revised, theme), (theme, same)] {
                let distance: u32 = (0..3)
                    .map(|part| u32::from(left.to_array()[part].abs_diff(right.to_array()[part])))
                    .sum();
                assert!(distance >= 120, "{left:?} and {right:?}");
            }
        }
    }

    #[test]
    fn text_can_be_read_on_the_ground_of_shared_wording() {
        for tokens in THEMES {
            for colour in tokens.verdicts {
                let ground = colour.gamma_multiply(SHARED_GROUND);
                check("text on shared wording", tokens.text, over(ground, tokens.page));
                check("quiet text on shared wording", tokens.quiet, over(ground, tokens.page));
            }
        }
    }

    #[test]
    fn highlights_can_be_told_apart() {
        for tokens in THEMES {
            for (index, left) in tokens.highlights.iter().enumerate() {
                for right in tokens.highlights.iter().skip(index + 1).chain([&tokens.page]) {
                    let distance: u32 = (0..3)
                        .map(|part| u32::from(left.to_array()[part].abs_diff(right.to_array()[part])))
                        .sum();
                    assert!(distance >= 40, "{left:?} and {right:?}");
                }
            }
        }
    }
}
