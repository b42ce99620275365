//! Citing the document in front: a passage with its place, references, and what they are made of.

use super::notes::place_of;
use super::{Effect, MessageText, Reader, Session, Ticket};
use crate::document::{Bibliography, Detail, Locus, WorkKind};
use crate::export::citation::{Citation, CitationStyle, cite};
use crate::text::{Glyphs, Span};

/// What a reader can ask for about citing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CiteCommand {
    /// Copy the selection, or what the note in focus quotes, with its place in the document.
    CopyWithPlace,
    /// Copy it with a citation and the reference in the style of choice.
    CopyWithReference,
    /// Copy the reference of the document alone.
    CopyReference,
    /// Say something of the document; `None` leaves it to what the document says of itself.
    Say(Detail, Option<String>),
    /// Say what kind of work it is; `None` leaves it to a guess.
    SayKind(Option<WorkKind>),
    /// Choose the style of references.
    ChooseStyle(CitationStyle),
}

/// A document to be cited. It is worked out beside the window: the styles and the words of every language are
/// read for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CiteJob {
    /// What is known of the document.
    pub bibliography: Bibliography,
    /// How it is to be cited.
    pub style: CitationStyle,
    /// The place in it, in words; empty for the whole.
    pub place: String,
}

impl CiteJob {
    /// Works it out.
    pub fn run(&self) -> Citation {
        cite(&self.bibliography, self.style, &self.place)
    }
}

/// What is being cited.
#[derive(Debug, Default)]
pub(super) struct Citing {
    /// What the page shows.
    preview: Option<(Ticket, Citation)>,
    /// What is to be copied as soon as it is worked out: the quotation, or nothing but the reference.
    copying: Option<(Ticket, Option<String>)>,
}

impl Session {
    /// The document in front in the style of choice, as the page of references shows it; `None` until it was
    /// worked out.
    pub fn citation(&self) -> Option<&Citation> {
        self.citing.preview.as_ref().map(|(_, citation)| citation).filter(|known| !known.reference.is_empty())
    }

    /// The table of these commands.
    pub(super) fn obey_cite(&mut self, command: CiteCommand) -> Vec<Effect> {
        match command {
            CiteCommand::CopyWithPlace => self.copy_with_place(),
            CiteCommand::CopyWithReference => self.copy_with_reference(),
            CiteCommand::CopyReference => self.copy_citation(String::new(), None),
            CiteCommand::Say(detail, value) => self.say(Some(detail), |own| match value {
                Some(value) => drop(own.details.insert(detail, value)),
                None => drop(own.details.remove(&detail)),
            }),
            CiteCommand::SayKind(kind) => self.say(None, |own| own.kind = kind),
            CiteCommand::ChooseStyle(style) => {
                let mut effects = self.set(|settings| settings.citation_style = style);
                effects.extend(self.preview_citation());
                effects
            }
        }
    }

    fn copy_with_place(&mut self) -> Vec<Effect> {
        let Some((reader, span)) = self.passage() else { return self.told(MessageText::NothingSelected) };
        let title = self.active().map(super::Tab::title).unwrap_or_default();
        let cited = format!("{}{}", reader.quotation(span), reader.place_in_words(&title, span));
        self.tell(MessageText::CitationCopied);
        vec![Effect::Copy(cited)]
    }

    fn copy_with_reference(&mut self) -> Vec<Effect> {
        let Some((reader, span)) = self.passage() else { return self.told(MessageText::NothingSelected) };
        let (quotation, place) = (reader.quotation(span), reader.short_place(span));
        self.copy_citation(place, Some(quotation))
    }

    /// What is selected in the document in front, or what the note in focus quotes.
    fn passage(&self) -> Option<(&Reader, Span)> {
        let reader = self.reader()?;
        let of_note = || reader.found(reader.note_in_focus()?).and_then(place_of);
        let span = reader.selection().or_else(of_note)?;
        Some((reader, span)).filter(|_| !span.is_empty())
    }

    fn copy_citation(&mut self, place: String, quotation: Option<String>) -> Vec<Effect> {
        let (ticket, effects) = self.ask_to_cite(place);
        self.citing.copying = Some((ticket, quotation));
        effects
    }

    /// Has the page of references show the document in front as it is to be cited now.
    pub(super) fn preview_citation(&mut self) -> Vec<Effect> {
        let (ticket, effects) = self.ask_to_cite(String::new());
        let before = self.citing.preview.take().map(|(_, citation)| citation);
        self.citing.preview = Some((ticket, before.unwrap_or_default()));
        effects
    }

    fn ask_to_cite(&mut self, place: String) -> (Ticket, Vec<Effect>) {
        let ticket = self.ticket();
        let style = self.settings.citation_style;
        let job = self.reader().map(|reader| CiteJob { bibliography: reader.bibliography(), style, place });
        (ticket, job.map(|job| Effect::Cite { ticket, job: Box::new(job) }).into_iter().collect())
    }

    pub(super) fn cited(&mut self, ticket: Ticket, result: Result<Citation, String>) -> Vec<Effect> {
        let citation = match result {
            Ok(citation) => citation,
            Err(reason) => return self.told(MessageText::NotCited(reason)),
        };
        if let Some((_, quotation)) = self.citing.copying.take_if(|(wanted, _)| *wanted == ticket) {
            self.tell(MessageText::CitationCopied);
            return vec![Effect::Copy(to_copy(quotation, &citation))];
        }
        let preview = self.citing.preview.as_mut().filter(|(wanted, _)| *wanted == ticket);
        if let Some((_, shown)) = preview {
            *shown = citation;
        }
        Vec::new()
    }
}

fn to_copy(quotation: Option<String>, citation: &Citation) -> String {
    match quotation {
        None => citation.reference.clone(),
        Some(quotation) => format!("{quotation}{}\n\n{}", citation.in_text, citation.numbered()),
    }
}

impl Reader {
    /// What is known of the document for citing it: what the reader says, over what the document says.
    pub fn bibliography(&self) -> Bibliography {
        let own = self.bibliography.clone().unwrap_or_default();
        own.over(&Bibliography::guessed(self.document()))
    }

    /// What the reader says of it.
    pub fn own_bibliography(&self) -> Option<&Bibliography> {
        self.bibliography.as_ref()
    }

    /// A passage as shown, in the quotation marks of its script.
    fn quotation(&self, span: Span) -> String {
        let words = self.shown_text(span).replace('\n', " ");
        let (outer, inner) = match self.marks() {
            Marks::Corners => (['「', '」'], ['『', '』']),
            Marks::Curly => (['“', '”'], ['‘', '’']),
        };
        let words = words.replace(outer[0], &inner[0].to_string()).replace(outer[1], &inner[1].to_string());
        format!("{}{words}{}", outer[0], outer[1])
    }

    fn marks(&self) -> Marks {
        let traditional = self.document().speaks_chinese() && self.glyphs() != Glyphs::Simplified;
        if traditional { Marks::Corners } else { Marks::Curly }
    }

    /// Where a passage stands, in brackets: （《章程》第二章 第三條，第 12 段）.
    fn place_in_words(&self, title: &str, span: Span) -> String {
        let locus = self.document().locus(span);
        let headings = locus.headings.iter().map(|heading| self.heading_text(*heading));
        let clauses = self.clauses_in_words(&locus);
        let rest = [self.paragraphs_in_words(&locus), self.page_in_words(&locus)].into_iter().flatten();
        if self.document().speaks_chinese() {
            let path = headings.chain(clauses).collect::<Vec<_>>().join(" ");
            let first = format!("《{}》{path}", title.trim_matches(['《', '》']));
            return format!("（{}）", std::iter::once(first).chain(rest).collect::<Vec<_>>().join("，"));
        }
        let parts = std::iter::once(title.to_owned()).chain(headings).chain(clauses).chain(rest);
        format!(" ({})", parts.collect::<Vec<_>>().join(", "))
    }

    /// The place for a citation, as short as it is clear: the page, else the clause, else the paragraph.
    fn short_place(&self, span: Span) -> String {
        let locus = self.document().locus(span);
        let page = self.page_in_words(&locus).or_else(|| self.clauses_in_words(&locus));
        page.or_else(|| self.paragraphs_in_words(&locus)).unwrap_or_default()
    }

    /// The page and the clause of a passage under these headings, as its note says them: 第 3 頁 第二條. A clause that is
    /// a heading stands among them.
    pub(super) fn page_and_clause(&self, span: Span, headings: &[String]) -> String {
        let locus = self.document().locus(span);
        let clauses = self.clauses_in_words(&locus).filter(|clause| !is_among(clause, headings));
        self.page_in_words(&locus).into_iter().chain(clauses).collect::<Vec<_>>().join(" ")
    }

    fn clauses_in_words(&self, locus: &Locus) -> Option<String> {
        locus.clauses_in_words(self.document(), |span| self.shown_text(span))
    }

    fn paragraphs_in_words(&self, locus: &Locus) -> Option<String> {
        let (numbers, short) = (locus.paragraphs.as_ref()?, locus.paragraphs_in_short()?);
        Some(match (self.document().speaks_chinese(), numbers.start() == numbers.end()) {
            (true, _) => format!("第 {short} 段"),
            (false, true) => format!("para. {short}"),
            (false, false) => format!("paras. {short}"),
        })
    }

    fn page_in_words(&self, locus: &Locus) -> Option<String> {
        let (first, last) = locus.pages.as_ref()?;
        let how = (self.document().speaks_chinese(), self.glyphs());
        Some(pages_in_words(&locus.pages_in_short()?, first != last, how))
    }
}

/// Whether a clause stands among the headings.
pub(super) fn is_among(clause: &str, headings: &[String]) -> bool {
    headings.iter().any(|heading| heading.starts_with(clause))
}

/// Pages in the language of a document, which is Chinese or not, in the script of these shapes: 第 12 頁, pp. 12–13.
pub(super) fn pages_in_words(short: &str, several: bool, how: (bool, Glyphs)) -> String {
    match how {
        (true, Glyphs::Simplified) => format!("第 {short} 页"),
        (true, _) => format!("第 {short} 頁"),
        (false, _) if several => format!("pp. {short}"),
        (false, _) => format!("p. {short}"),
    }
}

/// The marks around a quotation.
enum Marks {
    /// 「」 and in them 『』.
    Corners,
    /// “” and in them ‘’.
    Curly,
}

#[cfg(test)]
mod tests {
    use super::super::tests::Desk;
    use super::super::{Command, Event, Kept, Page};
    use super::*;
    use crate::text::{Form, Script};

    const RULES: &str = "村中书屋章程\n\n第一章　总则\n\n第一条　书屋属于全村，人人可以进来读书。\n\n\
        第二章　借阅\n\n第二条　每次可以借两本书。\n\n第三条　借书的人说“谢谢”，还书的人也说。\n";

    fn copied(desk: &Desk) -> &str {
        let copy = desk.effects.iter().rev().find_map(|effect| match effect {
            Effect::Copy(text) => Some(text.as_str()),
            _ => None,
        });
        copy.expect("nothing was copied")
    }

    /// The world answers what is asked to be cited.
    fn answer(desk: &mut Desk) {
        let asked = desk.effects.iter().rev().find_map(|effect| match effect {
            Effect::Cite { ticket, job } => Some((*ticket, job.run())),
            _ => None,
        });
        let (ticket, citation) = asked.expect("nothing is cited");
        desk.tell(Event::Cited { ticket, result: Ok(citation) });
    }

    #[test]
    fn a_passage_is_copied_with_its_place_in_the_script_that_is_shown() {
        let mut desk = Desk::with(RULES);
        desk.select("借书的人说“谢谢”");
        desk.ask(Command::Cite(CiteCommand::CopyWithPlace));
        assert_eq!(copied(&desk), "“借书的人说‘谢谢’”（《村中书屋章程》第二章 借阅 第三条，第 3 段）");
        desk.ask(Command::Show(Script::characters(Form::Traditional)));
        desk.ask(Command::Cite(CiteCommand::CopyWithPlace));
        assert_eq!(copied(&desk), "「借書的人說“謝謝”」（《村中書屋章程》第二章 借閱 第三條，第 3 段）");
    }

    #[test]
    fn an_english_document_is_cited_in_english() {
        let mut desk =
            Desk::with("The room\n\nArticle 1. The room is open.\n\nArticle 2. Everyone may come.\n");
        desk.select("Everyone may come");
        desk.ask(Command::Cite(CiteCommand::CopyWithPlace));
        assert!(copied(&desk).ends_with("Article 2, para. 2)"), "{}", copied(&desk));
        assert!(copied(&desk).starts_with("“Everyone may come” ("), "{}", copied(&desk));
    }

    #[test]
    fn a_passage_is_copied_with_a_reference_in_the_style_of_choice() {
        let mut desk = Desk::with(RULES);
        desk.ask(Command::Cite(CiteCommand::Say(Detail::Authors, Some("禾溪村".to_owned()))));
        desk.ask(Command::Cite(CiteCommand::ChooseStyle(CitationStyle::ChicagoAuthorDate)));
        desk.select("两本书");
        desk.ask(Command::Cite(CiteCommand::CopyWithReference));
        answer(&mut desk);
        assert_eq!(copied(&desk), "“两本书”(禾溪村, 不详, 第二条)\n\n禾溪村. 不详. 村中书屋章程.");
    }

    /// One reference by itself has no number; a number in the text leads to one.
    #[test]
    fn a_number_stands_only_where_it_leads_somewhere() {
        let mut desk = Desk::with(RULES);
        desk.ask(Command::Cite(CiteCommand::CopyReference));
        answer(&mut desk);
        assert!(copied(&desk).starts_with("村中书屋章程"), "{}", copied(&desk));
        desk.select("两本书");
        desk.ask(Command::Cite(CiteCommand::CopyWithReference));
        answer(&mut desk);
        assert!(copied(&desk).starts_with("“两本书”[1]第二条\n\n[1] 村中书屋章程"), "{}", copied(&desk));
    }

    #[test]
    fn nothing_selected_is_said() {
        let mut desk = Desk::with(RULES);
        desk.ask(Command::Cite(CiteCommand::CopyWithPlace));
        assert_eq!(desk.session.messages().last().unwrap().text, MessageText::NothingSelected);
    }

    #[test]
    fn what_the_reader_says_is_kept_and_can_be_left_to_the_document_again() {
        let mut desk = Desk::with(RULES);
        desk.ask(Command::ShowPage(Some(Page::Bibliography)));
        answer(&mut desk);
        assert!(desk.session.citation().unwrap().reference.contains("村中书屋章程"));
        desk.ask(Command::Cite(CiteCommand::Say(Detail::Title, Some("章程".to_owned()))));
        desk.ask(Command::Cite(CiteCommand::SayKind(Some(WorkKind::Law))));
        answer(&mut desk);
        assert!(desk.session.citation().unwrap().reference.starts_with("章程"));
        let kept = desk.last_save().bibliography.clone().unwrap();
        assert_eq!((kept.get(Detail::Title), kept.kind), ("章程", Some(WorkKind::Law)));

        let again = Kept { bibliography: Some(kept), ..Kept::default() };
        desk.open("again.txt", RULES, again);
        assert_eq!(desk.reader().bibliography().get(Detail::Title), "章程");
        desk.ask(Command::Cite(CiteCommand::Say(Detail::Title, None)));
        desk.ask(Command::Cite(CiteCommand::SayKind(None)));
        assert_eq!(desk.reader().bibliography().get(Detail::Title), "村中书屋章程");
        assert_eq!(desk.last_save().bibliography, None);
    }
    #[test]
    fn what_is_said_while_the_document_is_read_again_stays() {
        let mut desk = Desk::with(RULES);
        desk.ask(Command::Reload);
        desk.ask(Command::Cite(CiteCommand::Say(Detail::Title, Some("章程".to_owned()))));
        let theirs =
            Bibliography { details: [(Detail::Date, "1983".to_owned())].into(), ..Bibliography::default() };
        let ticket = desk.last_read();
        desk.arrive(ticket, RULES, Kept { bibliography: Some(theirs), ..Kept::default() });
        let said = desk.reader().bibliography();
        assert_eq!((said.get(Detail::Title), said.get(Detail::Date)), ("章程", "1983"));
    }
}
