//! `duidu read`.

use clap::Args;
use serde_json::{Value, json};

use super::output::{Failure, Out};
use super::{Outcome, Source, Stores, read_or_fail};
use crate::document::{
    Address, AsideReason, Block, BlockIndex, Comment, Document, Field, FootnoteLink, Hyperlink,
    HyperlinkTarget, PageStart,
};
use crate::import::Imported;
use crate::session::Place;
use crate::text::{Span, Written};

#[derive(Args, Debug)]
pub(super) struct ReadArguments {
    #[command(flatten)]
    source: Source,
    /// Everything that was read, as JSON: title, metadata, encoding, script, blocks, pages, notes, comments, links, what
    /// is struck out, warnings, repairs.
    #[arg(long)]
    json: bool,
    /// Print what was set aside (navigation, repeated titles, advertising) too.
    #[arg(long)]
    asides: bool,
}

pub(super) fn run(arguments: &ReadArguments, stores: &Stores, out: &mut Out) -> Result<Outcome, Failure> {
    let Source { file, choices } = &arguments.source;
    let imported = read_or_fail(file, &stores.choices(choices, &Place::File(file.clone())))?;
    if arguments.json {
        out.json(&as_json(&imported))?;
    } else {
        print(&imported.document, arguments.asides, out)?;
    }
    Ok(Outcome::Done)
}

fn print(document: &Document, asides: bool, out: &mut Out) -> Result<(), Failure> {
    for (index, block) in document.blocks().iter().enumerate() {
        if asides || block.kind.aside().is_none() {
            out.line(&text_of(document, index))?;
        }
    }
    Ok(())
}

fn text_of(document: &Document, index: usize) -> String {
    document.reading(BlockIndex::new(index)).map(|reading| reading.text.into_owned()).unwrap_or_default()
}

fn as_json(imported: &Imported) -> Value {
    let document = &imported.document;
    let (metadata, origin) = (document.metadata(), document.origin());
    let value = |field: &Option<Field>| field.as_ref().map(|field| field.value.clone());
    let blocks = document.blocks().iter().enumerate();
    json!({
        "title": value(&metadata.title),
        "metadata": {
            "author": value(&metadata.author),
            "source": value(&metadata.source),
            "date": value(&metadata.date),
            "created": value(&metadata.created),
            "number": value(&metadata.number),
            "language": value(&metadata.language),
            "address": value(&metadata.address),
        },
        "format": origin.format.name(),
        "encoding": origin.format.is_decoded().then_some(origin.encoding.name),
        "script": script_name(document.written()),
        "blocks": blocks.map(|(index, block)| block_json(document, index, block)).collect::<Vec<_>>(),
        "pages": document.pages().iter().map(|page| page_json(document, page)).collect::<Vec<_>>(),
        "notes": document.footnotes().iter().map(|link| note_json(document, *link)).collect::<Vec<_>>(),
        "comments": imported.comments.iter().map(|comment| comment_json(document, comment)).collect::<Vec<_>>(),
        "links": links_json(document),
        "struck": document.struck().iter().map(|span| place_json(document, *span)).collect::<Vec<_>>(),
        "warnings": imported.warnings.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "repairs": repairs_json(document),
    })
}

fn block_json(document: &Document, index: usize, block: &Block) -> Value {
    json!({
        "index": index,
        "kind": block.kind.name(),
        "level": block.kind.level(),
        "boxed": block.boxed,
        "aside": block.kind.aside().map(AsideReason::name),
        "text": text_of(document, index),
        "start": block.span.start(),
        "end": block.span.end(),
        "page": document.page_at(block.span.start()).map(|page| page.label.as_str()),
    })
}

/// A page, and where it begins.
fn page_json(document: &Document, page: &PageStart) -> Value {
    json!({ "page": page.label, "block": block_at(document, page.position), "start": page.position })
}

/// The mark of a footnote or endnote and where it stands, with the first block of the note.
fn note_json(document: &Document, link: FootnoteLink) -> Value {
    let mut note = place_json(document, link.mark);
    note["to_block"] = link.note.as_usize().into();
    note
}

/// What somebody noted in the file, with the words that it is about.
fn comment_json(document: &Document, comment: &Comment) -> Value {
    let mut json = place_json(document, comment.span);
    json["text"] = comment.text.as_str().into();
    json["author"] = comment.author.as_deref().into();
    json["date"] = comment.date.as_deref().into();
    json
}

fn block_at(document: &Document, position: u32) -> Option<usize> {
    document.block_at(position).map(BlockIndex::as_usize)
}

/// The links: their words and where they stand, and the address, or the block of the document that they lead to.
fn links_json(document: &Document) -> Vec<Value> {
    let block = |position| block_at(document, position);
    let link = |link: &Hyperlink| {
        let place = match link.target {
            HyperlinkTarget::Place(place) => block(place),
            HyperlinkTarget::Address(_) => None,
        };
        json!({
            "words": link.words.of(document.text()),
            "block": block(link.words.start()),
            "start": link.words.start(),
            "end": link.words.end(),
            "address": link.address().map(Address::as_str),
            "to_block": place,
            "title": link.title,
        })
    };
    document.hyperlinks().iter().map(link).collect()
}

/// Some words and where they stand.
fn place_json(document: &Document, span: Span) -> Value {
    json!({
        "words": span.of(document.text()),
        "block": block_at(document, span.start()),
        "start": span.start(),
        "end": span.end(),
    })
}

fn repairs_json(document: &Document) -> Vec<Value> {
    let repair = |repair: &crate::document::Repair| {
        json!({
            "kind": repair.kind.name(),
            "block": block_at(document, repair.span.start()),
            "start": repair.span.start(),
            "end": repair.span.end(),
        })
    };
    document.repairs().iter().map(repair).collect()
}

pub(super) fn script_name(written: Written) -> &'static str {
    match written {
        Written::Simplified => "simplified",
        Written::Traditional => "traditional",
        Written::Mixed => "mixed",
        Written::Undecided => "undecided",
    }
}
