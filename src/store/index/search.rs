//! Searching in the index: it says which pages may have what is looked for, and the search of open documents
//! says where.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use tantivy::collector::{Collector, DocSetCollector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::query::{AllQuery, BooleanQuery, Query as EngineQuery, TermQuery};
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{
    DocAddress, DocId, Score, Searcher, SegmentOrdinal, SegmentReader, TantivyDocument, TantivyError, Term,
};

use super::page::Page;
use super::schema::{Fields, HEAD, grams_of, schema};
use super::{IndexError, IndexedDocument, LibraryIndex, head_of};
use crate::session::{FoundDocument, LibraryHit, LibrarySearchRequest, Place};
use crate::text::{Query, Span, surroundings};

/// So many places of one document are told, unless all are wanted.
pub const MOST_HITS: usize = 50;

/// So many characters stand on each side of what was found.
const AROUND: usize = 30;

/// Documents are told in batches: the first one at once, the others after so long.
const BATCH: Duration = Duration::from_millis(50);

impl LibraryIndex {
    /// Tells the documents that have what is looked for, those first that seem to have the most of it, until
    /// all were told or the search became old.
    ///
    /// Each place told is one that finding in the open document finds, and the first [`MOST_HITS`] of a document,
    /// or all of them where the request says so, are told.
    ///
    /// Errors: the index cannot be read; what was told is right all the same.
    pub fn find(
        &self,
        request: &LibrarySearchRequest,
        old: &dyn Fn() -> bool,
        tell: &mut dyn FnMut(Vec<FoundDocument>),
    ) -> Result<(), IndexError> {
        let (Some(searcher), Some(seeker)) = (self.searcher()?, Seeker::new(request)) else { return Ok(()) };
        self.noticing(seeker.find(&searcher, old, tell))
    }
}

/// A search made ready.
struct Seeker<'a> {
    request: &'a LibrarySearchRequest,
    wanted: Vec<(&'a str, Query)>,
    unwanted: Vec<(&'a str, Query)>,
    fields: Fields,
}

/// The pages of each document that may have some words, in the order of the text.
type Candidates = BTreeMap<u64, Vec<DocAddress>>;

impl<'a> Seeker<'a> {
    /// `None` where there is nothing to look for.
    fn new(request: &'a LibrarySearchRequest) -> Option<Self> {
        let ready = |words: &'a [String]| -> Vec<(&'a str, Query)> {
            let each = words.iter().map(String::as_str);
            each.filter_map(|words| Some((words, Query::new(words, request.options)?))).collect()
        };
        let (wanted, unwanted) = (ready(&request.query.wanted), ready(&request.query.unwanted));
        let fields = schema().1;
        (!wanted.is_empty()).then_some(Self { request, wanted, unwanted, fields })
    }

    fn find(
        &self,
        searcher: &Searcher,
        old: &dyn Fn() -> bool,
        tell: &mut dyn FnMut(Vec<FoundDocument>),
    ) -> Result<(), TantivyError> {
        let candidates = |words: &[(&str, Query)]| -> Result<Vec<Candidates>, TantivyError> {
            words.iter().map(|(words, _)| self.candidates(searcher, words)).collect()
        };
        let (wanted, unwanted) = (candidates(&self.wanted)?, candidates(&self.unwanted)?);
        let mut batch = Vec::new();
        let mut told: Option<Instant> = None;
        for document in most_promising_first(&wanted) {
            if old() {
                return Ok(());
            }
            batch.extend(self.found_in(searcher, document, (&wanted, &unwanted))?);
            if !batch.is_empty() && told.is_none_or(|told| told.elapsed() >= BATCH) {
                tell(std::mem::take(&mut batch));
                told = Some(Instant::now());
            }
        }
        if !batch.is_empty() {
            tell(batch);
        }
        Ok(())
    }

    fn candidates(&self, searcher: &Searcher, words: &str) -> Result<Candidates, TantivyError> {
        let terms = grams_of(words).into_iter().map(|gram| Term::from_field_text(self.fields.text, &gram));
        let queries: Vec<Box<dyn EngineQuery>> =
            terms.map(|term| Box::new(TermQuery::new(term, IndexRecordOption::Basic)) as Box<_>).collect();
        if queries.is_empty() {
            // Nothing but punctuation, which is not looked up: every page may have it.
            return searcher.search(&AllQuery, &Pages);
        }
        searcher.search(&BooleanQuery::intersection(queries), &Pages)
    }

    /// `None` where the document has not all that is wanted, or something that is unwanted.
    fn found_in(
        &self,
        searcher: &Searcher,
        document: u64,
        (wanted, unwanted): (&[Candidates], &[Candidates]),
    ) -> Result<Option<FoundDocument>, TantivyError> {
        for ((_, query), candidates) in self.unwanted.iter().zip(unwanted) {
            let (unwanted, _) = self.hits(searcher, (0, query), pages(candidates, document), 1)?;
            if !unwanted.is_empty() {
                return Ok(None);
            }
        }
        let most = if self.request.all_places { usize::MAX } else { MOST_HITS };
        let mut hits = Vec::new();
        let mut more = false;
        for (word, ((_, query), candidates)) in self.wanted.iter().zip(wanted).enumerate() {
            let (found, further) = self.hits(searcher, (word, query), pages(candidates, document), most)?;
            if found.is_empty() {
                return Ok(None);
            }
            hits.extend(found);
            more |= further;
        }
        hits.sort_by_key(|hit| (hit.span, hit.word));
        more |= hits.len() > most;
        hits.truncate(most);
        let head = self.head(searcher, document)?;
        Ok(head.map(|IndexedDocument { place, title, text, .. }| FoundDocument {
            place: Place::from_words(&place),
            title,
            text,
            hits,
            more,
        }))
    }

    /// The first hits of a word in some pages, at most so many, and whether there are more.
    fn hits(
        &self,
        searcher: &Searcher,
        (word, query): (usize, &Query),
        pages: &[DocAddress],
        most: usize,
    ) -> Result<(Vec<LibraryHit>, bool), TantivyError> {
        let mut hits = Vec::new();
        for &address in pages {
            let Some(page) = self.page(searcher, address)? else { continue };
            for span in page.hits(query, self.request.asides) {
                if hits.len() == most {
                    return Ok((hits, true));
                }
                hits.push(in_context(&page, span, word));
            }
        }
        Ok((hits, false))
    }

    fn page(&self, searcher: &Searcher, address: DocAddress) -> Result<Option<Page>, TantivyError> {
        let record: TantivyDocument = searcher.doc(address)?;
        let page = || {
            let number = |field| record.get_first(field)?.as_u64();
            let at = [number(self.fields.start)?, number(self.fields.line)?];
            let text = record.get_first(self.fields.text)?.as_str()?;
            let blocks = record.get_first(self.fields.blocks)?;
            Page::restore(at, text.to_owned(), blocks.as_bytes()?)
        };
        Ok(page())
    }

    fn head(&self, searcher: &Searcher, document: u64) -> Result<Option<IndexedDocument>, TantivyError> {
        let term = |term| Box::new(TermQuery::new(term, IndexRecordOption::Basic)) as Box<dyn EngineQuery>;
        let query = BooleanQuery::intersection(vec![
            term(Term::from_field_u64(self.fields.document, document)),
            term(Term::from_field_text(self.fields.role, HEAD)),
        ]);
        let Some(address) = searcher.search(&query, &DocSetCollector)?.into_iter().min() else {
            return Ok(None);
        };
        Ok(head_of(&searcher.doc::<TantivyDocument>(address)?, &self.fields))
    }
}

fn pages(candidates: &Candidates, document: u64) -> &[DocAddress] {
    candidates.get(&document).map_or(&[], Vec::as_slice)
}

/// The documents that may have all words, those first that may have the rarest of them most often.
fn most_promising_first(wanted: &[Candidates]) -> Vec<u64> {
    let Some((first, others)) = wanted.split_first() else { return Vec::new() };
    let in_all = |document: &&u64| others.iter().all(|candidates| candidates.contains_key(document));
    let mut documents: Vec<u64> = first.keys().filter(in_all).copied().collect();
    let promise = |document: &u64| wanted.iter().map(|candidates| pages(candidates, *document).len()).min();
    documents.sort_by_cached_key(|document| (std::cmp::Reverse(promise(document)), *document));
    documents
}

fn in_context(page: &Page, hit: Span, word: usize) -> LibraryHit {
    let around = surroundings(&page.text, hit, AROUND);
    let words = |span: Span| span.of(&page.text).unwrap_or_default().replace(['\r', '\n'], " ");
    LibraryHit {
        span: hit.moved_right(page.start),
        line: page.line_of(hit.start()),
        word,
        before: around.dots_before().to_owned() + &words(around.before),
        hit: words(hit),
        after: words(around.after) + around.dots_after(),
    }
}

/// Gathers pages by their documents.
struct Pages;

struct SegmentPages {
    segment: SegmentOrdinal,
    documents: Column<u64>,
    /// Pages that follow one another are mostly of one document.
    runs: Vec<(u64, Vec<DocAddress>)>,
}

impl Collector for Pages {
    type Fruit = Candidates;
    type Child = SegmentPages;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> Result<SegmentPages, TantivyError> {
        let documents = reader.fast_fields().u64("document")?;
        Ok(SegmentPages { segment, documents, runs: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Vec<(u64, Vec<DocAddress>)>>) -> Result<Candidates, TantivyError> {
        let mut candidates = Candidates::new();
        for (document, pages) in segments.into_iter().flatten() {
            candidates.entry(document).or_default().extend(pages);
        }
        for pages in candidates.values_mut() {
            pages.sort();
        }
        Ok(candidates)
    }
}

impl SegmentCollector for SegmentPages {
    type Fruit = Vec<(u64, Vec<DocAddress>)>;

    fn collect(&mut self, page: DocId, _score: Score) {
        let Some(document) = self.documents.first(page) else { return };
        let address = DocAddress::new(self.segment, page);
        match self.runs.last_mut().filter(|(last, _)| *last == document) {
            Some((_, pages)) => pages.push(address),
            None => self.runs.push((document, vec![address])),
        }
    }

    fn harvest(self) -> Self::Fruit {
        self.runs
    }
}
