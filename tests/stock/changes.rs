//! What happens between two versions of a text.

use duidu::document::BlockKind;
use duidu::text::{Converters, Corrections, Script, Span, Written};

use super::manuscript::{Glyph, Manuscript, Piece};
use super::prose::BOILERPLATE;
use super::writer::Writer;

/// Shows every piece in another script. Only how it is written changes, not what.
pub(crate) fn show_in(script: Script, converters: &Converters, manuscript: &mut Manuscript) {
    converters.prepare(Written::Simplified, script).unwrap();
    for piece in &mut manuscript.pieces {
        show_piece_in(script, converters, piece);
    }
}

fn show_piece_in(script: Script, converters: &Converters, piece: &mut Piece) {
    let draft = piece.draft();
    let shown = converters.show(Written::Simplified, script, &Corrections::default(), &draft).unwrap();
    let starts: Vec<usize> = draft.char_indices().map(|(start, _)| start).collect();
    for glyph in &mut piece.glyphs {
        glyph.shown = Some("".into());
    }
    for (start, character) in shown.text.char_indices() {
        let span = Span::from_range(&(start..start + character.len_utf8()));
        let source = shown.pairing.left_from_right(span).start() as usize;
        let place = starts.partition_point(|start| *start <= source).saturating_sub(1);
        let glyph = &mut piece.glyphs[place];
        let mut now = glyph.shown.take().unwrap_or_default().into_string();
        now.push(character);
        glyph.shown = Some(now.into());
    }
}

/// Changes width and marks: half-width marks, full-width digits, other quotation marks, stray spaces, a missing
/// comma here and there.
pub(crate) fn change_marks(writer: &mut Writer, manuscript: &mut Manuscript) {
    for glyph in manuscript.pieces.iter_mut().flat_map(|piece| &mut piece.glyphs) {
        let other = match glyph.character {
            '，' if writer.dice.below(8) == 0 => " ".to_owned(),
            '，' => ",".to_owned(),
            '。' => ".".to_owned(),
            '、' if writer.dice.below(4) == 0 => "，".to_owned(),
            '；' => "。".to_owned(),
            '：' => ": ".to_owned(),
            '《' => "〈".to_owned(),
            '》' => "〉".to_owned(),
            '（' => "(".to_owned(),
            '）' => ")".to_owned(),
            digit @ '0'..='9' => char::from_u32(digit as u32 + 0xFEE0).unwrap().to_string(),
            other if writer.dice.below(30) == 0 => format!("{other} "),
            other => other.to_string(),
        };
        glyph.shown = Some(other.into());
    }
}

/// Edits so many hundredths of the characters of each piece: words come in, go out or give way to others, and
/// now and then two clauses change places.
pub(crate) fn edit(writer: &mut Writer, hundredths: usize, manuscript: &mut Manuscript) {
    for piece in manuscript.pieces.iter_mut().filter(|piece| piece.is_body()) {
        edit_piece(writer, hundredths, piece);
    }
}

/// The same for one piece.
pub(crate) fn edit_piece(writer: &mut Writer, hundredths: usize, piece: &mut Piece) {
    // An edit costs a walk over the piece, so that a very long one is edited bit by bit.
    const LONG: usize = 2_000;
    let glyphs = std::mem::take(&mut piece.glyphs);
    for bit in glyphs.chunks(LONG) {
        let mut part = Piece { glyphs: bit.to_vec(), ..piece.clone() };
        edit_part(writer, hundredths, &mut part);
        piece.glyphs.append(&mut part.glyphs);
    }
}

fn edit_part(writer: &mut Writer, hundredths: usize, piece: &mut Piece) {
    let mut left = piece.glyphs.len() * hundredths;
    if writer.dice.below(10) < hundredths / 5 {
        swap_clauses(writer, piece);
    }
    // What is left of a share that is no whole character falls to chance, so that the sum is right.
    while left >= 100 || writer.dice.below(100) < left {
        let spent = edit_once(writer, piece, (left / 100).max(1));
        left = left.saturating_sub(spent.max(1) * 100);
    }
}

/// Answers how many characters were touched.
fn edit_once(writer: &mut Writer, piece: &mut Piece, most: usize) -> usize {
    let wording: Vec<usize> =
        (0..piece.glyphs.len()).filter(|&place| piece.glyphs[place].is_wording()).collect();
    if wording.len() < 6 {
        return most;
    }
    let start = writer.dice.pick(&wording);
    let wanted = (1 + writer.dice.below(4)).min(most);
    let length = piece.glyphs[start..].iter().take(wanted).take_while(|glyph| glyph.is_wording()).count();
    let matter = piece.matters.first().copied();
    let (removed, added) = match writer.dice.below(6) {
        0 | 1 => (length, String::new()),
        2 => (0, writer.word(matter).chars().take(most).collect()),
        3 if most >= 14 => (0, writer.clause(matter)),
        _ => (length, writer.word(matter).chars().take(most).collect()),
    };
    let new = |character| Glyph { character, source: None, shown: None, is_number: false };
    piece.glyphs.splice(start..start + removed, added.chars().map(new));
    removed.max(added.chars().count())
}

/// Two neighbouring clauses change places. Where they say the same, nothing has happened.
pub(crate) fn swap_clauses(writer: &mut Writer, piece: &mut Piece) {
    let marks: Vec<usize> = (0..piece.glyphs.len())
        .filter(|&place| matches!(piece.glyphs[place].character, '，' | '。' | '；'))
        .collect();
    if marks.len() < 4 {
        return;
    }
    let at = writer.dice.below(marks.len() - 3);
    let (start, middle, end) = (marks[at] + 1, marks[at + 1] + 1, marks[at + 2]);
    let clause = |from: usize, to: usize| piece.glyphs[from..to].iter().map(|glyph| glyph.character);
    if clause(start, middle - 1).eq(clause(middle, end)) {
        return;
    }
    // The comma between them stays between them.
    piece.glyphs[start..end].rotate_left(middle - start);
    let comma = start + (end - middle);
    piece.glyphs[comma..end].rotate_right(1);
}

/// Puts the text blocks into another order; headings stay.
pub(crate) fn shuffle(writer: &mut Writer, manuscript: &mut Manuscript) {
    let places: Vec<usize> =
        (0..manuscript.pieces.len()).filter(|&place| manuscript.pieces[place].is_body()).collect();
    let mut bodies: Vec<Piece> = places.iter().map(|&place| manuscript.pieces[place].clone()).collect();
    writer.dice.shuffle(&mut bodies);
    for (place, body) in places.into_iter().zip(bodies) {
        manuscript.pieces[place] = body;
    }
}

/// Turns the order of the blocks round: each heading still stands over its own.
pub(crate) fn reverse(manuscript: &mut Manuscript) {
    let mut sections: Vec<Vec<Piece>> = vec![Vec::new()];
    for piece in std::mem::take(&mut manuscript.pieces) {
        if piece.is_heading() {
            sections.push(Vec::new());
        }
        sections.last_mut().unwrap().push(piece);
    }
    for section in &mut sections {
        let first_body = section.iter().position(Piece::is_body).unwrap_or(section.len());
        section[first_body..].reverse();
    }
    manuscript.pieces = sections.into_iter().rev().flatten().collect();
}

/// Cuts paragraphs in two at the end of a sentence, where they have two.
pub(crate) fn split(writer: &mut Writer, manuscript: &mut Manuscript) {
    let mut pieces = Vec::new();
    for mut piece in std::mem::take(&mut manuscript.pieces) {
        let ends: Vec<usize> = (1..piece.glyphs.len().saturating_sub(1))
            .filter(|&place| piece.glyphs[place - 1].character == '。')
            .collect();
        if piece.kind != BlockKind::Paragraph || ends.is_empty() {
            pieces.push(piece);
            continue;
        }
        let rest = piece.glyphs.split_off(writer.dice.pick(&ends));
        let second = Piece { glyphs: rest, ..piece.clone() };
        pieces.extend([piece, second]);
    }
    manuscript.pieces = pieces;
}

/// Joins a paragraph with the one that follows it, where one does.
pub(crate) fn merge(manuscript: &mut Manuscript) {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut is_joined = false;
    for piece in std::mem::take(&mut manuscript.pieces) {
        match pieces.last_mut() {
            Some(last)
                if last.kind == BlockKind::Paragraph && piece.kind == BlockKind::Paragraph && !is_joined =>
            {
                last.glyphs.extend(piece.glyphs);
                last.matters.extend(piece.matters);
                is_joined = true;
            }
            _ => {
                pieces.push(piece);
                is_joined = false;
            }
        }
    }
    manuscript.pieces = pieces;
}

/// Puts in paragraphs that say nothing of their own, one for each four pieces, each several times.
pub(crate) fn insert_boilerplate(writer: &mut Writer, manuscript: &mut Manuscript) {
    let mut pieces = Vec::new();
    for piece in std::mem::take(&mut manuscript.pieces) {
        pieces.push(piece);
        if pieces.len() > 3 && writer.dice.below(4) == 0 {
            let text = writer.dice.pick(&BOILERPLATE);
            pieces.push(writer.piece(BlockKind::Paragraph, text, &[]));
        }
    }
    manuscript.pieces = pieces;
}

/// Keeps so many blocks of text, in order, with the title and without headings.
pub(crate) fn select(writer: &mut Writer, count: usize, manuscript: &mut Manuscript) {
    let mut bodies: Vec<usize> =
        (0..manuscript.pieces.len()).filter(|&place| manuscript.pieces[place].is_body()).collect();
    writer.dice.shuffle(&mut bodies);
    bodies.truncate(count);
    let mut place = 0;
    manuscript.pieces.retain(|piece| {
        place += 1;
        piece.kind == BlockKind::Title || bodies.contains(&(place - 1))
    });
}
