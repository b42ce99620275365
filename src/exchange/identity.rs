//! Identities made from words: the same words give the same identity for ever, so that whatever is imported or
//! exported twice is known to be the same.

use uuid::Uuid;

use crate::notes::NoteId;

/// The identity that a thing of that kind has by these words.
pub(crate) fn uuid_of(kind: &str, words: &[&str]) -> Uuid {
    let mut hasher = blake3::Hasher::new();
    for part in [kind].iter().chain(words) {
        // The length first, so that words cannot run into each other.
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let hash = hasher.finalize();
    let bytes: [u8; 16] = std::array::from_fn(|index| hash.as_bytes()[index]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// The identity of a note for which another program has this name: the UUID that it is, or one made from it.
pub(super) fn note_id_of(program: &str, name: &str) -> NoteId {
    let bare = name.strip_prefix("urn:uuid:").unwrap_or(name);
    let own = Uuid::parse_str(bare).ok().filter(|id| !id.is_nil());
    NoteId(own.unwrap_or_else(|| uuid_of(program, &[name])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_is_kept_and_another_name_gives_one() {
        let id = "0198a3c2-7c1e-7000-8000-3d1f2a4b5c6d";
        for name in
            [id, "urn:uuid:0198a3c2-7c1e-7000-8000-3d1f2a4b5c6d", "{0198A3C2-7C1E-7000-8000-3D1F2A4B5C6D}"]
        {
            assert_eq!(note_id_of("any", name).to_string(), id);
        }
        assert_eq!(note_id_of("any", "https://a.example/1"), note_id_of("any", "https://a.example/1"));
        assert_ne!(note_id_of("any", "https://a.example/1"), note_id_of("any", "https://a.example/2"));
        assert_ne!(note_id_of("one", "1"), note_id_of("two", "1"));
    }

    #[test]
    fn words_do_not_run_into_each_other() {
        assert_ne!(uuid_of("note", &["ab", "c"]), uuid_of("note", &["a", "bc"]));
    }
}
