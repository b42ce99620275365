//! Two documents read against each other, driven through labels.

use std::path::PathBuf;

use duidu::compare::{Side, Verdict};
use duidu::session::{CompareStage, Comparing, Listed, Reader, Session};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};

use crate::trial::Trial;

/// A plan and the report on it: one sentence stands in both, one was revised, and each has something of its own.
const PLAN: &str = "\
河岸圖書館計劃

一、開放時間
　　河岸圖書館每天清晨六點開門，深夜十一點關門，讓上夜班的工人下班以後也能進來看書歇腳。

二、借閱
　　每位居民一次可以借閱十本書，借期三十天，到期以後可以在櫃檯或者電話裡續借兩次。

三、燈塔
　　館前的舊燈塔修好以後改成兒童天文臺，每逢月圓之夜由退休船長教孩子們辨認星座和潮汐。

四、義工
　　暑假期間招募四十名義工，分成早晚兩班整理書架、朗讀故事、修補破損的舊書。
";

/// Written in the other script, in another order.
const REPORT: &str = "\
河岸图书馆报告

一、义工
　　暑假期间招募了三十六名义工，分成早晚两班整理书架、朗读故事、修补破损的旧书。

二、开放时间
　　河岸图书馆每天清晨六点开门，深夜十一点关门，让上夜班的工人下班以后也能进来看书歇脚。

三、咖啡
　　地下室新添了一台磨豆机，咖啡的香味一直飘到街角，路过的邮差说比车站的便宜一半。
";

/// A window with these two texts open, the second in front.
fn with(left: &str, right: &str) -> (Trial, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let paths: Vec<PathBuf> = [("plan.txt", left), ("report.txt", right)]
        .into_iter()
        .map(|(name, text)| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        })
        .collect();
    let mut trial = Trial::new();
    for path in &paths {
        trial.drop_files(&[path]);
        trial.until("it is open", |session| session.reader().is_some_and(Reader::complete));
    }
    (trial, folder)
}

/// The plan on the left, the report on the right, compared.
fn compared(left: &str, right: &str) -> (Trial, tempfile::TempDir) {
    let (mut trial, folder) = with(left, right);
    trial.press(Key::F2);
    trial.click_role(Role::ComboBox, "Left document");
    let first = trial.session().tabs()[0].title();
    click_last(&mut trial, &first);
    trial.click("Read against each other");
    trial.until("they are compared", |session| {
        session.comparison_in_front().is_some_and(|front| *front.stage() == CompareStage::Ready)
    });
    (trial, folder)
}

fn front(trial: &Trial) -> &Comparing {
    trial.session().comparison_in_front().unwrap()
}

/// Clicks what was drawn last of the things of that name: a line of a list that lies over the button of the list.
fn click_last(trial: &mut Trial, name: &str) {
    trial.harness().get_all_by_label(name).last().unwrap().click();
    trial.settle();
}

/// Frames until something holds of the comparison in front.
fn until(trial: &mut Trial, what: &str, holds: impl Fn(&Comparing) -> bool) {
    trial.until(what, |session| session.comparison_in_front().is_some_and(&holds));
}

/// Paragraphs of characters without meaning, each unlike every other: the number says which characters.
fn paragraph(number: u32) -> String {
    let character = |place: u32| {
        let mut mixed = number * 97 + place + 1;
        for _ in 0..2 {
            mixed = (mixed ^ (mixed >> 16)).wrapping_mul(0x045d_9f3b);
        }
        char::from_u32(0x4e00 + (mixed ^ (mixed >> 16)) % 6_000).unwrap()
    };
    (0..90).map(character).chain(['。', '\n']).collect()
}

/// Where something first stands in a document of a side.
fn position(trial: &Trial, side: Side, words: &str) -> u32 {
    let result = front(trial).result().unwrap();
    let found = result.part(side).document().text().find(words).unwrap();
    u32::try_from(found).unwrap()
}

/// What of a side is in sight.
fn in_sight(trial: &Trial, side: Side) -> std::ops::Range<u32> {
    let in_sight = front(trial).side(side).in_sight;
    in_sight.first..in_sight.last
}

/// Turns the wheel over a side by so many points, a little in each frame.
fn wheel(trial: &mut Trial, side: Side, points: f32) {
    let x = if side == Side::Left { 450.0 } else { 900.0 };
    trial.harness().hover_at(egui::pos2(x, 400.0));
    for _ in 0..20 {
        let delta = egui::vec2(0.0, -points / 20.0);
        let (unit, source) = (egui::MouseWheelUnit::Point, egui::MouseWheelSource::Wheel);
        let (phase, modifiers) = (egui::TouchPhase::Move, Modifiers::NONE);
        trial.harness().event(egui::Event::MouseWheel { unit, delta, phase, modifiers, source });
        trial.harness().step();
    }
    rest(trial);
}

/// Frames until nothing moves any more.
fn rest(trial: &mut Trial) {
    trial.harness().run_steps(90);
}

/// The links as they are told of: verdict, and how each side begins.
fn links(trial: &Trial) -> Vec<(Verdict, String, String)> {
    let comparing = front(trial);
    let result = comparing.result().unwrap();
    let text = |side, block| {
        let document = result.part(side).document();
        document.block(block).unwrap().span.of(document.text()).unwrap().chars().take(6).collect::<String>()
    };
    let link = |link: &duidu::compare::Link| {
        (link.verdict, text(Side::Left, link.left[0]), text(Side::Right, link.right[0]))
    };
    result.links().iter().map(link).collect()
}

#[test]
fn two_documents_are_chosen_and_stand_beside_each_other() {
    let (trial, _folder) = compared(PLAN, REPORT);
    assert!(trial.shows_words("河岸圖書館每天清晨六點開門"), "{:?}", trial.names());
    assert!(trial.shows_words("河岸图书馆每天清晨六点开门"));
    assert!(trial.shows_words("Overview, Left") && trial.shows_words("Overview, Right"));
    let same = (Verdict::Same, "河岸圖書館每".to_owned(), "河岸图书馆每".to_owned());
    assert!(links(&trial).contains(&same), "{:?}", links(&trial));
}

#[test]
fn every_control_of_a_comparison_has_a_name() {
    let (mut trial, _folder) = compared(PLAN, REPORT);
    trial.press(Key::J);
    let unnamed: Vec<_> = trial
        .harness()
        .query_all_by(|node| {
            let role = node.role();
            matches!(role, Role::Button | Role::ComboBox | Role::Slider | Role::TextInput | Role::CheckBox)
        })
        .filter(|node| node.accesskit_node().label().is_none_or(|label| label.trim().is_empty()))
        .map(|node| format!("{:?}", node.accesskit_node().role()))
        .collect();
    assert!(unnamed.is_empty(), "{unnamed:?}");
}

#[test]
fn the_next_link_is_chosen_shown_on_both_sides_and_let_go() {
    let (mut trial, _folder) = compared(PLAN, REPORT);
    trial.press(Key::J);
    let first = front(&trial).chosen().unwrap();
    trial.press(Key::J);
    let second = front(&trial).chosen().unwrap();
    assert_ne!(first, second);
    trial.press(Key::K);
    assert_eq!(front(&trial).chosen(), Some(first));
    assert!(trial.shows("This is the same text") && trial.shows("Confirm this link"));
    trial.press(Key::Escape);
    assert_eq!(front(&trial).chosen(), None);
}

#[test]
fn a_ribbon_is_chosen_by_its_sign() {
    let (mut trial, _folder) = compared(PLAN, REPORT);
    let ribbons: Vec<String> = trial
        .harness()
        .query_all_by_label_contains("Same text, ")
        .filter_map(|node| node.accesskit_node().label())
        .collect();
    let name = ribbons.iter().find(|name| name.contains("河岸圖書館每天")).unwrap().clone();
    click_last(&mut trial, &name);
    let chosen = front(&trial).chosen().unwrap();
    let link = front(&trial).result().unwrap().link(chosen).unwrap();
    assert_eq!(link.verdict, Verdict::Same);
}

#[test]
fn a_click_on_a_paragraph_chooses_its_link() {
    let (mut trial, _folder) = compared(PLAN, REPORT);
    let named = trial.harness().query_all_by_label_contains("分成早晚两班");
    let in_the_text = |node: &egui_kittest::Node<'_>| node.accesskit_node().role() == Role::Paragraph;
    let paragraph = named.into_iter().find(in_the_text).unwrap().rect();
    trial.harness().hover_at(paragraph.center());
    trial.harness().drag_at(paragraph.center());
    trial.harness().drop_at(paragraph.center());
    trial.settle();
    let chosen = front(&trial).chosen().unwrap();
    let link = front(&trial).result().unwrap().link(chosen).unwrap();
    assert_eq!(link.verdict, Verdict::Revised);
}

#[test]
fn differences_are_stepped_through_inside_a_link() {
    let (mut trial, _folder) = compared(PLAN, REPORT);
    trial.press(Key::D);
    let first = front(&trial).difference();
    assert!(first.is_some());
    trial.press(Key::D);
    assert_ne!((front(&trial).difference(), front(&trial).chosen()), (first, None));
}

#[test]
fn what_stands_only_here_is_stepped_through() {
    let (mut trial, _folder) = compared(PLAN, REPORT);
    let mut found = Vec::new();
    for _ in 0..12 {
        trial.press(Key::O);
        found.extend(front(&trial).only_here());
    }
    let result = front(&trial).result().unwrap();
    let holds = |words: &str| {
        found.iter().any(|&(side, block)| {
            let document = result.part(side).document();
            document.block(block).unwrap().span.of(document.text()).unwrap().contains(words)
        })
    };
    assert!(holds("舊燈塔修好以後"), "{found:?}");
    assert!(!holds("每天清晨六點"));
}

/// Two long texts that share their paragraphs in another order.
fn long_texts() -> (String, String) {
    let left: String = (0..60).map(paragraph).collect();
    let right: String = (100..130).chain(20..60).chain(0..20).map(paragraph).collect();
    (left, right)
}

#[test]
fn the_other_pane_follows_the_one_that_is_scrolled_and_does_not_lead_it() {
    let (left, right) = long_texts();
    let (mut trial, _folder) = compared(&left, &right);
    assert!(front(&trial).locked());
    wheel(&mut trial, Side::Left, 5_000.0);
    let seen = in_sight(&trial, Side::Left);
    let number = (0..60).find(|number| {
        let words: String = paragraph(*number).chars().take(20).collect();
        seen.contains(&position(&trial, Side::Left, &words))
    });
    let words: String = paragraph(number.unwrap()).chars().take(20).collect();
    let there = position(&trial, Side::Right, &words);
    assert!(in_sight(&trial, Side::Right).contains(&there), "{there} in {:?}", in_sight(&trial, Side::Right));
    let (left, right) = (in_sight(&trial, Side::Left), in_sight(&trial, Side::Right));
    rest(&mut trial);
    assert_eq!((in_sight(&trial, Side::Left), in_sight(&trial, Side::Right)), (left, right));
}

#[test]
fn without_the_lock_a_pane_stays_until_it_is_lined_up() {
    let (left, right) = long_texts();
    let (mut trial, _folder) = compared(&left, &right);
    trial.press_with(Modifiers::SHIFT, Key::L);
    assert!(!front(&trial).locked());
    let before = in_sight(&trial, Side::Right);
    wheel(&mut trial, Side::Left, 4_000.0);
    assert_eq!(in_sight(&trial, Side::Right), before);
    trial.press(Key::L);
    rest(&mut trial);
    assert_ne!(in_sight(&trial, Side::Right), before);
    assert!(in_sight(&trial, Side::Left).start > 0);
}

#[test]
fn the_overview_goes_to_a_place_and_tells_where_one_is() {
    let (left, right) = long_texts();
    let (mut trial, _folder) = compared(&left, &right);
    let bar = trial.harness().get_by_role_and_label(Role::Slider, "Overview, Left").rect();
    let low = egui::pos2(bar.center().x, bar.bottom() - 5.0);
    trial.harness().hover_at(low);
    trial.harness().drag_at(low);
    trial.harness().drop_at(low);
    rest(&mut trial);
    let end = u32::try_from(left.len()).unwrap();
    assert!(in_sight(&trial, Side::Left).end > end / 4 * 3);
}

#[test]
fn a_link_is_refused_and_the_refusal_is_undone() {
    let (mut trial, _folder) = compared(PLAN, REPORT);
    let before = links(&trial);
    trial.press(Key::J);
    trial.press(Key::R);
    until(&mut trial, "the link is gone", |comparing| {
        *comparing.stage() == CompareStage::Ready
            && comparing.result().is_some_and(|result| result.links().len() < before.len())
    });
    assert!(trial.shows("Your decisions: 1"), "{:?}", trial.names());
    trial.press_with(Modifiers::COMMAND, Key::Z);
    until(&mut trial, "the link is back", |comparing| {
        comparing.result().is_some_and(|result| result.links().len() == before.len())
    });
    assert_eq!(links(&trial), before);
}

#[test]
fn another_verdict_is_given_and_taken_back_in_the_list_of_decisions() {
    let (mut trial, _folder) = compared(PLAN, REPORT);
    trial.press(Key::J);
    let verdict = links(&trial)[0].0;
    trial.press(Key::V);
    until(&mut trial, "the verdict is another", |comparing| {
        *comparing.stage() == CompareStage::Ready
            && comparing.result().is_some_and(|result| result.links()[0].verdict != verdict)
    });
    trial.click("Your decisions: 1");
    let taken_back = trial.harness().get_by_label_contains("Take back: ");
    taken_back.click();
    until(&mut trial, "the verdict is what it was", |comparing| {
        comparing.result().is_some_and(|result| result.links()[0].verdict == verdict)
    });
}

#[test]
fn the_list_is_filtered_and_its_lines_lead_there() {
    let (mut trial, _folder) = compared(PLAN, REPORT);
    let all = front(&trial).listed().len();
    let same = format!("Same text {}", front(&trial).counts().same);
    trial.click_button(&same);
    assert!(front(&trial).listed().len() < all);
    let counts = front(&trial).counts();
    trial.click_button(&format!("Only here {} + {}", counts.only_left, counts.only_right));
    assert!(front(&trial).listed().iter().all(|listed| matches!(listed, Listed::Only(..))));
    trial.write("Filter the links", "地下室");
    let row = trial.harness().get_by_label_contains("Only here (Right): 地下室");
    row.click();
    trial.settle();
    assert_eq!(front(&trial).only_here().map(|(side, _)| side), Some(Side::Right));
    assert_eq!(front(&trial).active_side(), Side::Right);
    trial.click("Show all");
    assert_eq!(front(&trial).listed().len(), all);
}

#[test]
fn sides_are_switched_and_swapped() {
    let (mut trial, _folder) = compared(PLAN, REPORT);
    let active = front(&trial).active_side();
    trial.press(Key::F4);
    assert_eq!(front(&trial).active_side(), active.other());
    let left = front(&trial).side(Side::Left).place.clone();
    trial.press(Key::X);
    assert_eq!(front(&trial).side(Side::Right).place, left);
    until(&mut trial, "it was compared again", |comparing| *comparing.stage() == CompareStage::Ready);
    assert!(links(&trial).iter().any(|(_, left, _)| left == "河岸图书馆每"));
}

#[test]
fn each_side_has_a_script_and_a_size_of_its_own() {
    let (mut trial, _folder) = compared(PLAN, REPORT);
    trial.click("Larger text, Right");
    let [left, right] = Side::BOTH.map(|side| front(&trial).side(side).text_size);
    assert!(right.is_some() && left != right);
    trial.harness().get_by_label_contains("Script, Right").click();
    trial.settle();
    click_last(&mut trial, "Traditional");
    trial.until("it is shown in the other script", |session| {
        let id = session.comparison_in_front().unwrap().id();
        let shown = |side| session.compared(id).unwrap().pane(side).script().form;
        shown(Side::Right) != shown(Side::Left)
    });
}

#[test]
fn a_long_comparison_tells_how_far_it_is_and_can_be_stopped() {
    let left: String = (0..3_000).map(paragraph).collect();
    let right: String = (0..3_000).rev().map(paragraph).collect();
    let (mut trial, _folder) = with(&left, &right);
    trial.press(Key::F2);
    trial.click("Read against each other");
    let stop = |trial: &Trial| trial.shows("Stop comparing");
    while !stop(&trial) {
        assert_ne!(*front(&trial).stage(), CompareStage::Ready, "it was too quick to be stopped");
        trial.harness().step();
    }
    let words: String = paragraph(0).chars().take(20).collect();
    assert!(trial.shows_words(&words), "the text can be read meanwhile");
    trial.click("Stop comparing");
    assert_eq!(*front(&trial).stage(), CompareStage::Cancelled);
    assert!(trial.shows_words("The comparison was stopped"));
}

#[test]
fn texts_with_nothing_in_common_are_told_to_have_no_links() {
    let (trial, _folder) = compared(&paragraph(1), &paragraph(500));
    assert!(front(&trial).result().unwrap().links().is_empty());
    assert!(trial.shows_words("No links were found"), "{:?}", trial.names());
}

#[test]
fn one_document_alone_is_told_to_need_another_side() {
    let mut trial = Trial::new();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.txt");
    std::fs::write(&path, PLAN).unwrap();
    trial.drop_files(&[&path]);
    trial.until("it is open", |session| session.reader().is_some_and(Reader::complete));
    trial.press(Key::F2);
    assert!(trial.shows_words("Comparing needs two sides"));
}

#[test]
fn a_closed_comparison_leaves_its_documents_open() {
    let (mut trial, _folder) = compared(PLAN, REPORT);
    let id = front(&trial).id();
    trial.press_with(Modifiers::COMMAND, Key::W);
    assert!(trial.session().comparison(id).is_none());
    assert_eq!(trial.session().tabs().len(), 2);
}

#[test]
fn a_note_on_a_link_stands_on_both_sides_and_is_written_at_once() {
    let (mut trial, _folder) = compared(PLAN, REPORT);
    trial.press(Key::J);
    trial.press_with(Modifiers::SHIFT, Key::N);
    trial.settle();
    trial.harness().event(egui::Event::Text("兩邊都說".to_owned()));
    trial.settle();
    let id = front(&trial).id();
    let compared = trial.session().compared(id).unwrap();
    let left = compared.reader(Side::Left);
    let note = left.notebook().iter().next().unwrap();
    assert_eq!(note.text, "兩邊都說");
    let right = compared.pane(Side::Right);
    let marked = |index| {
        let view = right.view(duidu::document::BlockIndex::new(index)).unwrap();
        right.decorations(&view).iter().any(|one| matches!(one.mark, duidu::session::Mark::Highlight { .. }))
    };
    assert!((0..right.document().blocks().len()).any(marked));
    assert!(trial.shows_words("⇄ 河岸图书馆报告: "), "{:?}", trial.names());
    trial.press(Key::Escape);
    trial.press(Key::Escape);
    trial.press(Key::F4);
    assert!(trial.shows("Linked to this document: 1"), "{:?}", trial.names());
    assert!(!trial.shows_words("No notes yet"), "it is listed on the right too");
    assert!(trial.shows_words("⇄ 河岸圖書館計劃: "), "{:?}", trial.names());
}

#[test]
fn without_a_selection_a_note_is_on_the_chosen_link() {
    let (mut trial, _folder) = compared(PLAN, REPORT);
    trial.press(Key::J);
    trial.press(Key::N);
    trial.harness().event(egui::Event::Text("兩邊都說".to_owned()));
    trial.settle();
    let compared = trial.session().compared(front(&trial).id()).unwrap();
    let notes: Vec<_> = compared.reader(Side::Left).notebook().iter().collect();
    assert_eq!(
        notes.iter().map(|note| (&*note.text, note.answers.len())).collect::<Vec<_>>(),
        [("兩邊都說", 1)]
    );
}

#[test]
fn a_note_on_a_link_is_edited_from_the_other_side_too() {
    let (mut trial, _folder) = compared(PLAN, REPORT);
    trial.press(Key::J);
    trial.press_with(Modifiers::SHIFT, Key::N);
    trial.press(Key::Escape);
    trial.press(Key::F4);
    click_last(&mut trial, "Go to the note on 河岸圖書館計劃");
    assert_eq!(front(&trial).active_side(), Side::Left);
    trial.press(Key::F4);
    assert_eq!(front(&trial).active_side(), Side::Right);
    assert!(trial.shows_words("⇄ 河岸圖書館計劃: "), "{:?}", trial.names());
    assert!(trial.shows_words("⇄ 河岸图书馆报告: "), "{:?}", trial.names());
    trial.write_lines("Note", "從右邊寫");
    let id = front(&trial).id();
    let left = trial.session().compared(id).unwrap().reader(Side::Left);
    assert_eq!(left.notebook().iter().next().unwrap().text, "從右邊寫");
}

#[test]
fn the_menu_of_a_heading_begins_a_comparison_of_its_section() {
    let (mut trial, _folder) = with(PLAN, REPORT);
    let heading = trial.harness().get_by_role_and_label(Role::Button, "一、义工");
    heading.click_secondary();
    trial.settle();
    trial.click("Compare this section with...");
    trial.click("Read against each other");
    until(&mut trial, "they are compared", |comparing| *comparing.stage() == CompareStage::Ready);
    let section = front(&trial).side(Side::Left).section().unwrap();
    let compared = trial.session().compared(front(&trial).id()).unwrap();
    let text = compared.pane(Side::Left).view(section.first).unwrap().text.clone();
    assert!(text.starts_with("一、义工"), "{text}");
    assert!(!trial.shows_words("地下室新添了一台磨豆机"), "only the section is shown");
}

#[test]
fn the_page_of_export_offers_the_comparison() {
    let (mut trial, _folder) = compared(PLAN, REPORT);
    trial.press_with(Modifiers::COMMAND, Key::E);
    assert!(trial.shows("Export the comparison"), "{:?}", trial.names());
    assert!(
        trial.shows("Word processor (DOCX)") && trial.shows("Left column") && trial.shows("Right column")
    );
    let count = format!("Links: {}", front(&trial).result().unwrap().links().len());
    assert!(trial.shows(&count));
    let previewed = |session: &Session| session.exporting().preview.clone().and_then(Result::ok);
    trial.until("it is previewed", |session| {
        previewed(session).is_some_and(|preview| preview.text.contains("河岸图书馆"))
    });
    assert!(trial.shows("How it begins"), "{:?}", trial.names());
    trial.click_role(Role::RadioButton, "Spreadsheet (XLSX)");
    trial.until("the table is previewed", |session| {
        previewed(session).is_some_and(|preview| preview.rows.len() > 2)
    });
    // The tabs stand in the page, which is drawn last.
    trial.harness().get_all_by_label("Export notes").last().unwrap().click();
    trial.settle();
    trial.until("there are no notes to preview", |session| previewed(session).is_none());
}

#[test]
fn the_board_has_a_column_for_each_document_and_shows_who_says_nothing() {
    let (mut trial, _folder) = with(PLAN, REPORT);
    trial.press_with(Modifiers::SHIFT, Key::F2);
    trial.until("the board is there", |session| {
        session.boarding().is_some_and(|boarding| boarding.board().is_some())
    });
    assert!(trial.shows_words("Says nothing of this"));
    let cell = trial.harness().get_by_label_contains(": 河岸图书馆每天清晨六点");
    cell.click();
    trial.settle();
    assert_eq!(trial.session().page(), None);
    assert!(trial.shows_words("河岸图书馆每天清晨六点"));
}

#[test]
fn a_wide_board_keeps_its_titles_over_its_columns() {
    let (mut trial, folder) = with(PLAN, REPORT);
    for number in 0..6 {
        let path = folder.path().join(format!("more{number}.txt"));
        std::fs::write(&path, format!("第{number}份通知\n\n{PLAN}")).unwrap();
        trial.drop_files(&[&path]);
    }
    trial.until("all are open", |session| {
        session.tabs().len() == 8
            && session.tabs().iter().all(|tab| tab.reader().is_some_and(Reader::complete))
    });
    trial.press_with(Modifiers::SHIFT, Key::F2);
    trial.until("the board is there", |session| {
        session.boarding().is_some_and(|boarding| boarding.board().is_some())
    });
    let second = trial.session().tabs()[1].title();
    let cell = |trial: &mut Trial| {
        let named = format!("{second}: ");
        let cells = trial.harness().query_all_by_label_contains(&named);
        cells.map(|node| node.rect()).next().unwrap()
    };
    let before = cell(&mut trial);
    trial.harness().hover_at(egui::pos2(600.0, 400.0));
    for _ in 0..10 {
        let (unit, source) = (egui::MouseWheelUnit::Point, egui::MouseWheelSource::Wheel);
        let (phase, modifiers) = (egui::TouchPhase::Move, Modifiers::NONE);
        let delta = egui::vec2(-6.0, 0.0);
        trial.harness().event(egui::Event::MouseWheel { unit, delta, phase, modifiers, source });
        trial.harness().step();
    }
    rest(&mut trial);
    let after = cell(&mut trial);
    assert!(after.left() < before.left() - 20.0, "{before} {after}");
    let titles = trial.harness().query_all_by_role_and_label(Role::Label, &second);
    let middles: Vec<f32> = titles.map(|title| title.rect().center().x).collect();
    let over = |middle: &f32| (middle - after.center().x).abs() < 10.0;
    assert!(middles.iter().any(over), "{middles:?} {after}");
}

/// Clicks on a paragraph and selects the characters behind.
fn select_some(trial: &mut Trial, words: &str) {
    let named = trial.harness().query_all_by_label_contains(words);
    let in_the_text = |node: &egui_kittest::Node<'_>| node.accesskit_node().role() == Role::Paragraph;
    let paragraph = named.into_iter().find(in_the_text).unwrap().rect();
    trial.harness().hover_at(paragraph.center());
    trial.harness().drag_at(paragraph.center());
    trial.harness().drop_at(paragraph.center());
    trial.settle();
    for _ in 0..3 {
        trial.press_with(Modifiers::SHIFT, Key::ArrowRight);
    }
    assert!(trial.reader().selection().is_some());
}

#[test]
fn two_selections_are_linked_by_hand_and_the_link_is_listed_as_the_readers() {
    let (mut trial, _folder) = compared(PLAN, REPORT);
    select_some(&mut trial, "館前的舊燈塔修好以後");
    select_some(&mut trial, "地下室新添了一台磨豆机");
    trial.press(Key::A);
    until(&mut trial, "the link is there", |comparing| {
        let added = |link: &duidu::compare::Link| link.ruled == Some(duidu::compare::Ruled::Added);
        *comparing.stage() == CompareStage::Ready
            && comparing.result().is_some_and(|result| result.links().iter().any(added))
    });
    assert!(front(&trial).chosen().is_some() && trial.shows_words("takes it back"), "{:?}", trial.names());
    trial.click_button(&format!("Decided by you {}", front(&trial).counts().ruled));
    assert!(trial.shows_words("館前的舊燈塔修好以後改成兒童天文臺"), "{:?}", trial.names());
}

/// The lines of the list in sight: the buttons at the left edge of the window.
fn lines_in_sight(trial: &Trial) -> Vec<String> {
    let buttons = trial.buttons_left_of(100.0).into_iter();
    buttons.filter(|name| name.starts_with("Same text, ")).collect()
}

#[test]
fn a_filter_begins_at_the_top_of_the_list() {
    let text: String = (0..40).map(paragraph).collect();
    let (mut trial, _folder) = compared(&text, &text);
    let first = lines_in_sight(&trial);
    for _ in 0..20 {
        trial.press(Key::J);
    }
    assert!(!lines_in_sight(&trial).contains(&first[0]), "the list follows the links");
    let show_all = |trial: &mut Trial| trial.harness().get_by_label("Show all").rect();
    let before = show_all(&mut trial);
    let same = format!("Same text {}", front(&trial).counts().same);
    trial.click_button(&same);
    assert_eq!(lines_in_sight(&trial)[..2], first[..2]);
    assert_eq!(show_all(&mut trial), before, "nothing jumps");
}

#[test]
fn an_empty_list_of_notes_takes_no_room_beside_two_documents_unless_asked_for() {
    let (mut trial, _folder) = with(PLAN, REPORT);
    assert!(trial.shows_words("No notes yet"), "{:?}", trial.names());
    trial.press(Key::F2);
    trial.click("Read against each other");
    until(&mut trial, "they are compared", |comparing| *comparing.stage() == CompareStage::Ready);
    assert!(!trial.shows_words("No notes yet"));
    trial.press(Key::F10);
    assert!(trial.shows_words("No notes yet"), "{:?}", trial.names());
    trial.press(Key::F10);
    assert!(!trial.shows_words("No notes yet") && !trial.session().settings().notes_open);
}

#[test]
fn documents_of_the_same_title_are_told_apart_by_their_files() {
    let (mut trial, _folder) = with(PLAN, &PLAN.replace("六點", "七點"));
    assert!(trial.shows("plan.txt · 河岸圖書館計劃") && trial.shows("report.txt · 河岸圖書館計劃"));
    trial.press(Key::F2);
    trial.press(Key::Enter);
    until(&mut trial, "they are compared", |comparing| *comparing.stage() == CompareStage::Ready);
    assert_eq!(trial.session().page(), None);
    assert!(trial.shows("report.txt ⇄ plan.txt"), "{:?}", trial.names());
}

#[test]
fn a_file_that_is_gone_is_named_and_read_again() {
    let (mut trial, folder) = compared(PLAN, REPORT);
    let (path, aside) = (folder.path().join("report.txt"), folder.path().join("aside.txt"));
    let tabs: Vec<_> = trial.session().tabs().iter().map(duidu::session::Tab::title).collect();
    std::fs::rename(&path, &aside).unwrap();
    trial.click(&format!("Close {}", tabs[1]));
    trial.click("Open both documents");
    trial.until("it could not be read", |session| {
        session.tabs().iter().any(|tab| matches!(tab.stage, duidu::session::Stage::Failed(_)))
    });
    assert!(trial.shows_words("report.txt: "), "{:?}", trial.names());
    std::fs::rename(&aside, &path).unwrap();
    trial.click("Read the file again");
    until(&mut trial, "they are compared", |comparing| *comparing.stage() == CompareStage::Ready);
}

#[test]
fn both_choices_of_a_side_stand_in_one_line() {
    let title = "河岸圖書館".repeat(12);
    let (mut trial, _folder) = with(&format!("{title}\n\n{PLAN}"), REPORT);
    trial.press(Key::F2);
    for names in [
        ["Left document", "Section of the left document"],
        ["Right document", "Section of the right document"],
    ] {
        let [document, section] =
            names.map(|name| trial.harness().get_by_role_and_label(Role::ComboBox, name).rect());
        assert!((document.top() - section.top()).abs() < 1.0 && document.right() < section.left());
        assert!(document.width() > 150.0 && section.width() > 150.0, "{document:?} {section:?}");
    }
}

#[test]
fn the_outline_of_a_comparison_is_titled_once() {
    let (mut trial, _folder) = compared(PLAN, REPORT);
    trial.click("Outline");
    assert!(trial.session().comparison_in_front().is_some());
    assert_eq!(trial.harness().query_all_by_label("Outline").count(), 1);
}

#[test]
fn a_closed_comparison_is_opened_again() {
    let (mut trial, _folder) = compared(PLAN, REPORT);
    trial.press_with(Modifiers::COMMAND, Key::W);
    trial.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::T);
    until(&mut trial, "it is there again", |comparing| *comparing.stage() == CompareStage::Ready);
}

#[test]
fn the_reason_for_a_link_has_a_line_of_its_own_in_a_narrow_window() {
    let (mut trial, _folder) = compared(PLAN, REPORT);
    trial.harness().set_size(egui::vec2(1000.0, 768.0));
    trial.press(Key::J);
    trial.settle();
    let confirm = trial.harness().get_by_role_and_label(Role::Button, "Confirm this link").rect();
    let mut reasons = trial.harness().query_all_by_label_contains("of the wording").map(|node| node.rect());
    let reason = reasons.next_back().unwrap();
    assert!(reason.top() >= confirm.bottom() && reason.width() > 300.0, "{reason:?} {confirm:?}");
}

#[test]
fn the_list_of_notes_fits_beside_two_documents_in_a_narrow_window() {
    let (mut trial, _folder) = compared(PLAN, REPORT);
    trial.press(Key::J);
    trial.press(Key::N);
    trial.write("Add a tag", "開放/時間");
    trial.press(Key::Enter);
    trial.press(Key::F7);
    trial.harness().set_size(egui::vec2(1000.0, 700.0));
    trial.settle();
    let of = |trial: &mut Trial, role, name| trial.harness().get_by_role_and_label(role, name).rect();
    let field = of(&mut trial, Role::TextInput, "Filter the notes");
    let tags = of(&mut trial, Role::ComboBox, "By tag");
    assert!(tags.right() <= 1000.0 && field.right() <= 1000.0, "{tags:?} {field:?}");
    assert!(tags.left() >= field.left() - 1.0 && field.width() < 250.0, "{tags:?} {field:?}");
}
