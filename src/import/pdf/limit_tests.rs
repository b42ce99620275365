//! What a file may ask for: just below each limit, at it and above it.

use super::catalog::DEEPEST;
use super::content::{DEEPEST_FORM, MOST_STATES};
use super::limits::Limits;
use super::testing::{OWN, TestFont::Mapped, TestPage, TestPdf};
use super::tests::page_of;
use crate::document::Format;
use crate::import::job::Job;
use crate::import::{Imported, Limit, ReadOptions, Warning};

/// Reads files that ask for one less than `most` of something, for as many and for one more: `kept` says how much of it
/// was read, `beyond` what the reader is told of the last.
fn check(
    (most, limits): (usize, Limits),
    ask: impl Fn(usize) -> TestPdf,
    kept: impl Fn(&Imported) -> usize,
    beyond: &[Warning],
) {
    for asked in [most - 1, most, most + 1] {
        let imported = read(limits, ask(asked));
        assert_eq!(kept(&imported), asked.min(most), "asked for {asked}");
        assert_eq!(imported.warnings, if asked > most { beyond } else { &[] }, "asked for {asked}");
    }
}

fn read(limits: Limits, pdf: TestPdf) -> Imported {
    let (bytes, options, mut tell) = (pdf.bytes(), ReadOptions::default(), |_| {});
    let mut job = Job::new(Format::Pdf, bytes.len(), &options, &mut tell);
    let read = super::read_within(&bytes, limits, &mut job).unwrap();
    job.finish(read).unwrap()
}

fn one_page(page: TestPage) -> TestPdf {
    TestPdf::of(vec![page])
}

fn pages(lines: &[&str]) -> TestPdf {
    TestPdf::of(lines.iter().map(|line| page_of(60.0, &[(50.0, line)])).collect())
}

/// How many of one sign the text has.
fn signs(imported: &Imported) -> usize {
    imported.document.text().matches('甲').count()
}

fn left_out(most: u64) -> Vec<Warning> {
    vec![Warning::LeftOut(Limit::Parts(most))]
}

const SHOW: &str = "BT /F1 10 Tf 1 0 0 1 50 500 Tm";

/// The code of 甲 in the font [`Mapped`].
const SIGN: &str = "<8acd>";

#[test]
fn so_many_pages_are_read() {
    let limits = Limits { pages: 3, ..Limits::default() };
    let beyond = [Warning::PagesUnread { read: 3, of: 4 }];
    check((3, limits), |asked| pages(&vec!["甲"; asked]), signs, &beyond);
}

#[test]
fn after_so_many_glyphs_no_further_page_is_read() {
    let limits = Limits { glyphs: 5, ..Limits::default() };
    for (first, read_next) in [("甲甲甲甲", true), ("甲甲甲甲甲", true), ("甲甲甲甲甲甲", false)]
    {
        let imported = read(limits, pages(&[first, "乙"]));
        assert_eq!(imported.document.text().contains('乙'), read_next, "{first}");
        let beyond = (!read_next).then_some(Warning::PagesUnread { read: 1, of: 2 });
        assert_eq!(imported.warnings, Vec::from_iter(beyond));
    }
}

#[test]
fn a_page_may_show_so_many_glyphs() {
    let limits = Limits { page_glyphs: 5, ..Limits::default() };
    check((5, limits), |asked| pages(&[&"甲".repeat(asked)]), signs, &left_out(5));
}

#[test]
fn a_field_may_show_as_many_as_its_page_has_room_for() {
    let limits = Limits { page_glyphs: 5, ..Limits::default() };
    let ask = |asked: usize| {
        let words = "7532".repeat(asked - 1);
        let field = format!("<</Subtype/Widget /FT/Tx /Rect [50 400 300 420] /V <feff{words}>>>");
        one_page(page_of(60.0, &[(50.0, "甲")]).entry(&format!("/Annots [{field}]")))
    };
    check((5, limits), ask, signs, &left_out(5));
}

#[test]
fn a_page_may_have_so_many_operators() {
    // Before the first sign there are three.
    let limits = Limits { operators: 3 + 5, ..Limits::default() };
    let ask = |asked: usize| {
        let shown = format!("{SIGN} Tj ").repeat(asked);
        one_page(TestPage::default().raw(&format!("{SHOW} {shown}")))
    };
    check((5, limits), ask, signs, &left_out(8));
}

#[test]
fn so_many_remarks_are_offered() {
    let limits = Limits { remarks: 3, ..Limits::default() };
    let ask = |asked: usize| {
        let remark = "<</Subtype/Text /Rect [50 500 60 510] /Contents (a)>>".repeat(asked);
        one_page(page_of(60.0, &[(50.0, "甲")]).entry(&format!("/Annots [{remark}]")))
    };
    for asked in [2, 3, 4] {
        let imported = read(limits, ask(asked));
        let told = Warning::Comments { comments: u32::try_from(asked.min(3)).unwrap() };
        let beyond = if asked > 3 { left_out(3) } else { Vec::new() };
        assert_eq!(imported.comments.len(), asked.min(3));
        assert_eq!(imported.warnings, [beyond, vec![told]].concat());
    }
}

#[test]
fn so_many_bookmarks_are_read() {
    let limits = Limits { entries: 3, ..Limits::default() };
    let lines = ["東邊的事", "西邊的事", "南邊的事", "北邊的事"];
    let text = "甲，說的是村裡的一件舊事，人人都記得。";
    let ask = |asked: usize| {
        let page = |line: &&str| page_of(60.0, &[(50.0, line), (50.0, ""), (50.0, text)]);
        let pdf = TestPdf::of(lines.iter().map(page).collect());
        (0..asked).zip(lines).fold(pdf, |pdf, (page, line)| pdf.bookmark(line, page))
    };
    check((3, limits), ask, |imported| imported.document.outline().entries().len(), &[]);
}

#[test]
fn so_many_ranges_of_labels_are_read() {
    let limits = Limits { entries: 3, ..Limits::default() };
    let ask = |asked: usize| {
        let mut pdf = pages(&["甲"; 4]);
        let range = |page: usize| format!("{page} <</P (range {page})>> ");
        let ranges: String = (0..asked).map(range).collect();
        pdf.root = format!("/PageLabels <</Nums [{ranges}]>>");
        pdf
    };
    let ranges = |imported: &Imported| {
        let mut labels: Vec<&str> =
            imported.document.pages().iter().map(|page| page.label.as_str()).collect();
        labels.dedup();
        labels.iter().filter(|label| label.starts_with("range")).count()
    };
    check((3, limits), ask, ranges, &[]);
}

/// `depth` nodes of a tree below its root, the last of which gives the first page a label.
fn labelled(depth: usize) -> TestPdf {
    let mut pdf = pages(&["甲"]);
    let node = |number: usize, inner: String| (OWN + number, format!("<<{inner}>>"));
    pdf.objects = (0..depth).map(|at| node(at, format!("/Kids [{} 0 R]", OWN + at + 1))).collect();
    pdf.objects.extend([node(depth, "/Nums [0 <</P (deep)>>]".to_owned())]);
    pdf.root = format!("/PageLabels {OWN} 0 R");
    pdf
}

#[test]
fn trees_may_be_so_deep() {
    for (depth, read_it) in [(DEEPEST - 1, true), (DEEPEST, true), (DEEPEST + 1, false)] {
        let imported = read(Limits::default(), labelled(depth));
        assert_eq!(imported.document.pages()[0].label == "deep", read_it, "{depth}");
    }
}

/// Forms inside each other, each of which shows a sign.
fn nested_forms(depth: usize) -> TestPdf {
    let mut pdf = one_page(TestPage::default().raw("/X Do"));
    for at in 0..depth {
        let content = format!("{SHOW} {at} 0 0 rg {SIGN} Tj ET 1 0 0 1 20 0 cm /X Do");
        let inner =
            if at + 1 < depth { format!("/XObject <</X {} 0 R>>", OWN + at + 1) } else { String::new() };
        let form = format!(
            "<</Subtype/Form /BBox [0 0 900 900] /Resources <</Font <</F1 11 0 R>> {inner}>> /Length {}>>\nstream\n{content}\nendstream",
            content.len()
        );
        pdf.objects.insert(OWN + at, form);
    }
    pdf
}

#[test]
fn forms_may_stand_so_deep_in_each_other() {
    let reason = "the content of a page cannot be unpacked".to_owned();
    let most = usize::try_from(DEEPEST_FORM).unwrap();
    check((most, Limits::default()), nested_forms, signs, &[Warning::Damaged { reason }]);
}

#[test]
fn what_is_shown_after_more_states_than_are_kept_stands_in_its_place() {
    for states in [MOST_STATES - 1, MOST_STATES, MOST_STATES + 1] {
        let (keep, restore) = ("q 1 0 0 1 0 -1 cm ".repeat(states), "Q ".repeat(states));
        let page = format!("{keep} {restore} {SHOW} {SIGN} Tj ET");
        let page = TestPage::default().raw(&page).line(Mapped, 10.0, 60.0, 100.0, "乙");
        assert_eq!(&**read(Limits::default(), one_page(page)).document.text(), "甲乙", "{states}");
    }
}
