//! The reading pane, driven as a reader does.

use duidu::document::{AsideReason, BlockKind};
use duidu::notes::{Colour, NoteId};
use duidu::session::{Command, FontChoices, InSight, Language, Mark, Motion, Selection, Settings, Theme};
use duidu::text::{Span, word_at};
use duidu::ui::fonts::Fonts;
use duidu::ui::reading::{PaneState, reading_ui};
use duidu::ui::theme::Tokens;
use duidu::ui::words::Words;
use egui::{Key, Modifiers, Pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use uuid::Uuid;

use crate::painter::Painter;
use crate::plain::Plain;

struct Reading {
    plain: Plain,
    settings: Settings,
    pane: PaneState,
    fonts: Option<Fonts>,
    commands: Vec<Command>,
}

fn reading(plain: Plain) -> Reading {
    let settings = Settings { theme: Theme::Light, column_width: 20.0, ..Settings::default() };
    Reading { plain, settings, pane: PaneState::default(), fonts: None, commands: Vec::new() }
}

fn draw(ui: &mut egui::Ui, state: &mut Reading) {
    if let Some(fonts) = &mut state.fonts {
        fonts.update(ui.ctx(), &FontChoices::default(), Language::English);
    }
    let words = Words::of(Language::English);
    let commands = reading_ui(ui, &state.plain, &state.settings, words, &mut state.pane);
    state.commands.extend(commands);
}

fn harness(plain: Plain) -> Harness<'static, Reading> {
    let builder = Harness::builder().with_size(vec2(640.0, 480.0)).with_step_dt(0.02);
    let builder = builder.with_context_setup(|context| drop(Fonts::install(context)));
    let mut harness = builder.build_ui_state(draw, reading(plain));
    harness.run();
    // What is in sight at first is no news to any test.
    told(&mut harness);
    harness
}

/// Many paragraphs, each of which says its number.
fn village(count: usize) -> Plain {
    let texts: Vec<String> = (0..count)
        .map(|number| {
            format!("第{number}戶人家在河邊種了三棵柳樹，春天的時候孩子們在樹下讀書，老人們在堤上散步。")
        })
        .collect();
    Plain::new(texts.iter().map(|text| (BlockKind::Paragraph, text.as_str())))
}

fn label(number: usize) -> String {
    format!("第{number}戶人家在河邊種了三棵柳樹，春天的時候孩子們在樹下讀書，老人們在堤上散步。")
}

fn told(harness: &mut Harness<'_, Reading>) -> Vec<Command> {
    std::mem::take(&mut harness.state_mut().commands)
}

fn reached(harness: &mut Harness<'_, Reading>) -> Vec<InSight> {
    let told = told(harness).into_iter();
    told.filter_map(|command| if let Command::Reached(in_sight) = command { Some(in_sight) } else { None })
        .collect()
}

fn top(harness: &Harness<'_, Reading>, label: &str) -> f32 {
    harness.get_by_label(label).rect().top()
}

#[test]
fn blocks_are_found_by_their_text() {
    let harness = harness(Plain::new([
        (BlockKind::Title, "村中讀書倡議"),
        (BlockKind::Paragraph, "春天到了。"),
        (BlockKind::Aside(AsideReason::Navigation), "首頁 下一頁"),
    ]));
    harness.get_by_role_and_label(egui::accesskit::Role::Heading, "村中讀書倡議");
    harness.get_by_role_and_label(egui::accesskit::Role::Paragraph, "春天到了。");
    assert!(harness.query_by_label("首頁 下一頁").is_none());
}

#[test]
fn only_what_is_in_sight_is_asked_for() {
    let harness = harness(village(100_000));
    assert!(harness.state().plain.asked.get() < 60, "{}", harness.state().plain.asked.get());
    harness.get_by_label(&label(0));
}

#[test]
fn the_wheel_scrolls_and_tells() {
    let mut harness = harness(village(500));
    harness.hover_at(Pos2::new(300.0, 200.0));
    harness.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: vec2(0.0, -900.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    });
    harness.run_steps(60);
    assert!(harness.query_by_label(&label(0)).is_none());
    assert!(reached(&mut harness).last().unwrap().first > 0);
}

#[test]
fn keys_go_to_the_end_and_back() {
    let mut harness = harness(village(3_000));
    harness.key_press(Key::End);
    harness.run();
    harness.get_by_label(&label(2_999));
    harness.key_press(Key::PageUp);
    harness.run();
    assert!(harness.query_by_label(&label(2_999)).is_none());
    harness.key_press(Key::Home);
    harness.run();
    harness.get_by_label(&label(0));
}

#[test]
fn the_end_is_told_when_it_is_in_sight() {
    let mut harness = harness(village(300));
    harness.key_press(Key::End);
    harness.run();
    let end = harness.state().plain.find(&label(299)).end();
    let last = *reached(&mut harness).last().unwrap();
    assert_eq!(last.last, end);
    assert!(last.first <= last.read && last.read < last.last, "{last:?}");
}

#[test]
fn a_place_is_returned_to_line_by_line() {
    let mut harness = harness(village(300));
    let inside = harness.state().plain.find("第77戶").start()
        + "第77戶人家在河邊種了三棵柳樹，春天的時候".len() as u32;
    for _ in 0..2 {
        harness.state_mut().pane.return_to(inside);
        harness.run();
        let first = reached(&mut harness).last().unwrap().first;
        let line = harness.state().plain.find("第77戶").start()..=inside;
        assert!(line.contains(&first) && first > *line.start(), "{first}");
        harness.state_mut().pane = PaneState::default();
    }
}

#[test]
fn the_text_has_the_keyboard_and_its_keys() {
    let mut harness = harness(village(300));
    let all = [
        (Modifiers::COMMAND, Key::End, Motion::DocumentEnd, false),
        (Modifiers::COMMAND | Modifiers::SHIFT, Key::Home, Motion::DocumentStart, true),
        (Modifiers::COMMAND | Modifiers::SHIFT, Key::ArrowRight, Motion::NextWord, true),
        (Modifiers::COMMAND | Modifiers::SHIFT, Key::ArrowLeft, Motion::PreviousWord, true),
        (Modifiers::COMMAND, Key::ArrowRight, Motion::NextWord, false),
        (Modifiers::NONE, Key::ArrowRight, Motion::NextCharacter, false),
    ];
    for (modifiers, key, motion, extend) in all {
        harness.key_press_modifiers(modifiers, key);
        harness.run();
        assert_eq!(told(&mut harness), [Command::MoveCursor { motion, extend }]);
    }
}

/// Where the keys sent the cursor, once the pane follows them.
fn sent_to(harness: &mut Harness<'_, Reading>, key: Key) -> u32 {
    harness.key_press_modifiers(Modifiers::SHIFT, key);
    harness.run();
    let told = told(harness);
    let to = match told[..] {
        [Command::MoveCursor { motion: Motion::To(to), extend: true }] => Some(to),
        _ => None,
    };
    let to = to.unwrap();
    harness.state_mut().plain.selection.focus = to;
    to
}

#[test]
fn shift_with_home_and_end_selects_to_the_ends_of_the_line() {
    let mut harness = harness(village(30));
    let text = harness.state().plain.document.text().to_string();
    let start = harness.state().plain.find("戶人家").start();
    harness.state_mut().plain.selection = Selection { anchor: start, focus: start };
    let end = sent_to(&mut harness, Key::End);
    let line = Span::new(0, end).of(&text).unwrap().chars().count();
    assert!((16..=19).contains(&line), "20 wide, indented by two: {line}");
    assert_eq!(sent_to(&mut harness, Key::End), end, "once more goes no further");
    let below = sent_to(&mut harness, Key::ArrowDown);
    let after = Span::new(end, below).of(&text).unwrap().chars().count();
    assert!((15..=20).contains(&after), "down from the end of a line is the end of the next: {after}");
    harness.state_mut().plain.selection.focus = end;
    assert_eq!(sent_to(&mut harness, Key::End), below, "a line that only begins here is another one");
    sent_to(&mut harness, Key::ArrowUp);
    assert_eq!(sent_to(&mut harness, Key::Home), 0);
}

#[test]
fn a_position_comes_into_sight() {
    let mut harness = harness(village(3_000));
    let position = harness.state().plain.find("第1777戶").start();
    harness.state_mut().pane.reveal(position);
    harness.run();
    let there = top(&harness, &label(1777));
    assert!((0.0..480.0).contains(&there), "{there}");
    harness.state_mut().pane.reveal(position);
    harness.run();
    assert!((top(&harness, &label(1777)) - there).abs() < 0.5, "what is in sight stays where it is");
}

#[test]
fn what_is_in_sight_stays_when_the_layout_changes() {
    let mut harness = harness(village(3_000));
    let position = harness.state().plain.find("第900戶").start();
    harness.state_mut().pane.reveal(position);
    harness.run();
    told(&mut harness);
    let first = (880..900).find(|number| harness.query_by_label(&label(*number)).is_some()).unwrap();
    let there = top(&harness, &label(first));
    for size in [30.0, 12.0, 19.0] {
        harness.state_mut().settings.text_size = size;
        harness.run();
        harness.get_by_label(&label(first));
    }
    harness.state_mut().plain.revision += 1;
    harness.run();
    harness.set_size(vec2(300.0, 480.0));
    harness.run();
    harness.get_by_label(&label(first));
    harness.set_size(vec2(640.0, 480.0));
    harness.run();
    assert!((top(&harness, &label(first)) - there).abs() < 1.0);
    let firsts: Vec<u32> = reached(&mut harness).into_iter().map(|in_sight| in_sight.first).collect();
    assert!(firsts.windows(2).all(|pair| pair[0] == pair[1]), "nothing was scrolled: {firsts:?}");
}

fn press(harness: &Harness<'_, Reading>, at: Pos2, pressed: bool, modifiers: Modifiers) {
    harness.event_modifiers(
        egui::Event::PointerButton { pos: at, button: egui::PointerButton::Primary, pressed, modifiers },
        modifiers,
    );
}

/// The middle of the character number `column` of the first line of a paragraph, indented by two.
fn character(harness: &Harness<'_, Reading>, label: &str, column: u8) -> Pos2 {
    let rect = harness.get_by_label(label).rect();
    let size = harness.state().settings.text_size;
    rect.left_top() + vec2(size * (2.0 + f32::from(column)) + size / 2.0, size * 0.9)
}

#[test]
fn dragging_selects() {
    let mut harness = harness(village(50));
    let from = character(&harness, &label(1), 2) - vec2(8.0, 0.0);
    let to = character(&harness, &label(2), 5) + vec2(8.0, 0.0);
    harness.hover_at(from);
    harness.run();
    press(&harness, from, true, Modifiers::NONE);
    harness.run();
    harness.hover_at(to);
    harness.run();
    press(&harness, to, false, Modifiers::NONE);
    harness.run();
    let text = harness.state().plain.document.text().clone();
    let Some(Command::SelectText { anchor, focus }) = told(&mut harness).into_iter().next_back() else {
        panic!("nothing was selected");
    };
    let selected = Span::new(anchor, focus).of(&text).unwrap().to_owned();
    assert!(selected.starts_with("戶人家在河邊") && selected.ends_with("第2戶人家在"), "{selected}");
}

#[test]
fn a_double_click_is_a_word_and_a_triple_one_a_paragraph() {
    let mut harness = harness(village(50));
    let at = character(&harness, &label(1), 4);
    let position = harness.state().plain.find("第1戶").start() + "第1戶人".len() as u32;
    for _ in 0..3 {
        press(&harness, at, true, Modifiers::NONE);
        press(&harness, at, false, Modifiers::NONE);
        harness.step();
    }
    let told = told(&mut harness);
    assert!(told.contains(&Command::SelectWord(position)), "{told:?}");
    assert!(told.contains(&Command::SelectParagraph(position)), "{told:?}");
}

#[test]
fn dragging_on_after_a_double_click_goes_by_words() {
    let mut harness = harness(village(50));
    let (from, to) = (character(&harness, &label(1), 4), character(&harness, &label(1), 11));
    press(&harness, from, true, Modifiers::NONE);
    press(&harness, from, false, Modifiers::NONE);
    press(&harness, from, true, Modifiers::NONE);
    harness.run();
    harness.hover_at(to);
    harness.run();
    press(&harness, to, false, Modifiers::NONE);
    harness.run();
    let start = harness.state().plain.find("第1戶").start();
    let word = |before: &str| word_at(&label(1), before.len() as u32).moved_right(start);
    let (first, last) = (word("第1戶人"), word("第1戶人家在河邊種了三"));
    let selected = told(&mut harness).into_iter().rev().find_map(|command| match command {
        Command::SelectText { anchor, focus } => Some(Span::new(anchor, focus)),
        _ => None,
    });
    assert_eq!(selected, Some(Span::new(first.start(), last.end())));
}

#[test]
fn a_click_with_shift_extends() {
    let mut harness = harness(village(50));
    harness.state_mut().plain.selection = Selection { anchor: 6, focus: 9 };
    let at = character(&harness, &label(1), 4);
    press(&harness, at, true, Modifiers::SHIFT);
    press(&harness, at, false, Modifiers::SHIFT);
    harness.run();
    let told = told(&mut harness);
    assert!(
        matches!(told.first(), Some(Command::SelectText { anchor: 6, focus }) if *focus > 100),
        "{told:?}"
    );
}

fn note(number: u128) -> NoteId {
    NoteId(Uuid::from_u128(number))
}

fn highlight(number: u128, colour: Colour) -> Mark {
    Mark::Highlight { id: note(number), colour, focused: false, linked: false, sure: true }
}

#[test]
fn clicks_go_round_among_notes() {
    let mut plain = village(50);
    let (long, short) = (plain.find("第1戶人家在河邊"), plain.find("人家在河邊種"));
    let short = Span::new(long.start() + "第1戶".len() as u32, long.start() + short.len());
    plain.marks = vec![(long, highlight(1, Colour::Yellow)), (short, highlight(2, Colour::Blue))];
    let mut harness = harness(plain);
    let at = character(&harness, &label(1), 4);
    let mut chosen = Vec::new();
    for _ in 0..3 {
        press(&harness, at, true, Modifiers::NONE);
        press(&harness, at, false, Modifiers::NONE);
        harness.run_steps(40);
        for command in told(&mut harness) {
            if let Command::ChooseNote(id) = command {
                harness.state_mut().plain.in_focus = id;
                chosen.push(id);
            }
        }
    }
    assert_eq!(chosen, [Some(note(2)), Some(note(1)), Some(note(2))]);
}

#[test]
fn the_cursor_goes_down_a_line() {
    let mut harness = harness(village(50));
    let start = harness.state().plain.find("第1戶").start();
    let inside = start + "第1戶".len() as u32;
    harness.state_mut().plain.selection = Selection { anchor: inside, focus: inside };
    harness.key_press(Key::ArrowDown);
    harness.run();
    let told = told(&mut harness);
    let Some(Command::MoveCursor { motion: Motion::To(to), extend: false }) = told.first() else {
        panic!("{told:?}");
    };
    let text = harness.state().plain.document.text().clone();
    let between = Span::new(inside, *to).of(&text).unwrap().chars().count();
    assert!((15..=21).contains(&between), "{between}");
}

#[test]
fn nothing_is_drawn_again_while_nothing_happens() {
    let mut harness = harness(village(500));
    let frames = harness.run();
    assert!(frames <= 1, "{frames}");
}

#[test]
fn a_paragraph_of_a_megabyte_opens() {
    let text = "堤岸修好以後，村裏的人每天早上都到河邊走一走。".repeat(15_000);
    let harness = harness(Plain::new([(BlockKind::Paragraph, text.as_str())]));
    assert!(harness.state().plain.asked.get() < 30);
}

/// Draws a page with everything on it, for looking at. Set `DUIDU_PICTURES` to a folder to keep it.
#[test]
fn every_kind_of_block_is_drawn_in_every_theme() {
    for theme in [Theme::Light, Theme::Dark, Theme::Paper] {
        let picture = picture(everything(), theme, [760, 1000]);
        let ground = Tokens::of(theme, false).page;
        let drawn = picture.pixels.iter().filter(|pixel| **pixel != ground).count();
        assert!(drawn > picture.pixels.len() / 50, "{theme:?}: {drawn}");
        for colour in Colour::ALL {
            let highlight = Tokens::of(theme, false).highlight(colour);
            assert!(picture.pixels.contains(&highlight), "{theme:?}: {colour:?} is not to be seen");
        }
        keep(&picture, &format!("reading-{theme:?}.png").to_lowercase());
    }
}

/// A small page with a highlight over the end of a line, compared with the picture of it that is kept. Where it
/// is meant to look different, `DUIDU_PICTURES=tests/pictures` keeps a new one: look at it first.
#[test]
fn a_small_page_looks_as_it_did() {
    let text = "書車每個星期三開到村口，孩子們早早等在樹下。車門一開，人人都伸長了脖子。";
    let mut plain =
        Plain::new([(BlockKind::Heading { level: 2 }, "（一）書車"), (BlockKind::Paragraph, text)]);
    let mark =
        Mark::Highlight { id: note(1), colour: Colour::Green, focused: false, linked: false, sure: true };
    plain.marks.push((plain.find("孩子們早早等在樹下"), mark));
    let picture = picture(plain, Theme::Light, [360, 180]);
    keep(&picture, "small-page.png");
    let kept = read_picture(include_bytes!("../pictures/small-page.png"));
    assert_eq!(picture.size, kept.size);
    let other = picture.pixels.iter().zip(&kept.pixels).filter(|(now, then)| differ(**now, **then)).count();
    assert!(other * 500 <= kept.pixels.len(), "{other} of {} pixels are different", kept.pixels.len());
}

/// Whether two pixels differ by more than rounding.
fn differ(left: egui::Color32, right: egui::Color32) -> bool {
    left.to_array().iter().zip(right.to_array()).any(|(left, right)| left.abs_diff(right) > 24)
}

fn read_picture(bytes: &[u8]) -> egui::ColorImage {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    egui::ColorImage::from_rgba_premultiplied([info.width as usize, info.height as usize], &pixels)
}

fn everything() -> Plain {
    let mut plain = Plain::new([
        (BlockKind::Title, "修河讀書：兩村共同倡議"),
        (BlockKind::Byline, "柳岸村與石橋村，二〇二五年春"),
        (BlockKind::Heading { level: 1 }, "一、為什麼要修河"),
        (
            BlockKind::Paragraph,
            "河水從山上下來，經過石橋，流進田裏。每年夏天水漲的時候，兩岸的人都睡不好覺。「修河不是一家的事，」村長說，「是大家的事。」於是兩個村子坐在一起，商量了三個晚上，寫下了這份倡議。",
        ),
        (BlockKind::Heading { level: 2 }, "（一）先做什麼"),
        (
            BlockKind::ListItem { depth: 0 },
            "1. 把堤岸加高半尺，用石頭和柳枝，不用水泥，讓魚和鳥都有地方住，也讓孩子們可以走到水邊。",
        ),
        (BlockKind::ListItem { depth: 0 }, "種柳樹三百棵。"),
        (BlockKind::ListItem { depth: 1 }, "每戶三棵，自己澆水。"),
        (
            BlockKind::Quotation,
            "老人說：水有水的路，人有人的路，兩條路要商量着走。這句話後來刻在橋頭的石頭上，過路的人都停下來讀一讀。",
        ),
        (BlockKind::TableRow, "村\t戶數\t柳樹"),
        (BlockKind::TableRow, "柳岸\t一百二十\t三百六十"),
        (BlockKind::Preformatted, "for tree in village:\n    plant(tree)"),
        (BlockKind::Footnote, "① 一尺約三十三厘米。"),
        (BlockKind::Aside(AsideReason::Navigation), "首頁 | 上一頁 | 下一頁"),
    ]);
    plain.asides = true;
    let words = [
        "河水從山上下來",
        "經過石橋，流進田裏。每年夏天水漲",
        "每年夏天水漲的時候",
        "修河不是一家的事",
        "坐在一起",
    ];
    for ((words, colour), number) in words.into_iter().zip(Colour::ALL).zip(0..) {
        let mark =
            Mark::Highlight { id: note(number), colour, focused: number == 3, linked: false, sure: true };
        plain.marks.push((plain.find(words), mark));
    }
    plain.marks.push((plain.find("這份倡議"), Mark::Doubt));
    plain.marks.push((plain.find("柳枝"), Mark::Hit));
    plain.marks.push((plain.find("水邊"), Mark::CurrentHit));
    let bookmark = plain.find("老人說").start();
    plain.marks.push((Span::at(bookmark), Mark::Bookmark { id: note(9) }));
    let selected = plain.find("過路的人都停下來");
    plain.selection = Selection { anchor: selected.start(), focus: selected.end() };
    plain
}

fn picture(plain: Plain, theme: Theme, size: [usize; 2]) -> egui::ColorImage {
    let context = egui::Context::default();
    let fonts = Fonts::install(&context);
    let mut state = reading(plain);
    state.fonts = Some(fonts);
    state.settings.theme = theme;
    state.settings.column_width = 32.0;
    let mut painter = Painter::default();
    let mut last = None;
    for _ in 0..3 {
        let screen = egui::Rect::from_min_size(Pos2::ZERO, vec2(size[0] as f32, size[1] as f32));
        let input = egui::RawInput { screen_rect: Some(screen), ..Default::default() };
        let mut output = context.run_ui(input, |ui| draw(ui, &mut state));
        painter.take(&mut output.textures_delta);
        last = Some(output);
    }
    painter.paint(&context, &last.unwrap(), size)
}

fn keep(picture: &egui::ColorImage, name: &str) {
    let Some(folder) = std::env::var_os("DUIDU_PICTURES") else { return };
    let file = std::fs::File::create(std::path::Path::new(&folder).join(name)).unwrap();
    let [width, height] = picture.size.map(|side| u32::try_from(side).unwrap());
    let mut encoder = png::Encoder::new(file, width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let bytes: Vec<u8> = picture.pixels.iter().flat_map(egui::Color32::to_array).collect();
    encoder.write_header().unwrap().write_image_data(&bytes).unwrap();
}
