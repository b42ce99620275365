//! What a template is given.

use minijinja::{Value, context};

use crate::export::arrange::{Entry, Group};
use crate::export::{Export, ExportedAnswer, ExportedDocument, heading_path};

/// Everything: the documents, their notes in the order of choice, and the groups.
pub(super) fn values(export: &Export) -> Value {
    let options = &export.options;
    let each =
        |entries: &[Entry<'_>]| -> Vec<Value> { entries.iter().map(|entry| note(export, *entry)).collect() };
    let groups = export.groups();
    let groups: Vec<Value> = groups.iter().map(|one| group(export, one, &each(&one.notes))).collect();
    let documents: Vec<Value> = export.documents.iter().map(|one| of_document(export, one)).collect();
    context! {
        title => options.title.as_str(),
        language => options.language.as_str(),
        interface_language => options.interface_language.as_str(),
        exported => export.moment(options.made),
        exported_day => export.day(options.made),
        colon => export.colon(),
        documents,
        groups,
        notes => each(&export.each_once()),
        words => words(export),
    }
}

fn of_document(export: &Export, document: &ExportedDocument) -> Value {
    let notes: Vec<Value> =
        document.notes.iter().map(|one| note(export, Entry { document, note: one })).collect();
    context! { notes, ..about(document) }
}

fn about(document: &ExportedDocument) -> Value {
    context! {
        title => document.title.as_str(),
        source => document.source.as_str(),
        reference => document.reference.as_str(),
        language => document.language.as_str(),
        id => document.id.map(|id| id.to_string()),
        file => document.place.as_deref(),
    }
}

fn group(export: &Export, group: &Group<'_>, notes: &[Value]) -> Value {
    let begins = group.begins.filter(|_| export.only_document().is_none());
    context! { level => group.level, title => group.title.as_str(), document => begins.map(about), notes }
}

fn note(export: &Export, entry: Entry<'_>) -> Value {
    let (exported, words) = (entry.note, &export.options.words);
    let note = &exported.note;
    let facts: Vec<Value> =
        export.facts(entry).into_iter().map(|(name, text)| context! { name, text }).collect();
    let answers: Vec<Value> = exported.answers.iter().map(answer).collect();
    let what = context! {
        id => note.id.to_string(),
        quote => exported.quote.as_str(),
        quote_as_written => note.anchor.quote.as_str(),
        reads_now => exported.reads_now.as_str(),
        before => note.anchor.before.as_str(),
        after => note.anchor.after.as_str(),
        is_bookmark => note.is_bookmark(),
        headings => exported.headings.clone(),
        heading_path => entry.document.headings_of(exported),
        tags => note.tags.iter().map(ToString::to_string).collect::<Vec<_>>(),
        text => note.text.as_str(),
        answers,
        facts,
        document => about(entry.document),
    };
    let (place, locus) = (exported.place, &exported.locus);
    let facts = context! {
        colour => note.colour.map(crate::notes::Colour::name),
        colour_name => note.colour.map(|colour| words.colour(colour)),
        state_name => exported.state.map(|state| words.state(state)),
        clause => locus.clause.as_str(),
        paragraph => locus.paragraph,
        paragraphs => locus.paragraphs.as_str(),
        page => locus.page.as_str(),
        start => place.map(|place| place.start),
        end => place.map(|place| place.end),
        made => export.moment(note.created),
        made_day => export.day(note.created),
        changed => export.moment(note.changed),
    };
    context! { ..what, ..facts }
}

fn answer(answer: &ExportedAnswer) -> Value {
    context! {
        title => answer.title.as_str(),
        language => answer.language.as_str(),
        source => answer.source(),
        heading_path => heading_path(&answer.headings),
        quote => answer.quote.as_str(),
        quote_as_written => answer.quote_as_written.as_str(),
    }
}

fn words(export: &Export) -> Value {
    let words = &export.options.words;
    context! {
        notes => words.notes.as_str(),
        document => words.document.as_str(),
        source => words.source.as_str(),
        reference => words.reference.as_str(),
        quotation => words.quotation.as_str(),
        as_written => words.as_written.as_str(),
        reads_now => words.reads_now.as_str(),
        headings => words.headings.as_str(),
        tags => words.tags.as_str(),
        colour => words.colour.as_str(),
        note => words.note.as_str(),
        clause => words.clause.as_str(),
        paragraph => words.paragraph.as_str(),
        page => words.page.as_str(),
        made => words.created.as_str(),
        changed => words.changed.as_str(),
        state => words.state.as_str(),
        bookmark => words.bookmark.as_str(),
        other_document => words.other_document.as_str(),
    }
}
