//! Links from what a note says to other notes: `[「…」](note:01982f…)`.

use uuid::Uuid;

use super::NoteId;

/// What the address of a note begins with.
const SCHEME: &str = "note:";

/// So many characters of a quotation stand in a link.
const QUOTED: usize = 16;

/// The note that an address names; `None` for the address of anything else.
pub fn note_at(address: &str) -> Option<NoteId> {
    Uuid::parse_str(address.strip_prefix(SCHEME)?).ok().map(NoteId)
}

/// A link to a note as it stands in the text of another one, named by what the note quotes or says.
pub fn link_to_note(id: NoteId, quotation: &str) -> String {
    let words = quotation.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut name: String =
        words.chars().filter(|found| !"[]\\`*_<>!&~".contains(*found)).take(QUOTED).collect();
    if words.chars().count() > QUOTED {
        name.push('…');
    }
    format!("[「{name}」]({SCHEME}{id})")
}

/// The notes that a text links to, each once, in its order.
pub fn notes_linked(text: &str) -> Vec<NoteId> {
    let mut linked = Vec::new();
    for (_, after) in
        text.match_indices(SCHEME).filter_map(|(at, scheme)| text.split_at_checked(at + scheme.len()))
    {
        let end = after.find(|found: char| !found.is_ascii_hexdigit() && found != '-').unwrap_or(after.len());
        let id = after.split_at_checked(end).and_then(|(id, _)| Uuid::parse_str(id).ok()).map(NoteId);
        linked.extend(id.filter(|id| !linked.contains(id)));
    }
    linked
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: NoteId = NoteId(Uuid::from_u128(7));

    #[test]
    fn a_link_names_its_note() {
        let link = link_to_note(ID, "再清淤\n筑堤");
        assert_eq!(link, format!("[「再清淤 筑堤」](note:{ID})"));
        assert_eq!(notes_linked(&format!("见{link}与{link}。")), [ID]);
        assert_eq!(note_at(&format!("note:{ID}")), Some(ID));
    }

    #[test]
    fn no_quotation_breaks_a_link() {
        let link = link_to_note(ID, "[甲](乙) *丙* `丁` 戊己庚辛壬癸子丑寅卯辰巳午未");
        assert!(link.ends_with(&format!("…」](note:{ID})")), "{link}");
        assert_eq!(link.matches(']').count(), 1);
    }

    #[test]
    fn other_addresses_name_no_note() {
        assert_eq!(note_at("https://example.org"), None);
        assert_eq!(note_at("note:7"), None);
        assert_eq!(notes_linked("note: 见 [甲](note:abc)"), []);
    }
}
