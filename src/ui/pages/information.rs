//! The page of what is known of a document: what it says of itself, how it was read, what was repaired, what
//! was set aside.

use std::collections::BTreeMap;

use egui::{CollapsingHeader, ComboBox, Grid, RichText, ScrollArea, TextStyle, Ui};

use crate::document::{AsideReason, BlockIndex, Encoding, Evidence, Field, Format, RepairKind, TextId};
use crate::import::{OFFERED_ENCODINGS, TooHeavy, Unread, Warning};
use crate::session::{Command, Page, Reader};
use crate::text::{Span, surroundings};
use crate::ui::bar::clear_name;
use crate::ui::choices::{Choice, choice_list_ui};
use crate::ui::scene::{Scene, document_text, quiet};
use crate::ui::status::script_line;
use crate::ui::words::Words;

/// What was counted of the document, once for each document.
#[derive(Default, Debug)]
pub(super) struct InformationState {
    document: Option<TextId>,
    asides: Vec<(BlockIndex, AsideReason)>,
    repairs: BTreeMap<RepairKind, Vec<Span>>,
}

/// Draws the page.
pub(super) fn information_ui(
    ui: &mut Ui,
    scene: Scene,
    reader: &Reader,
    state: &mut InformationState,
) -> Vec<Command> {
    count(reader, state);
    let mut asked = facts_ui(ui, scene, reader);
    asked.extend(warnings_ui(ui, scene, reader));
    asked.extend(repairs_ui(ui, scene, reader, state));
    asked.extend(asides_ui(ui, scene, reader, state));
    asked
}

/// Walks over a document of millions of blocks once, not in every frame.
fn count(reader: &Reader, state: &mut InformationState) {
    let document = reader.document();
    if state.document == Some(document.id()) {
        return;
    }
    let asides = document.blocks().iter().enumerate();
    state.asides =
        asides.filter_map(|(index, block)| Some((BlockIndex::new(index), block.kind.aside()?))).collect();
    state.repairs.clear();
    for repair in document.repairs() {
        state.repairs.entry(repair.kind).or_default().push(repair.span);
    }
    state.document = Some(document.id());
}

fn facts_ui(ui: &mut Ui, scene: Scene, reader: &Reader) -> Vec<Command> {
    let words = scene.words;
    let mut asked = Vec::new();
    Grid::new("facts").num_columns(2).spacing([20.0, 6.0]).show(ui, |ui| {
        if let Some(tab) = scene.session.active() {
            fact(ui, scene, reader, words.file(), clear_name(&tab.place.name()));
        }
        for (name, field) in fields(scene, reader) {
            if let Some(field) = field.as_ref().filter(|field| !field.value.trim().is_empty()) {
                fact(ui, scene, reader, name, clear_name(&reader.show_text(&field.value)));
            }
        }
        let origin = reader.document().origin();
        fact(ui, scene, reader, words.script(), script_line(words, reader));
        fact(ui, scene, reader, words.format(), format_name(words, origin.format).to_owned());
        fact(ui, scene, reader, words.size(), size(words, origin.bytes));
        if origin.format.is_decoded() {
            ui.label(words.encoding());
            asked.extend(encoding_ui(ui, words, &origin.encoding, reader));
            ui.end_row();
        }
        let notes = reader.notes_file();
        if !notes.path.as_os_str().is_empty() {
            fact(ui, scene, reader, words.kept_in(), notes.path.display().to_string());
        }
    });
    if reader.notes_file().elsewhere {
        quiet(ui, words.kept_elsewhere());
    }
    asked
}

fn fact(ui: &mut Ui, scene: Scene, reader: &Reader, name: &str, value: String) {
    ui.label(RichText::new(name).color(scene.tokens.quiet));
    ui.add(egui::Label::new(document_text(value, reader.glyphs())).wrap());
    ui.end_row();
}

fn fields(scene: Scene, reader: &Reader) -> [(&'static str, Option<Field>); 8] {
    let (words, metadata) = (scene.words, reader.document().metadata().clone());
    [
        (words.title(), metadata.title),
        (words.author(), metadata.author),
        (words.source(), metadata.source),
        (words.date(), metadata.date.map(|date| Field { value: written_date(scene, &date.value), ..date })),
        (
            words.file_made(),
            metadata.created.map(|date| Field { value: written_date(scene, &date.value), ..date }),
        ),
        (words.number_of_office(), metadata.number),
        (words.language_declared(), metadata.language),
        (words.address(), metadata.address),
    ]
}

/// A date as the document gives it; a moment, which programs write there, as people write it.
fn written_date(scene: Scene, date: &str) -> String {
    let moment = date.trim().parse().map(|moment| scene.session.written_moment(moment));
    moment.unwrap_or_else(|_| date.to_owned())
}

pub(in crate::ui) fn format_name(words: Words, format: Format) -> &'static str {
    match format {
        Format::PlainText => words.plain_text(),
        Format::Markdown => "Markdown",
        Format::Html => "HTML",
        Format::Mhtml => "MHTML",
        Format::Epub => "EPUB",
        Format::Docx => "DOCX",
        Format::Odt => "ODT",
        Format::Rtf => "RTF",
        Format::Pdf => "PDF",
    }
}

/// A size in the unit that fits it, after the International System: 1 kB is 1,000 bytes.
pub(super) fn size(words: Words, bytes: u64) -> String {
    match bytes {
        0..1_000 => words.size_bytes(bytes),
        1_000..1_000_000 => words.size_kilobytes(tenths(bytes, 1_000)),
        _ => words.size_megabytes(tenths(bytes, 1_000_000)),
    }
}

fn tenths(bytes: u64, unit: u64) -> String {
    format!("{}.{}", bytes / unit, bytes % unit * 10 / unit)
}

/// The encoding, how it is known, and the list to overrule it.
fn encoding_ui(ui: &mut Ui, words: Words, encoding: &Encoding, reader: &Reader) -> Option<Command> {
    let chosen = reader.choices().encoding.as_deref();
    let mut asked = None;
    ui.horizontal_wrapped(|ui| {
        let list = ComboBox::from_id_salt("encoding").selected_text(encoding.name);
        let named = OFFERED_ENCODINGS.into_iter().map(|name| Choice::new(Some(name), name));
        let offered = std::iter::once(Choice::new(None, words.encoding_detect())).chain(named);
        let (_, other) = choice_list_ui(ui, (list, words.encoding()), &chosen, offered);
        asked = other.map(|name| Command::ReadAs(name.map(str::to_owned)));
        quiet(ui, evidence(words, encoding.evidence));
        if encoding.undecodable > 0 {
            quiet(ui, words.undecodable(encoding.undecodable));
        }
    });
    asked
}

fn evidence(words: Words, evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::ByteOrderMark => words.by_byte_order_mark(),
        Evidence::Valid => words.by_validity(),
        Evidence::Declared => words.by_declaration(),
        Evidence::Guess => words.by_guess(),
        Evidence::Chosen => words.by_choice(),
    }
}

fn warnings_ui(ui: &mut Ui, scene: Scene, reader: &Reader) -> Vec<Command> {
    let notes = reader.notes_file();
    let aside = notes.set_aside.iter().map(|path| scene.words.set_aside_file(path.display()));
    let warnings = reader.warnings().iter().map(|warning| warning_words(scene.words, warning));
    let all: Vec<String> = warnings.chain(aside).chain(notes.remarks.iter().cloned()).collect();
    if all.is_empty() {
        return Vec::new();
    }
    heading(ui, scene.words.warnings());
    for warning in all {
        ui.add(egui::Label::new(RichText::new(warning).color(scene.tokens.warning)).wrap());
    }
    let mut asked = Vec::new();
    if let Some(first) = reader.first_struck_out()
        && ui.link(scene.words.first_struck_out()).clicked()
    {
        asked.extend([Command::ShowPage(None), Command::GoTo(first)]);
    }
    if reader.has_comments() && ui.link(scene.words.comments()).clicked() {
        asked.push(Command::ShowPage(Some(Page::Comments)));
    }
    asked
}

/// What a warning says.
pub(in crate::ui) fn warning_words(words: Words, warning: &Warning) -> String {
    match warning {
        Warning::Empty => words.warns_empty().to_owned(),
        Warning::NoBytes => words.warns_no_bytes().to_owned(),
        Warning::Scripted => words.warns_scripted().to_owned(),
        Warning::Undecodable { encoding, places } => words.warns_undecodable(places, encoding),
        Warning::WronglyDeclared { declared, used } => words.warns_wrongly_declared(declared, used),
        Warning::MarkupTooHeavy(why) => too_heavy(words, *why).to_owned(),
        Warning::CutOff => words.warns_cut_off().to_owned(),
        Warning::NamedOtherwise { named } => words.warns_named_otherwise(named.name()),
        Warning::Damaged { reason } => words.warns_damaged(reason),
        Warning::LeftOut(limit) => words.warns_left_out(limit),
        Warning::NotRead { what, places } => words.warns_not_read(not_read(words, *what), places),
        Warning::TextElsewhere { file } => words.warns_text_elsewhere(clear_name(file)),
        Warning::TrackedChanges { changes } => words.warns_tracked_changes(changes),
        Warning::StruckOut { places } => words.warns_struck_out(places),
        Warning::GuessedCells { lines } => words.warns_guessed_cells(lines),
        Warning::Attachments { files } => words.warns_attachments(clear_name(files)),
        Warning::Comments { comments } => words.warns_comments(comments),
        Warning::PagesWithoutText { pages, of } => words.warns_pages_without_text(pages, of),
        Warning::PagesUnread { read, of } => words.warns_pages_unread(read, of),
    }
}

fn too_heavy(words: Words, why: TooHeavy) -> &'static str {
    match why {
        TooHeavy::Nested => words.warns_markup_nested(),
        TooHeavy::Long => words.warns_markup_long(),
        TooHeavy::Attributes => words.warns_markup_attributes(),
    }
}

fn not_read(words: Words, what: Unread) -> &'static str {
    match what {
        Unread::Characters => words.unread_characters(),
        Unread::Objects => words.unread_objects(),
        Unread::Documents => words.unread_documents(),
        Unread::Fields => words.unread_fields(),
        Unread::Links => words.unread_links(),
        Unread::RelativeLinks => words.unread_relative_links(),
        Unread::MoreLinks => words.unread_more_links(),
    }
}

fn heading(ui: &mut Ui, text: &str) {
    ui.add_space(10.0);
    ui.label(RichText::new(text).strong());
}

fn repairs_ui(ui: &mut Ui, scene: Scene, reader: &Reader, state: &InformationState) -> Vec<Command> {
    let words = scene.words;
    let mut asked = Vec::new();
    heading(ui, words.repairs());
    let choices = &reader.choices().repairs;
    if state.repairs.is_empty() && choices.kinds_off.is_empty() && choices.refused.is_empty() {
        quiet(ui, words.repairs_none());
        return asked;
    }
    quiet(ui, words.repairs_hint());
    for kind in RepairKind::ALL {
        let spans = state.repairs.get(&kind).map_or(&[][..], Vec::as_slice);
        let off = choices.kinds_off.contains(&kind);
        if spans.is_empty() && !off {
            continue;
        }
        let mut wanted = !off;
        let count = if spans.is_empty() { String::new() } else { format!(" ({})", spans.len()) };
        let name = format!("{}{count}", repair_name(words, kind));
        if ui.checkbox(&mut wanted, name).changed() {
            asked.push(Command::WantRepairs(kind, wanted));
        }
        if !off && !spans.is_empty() {
            ui.indent(kind, |ui| asked.extend(single_repairs_ui(ui, scene, reader, (kind, spans))));
        }
    }
    asked.extend(refused_ui(ui, scene, reader));
    asked
}

fn repair_name(words: Words, kind: RepairKind) -> &'static str {
    match kind {
        RepairKind::Column => words.repair_column(),
        RepairKind::HardWrap => words.repair_hard_wrap(),
        RepairKind::Indent => words.repair_indent(),
        RepairKind::Continuation => words.repair_continuation(),
        RepairKind::Tagged => words.repair_tagged(),
    }
}

fn single_repairs_ui(
    ui: &mut Ui,
    scene: Scene,
    reader: &Reader,
    (kind, spans): (RepairKind, &[Span]),
) -> Vec<Command> {
    let mut asked = Vec::new();
    CollapsingHeader::new(scene.words.list_each()).id_salt(kind).show(ui, |ui| {
        let height = ui.spacing().interact_size.y;
        let area = ScrollArea::vertical().id_salt(kind).max_height(160.0);
        area.show_rows(ui, height, spans.len(), |ui, rows| {
            for span in spans.get(rows).unwrap_or_default() {
                asked.extend(repair_ui(ui, reader, *span, true));
            }
        });
    });
    asked
}

/// Repairs that were switched off one by one, to be switched on again.
fn refused_ui(ui: &mut Ui, scene: Scene, reader: &Reader) -> Vec<Command> {
    let refused = &reader.choices().repairs.refused;
    if refused.is_empty() {
        return Vec::new();
    }
    quiet(ui, scene.words.repairs_refused());
    refused.iter().flat_map(|span| repair_ui(ui, reader, *span, false)).collect()
}

fn repair_ui(ui: &mut Ui, reader: &Reader, span: Span, on: bool) -> Vec<Command> {
    let mut wanted = on;
    let text = repair_context(reader, span);
    let changed = ui.checkbox(&mut wanted, document_text(text, reader.glyphs())).changed();
    changed.then_some(Command::WantRepair(span, wanted)).into_iter().collect()
}

/// What stands around a repair, and a sign where it is.
fn repair_context(reader: &Reader, span: Span) -> String {
    let text = reader.document().text();
    let around = surroundings(text, span, 14);
    let part = |span: Span| span.of(text).unwrap_or_default().trim();
    format!("{} ⏎ {}", part(around.before), part(around.after))
}

fn asides_ui(ui: &mut Ui, scene: Scene, reader: &Reader, state: &InformationState) -> Vec<Command> {
    let words = scene.words;
    let mut asked = Vec::new();
    heading(ui, words.asides());
    if state.asides.is_empty() {
        quiet(ui, words.asides_none());
        return asked;
    }
    let mut shown = reader.asides();
    if ui.checkbox(&mut shown, words.toggle_asides()).changed() {
        asked.push(Command::ToggleAsides);
    }
    let height = ui.text_style_height(&TextStyle::Body) + 4.0;
    let area = ScrollArea::vertical().id_salt("asides").max_height(180.0).auto_shrink([false, true]);
    area.show_rows(ui, height, state.asides.len(), |ui, rows| {
        for (index, reason) in state.asides.get(rows).unwrap_or_default() {
            let text =
                reader.document().block(*index).and_then(|block| block.span.of(reader.document().text()));
            let text = text.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
            let line = format!("{}: {text}", words.why_set_aside(*reason));
            ui.add(egui::Label::new(document_text(line, reader.glyphs())).truncate());
        }
    });
    asked
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Language;

    #[test]
    fn sizes_are_given_in_the_unit_that_fits() {
        let check = |bytes, expected| assert_eq!(size(Words::of(Language::English), bytes), expected);
        check(0, "0 bytes");
        check(999, "999 bytes");
        check(1_500, "1.5 kB");
        check(10_000_000, "10.0 MB");
    }
}
