//! Texts of one note, one below the other with rules between them.

/// What stands between two texts.
pub(super) const RULE: &str = "\n\n---\n\n";

/// Both texts, the later one first. What one says already as a text of its own is said once; words within a text are no
/// text of their own, since 同意 is not what 不同意 says.
pub(crate) fn joined(ours: &str, other: &str, other_is_later: bool) -> String {
    let (own_parts, other_parts) = (parts(ours), parts(other));
    if other_parts.iter().all(|part| own_parts.contains(part)) {
        return ours.to_owned();
    }
    if own_parts.iter().all(|part| other_parts.contains(part)) {
        return other.to_owned();
    }
    let (first, known, second) =
        if other_is_later { (other, other_parts, own_parts) } else { (ours, own_parts, other_parts) };
    let more = second.into_iter().filter(|part| !known.contains(part));
    std::iter::once(first)
        .chain(more.collect::<Vec<_>>().iter().map(String::as_str))
        .collect::<Vec<_>>()
        .join(RULE)
}

/// The texts between the rules, without white space around them. A line of three hyphens right below words is no rule
/// but makes a heading of them.
fn parts(text: &str) -> Vec<String> {
    // Other programs have other ends of lines.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut parts = vec![String::new()];
    let mut after_space = true;
    for line in text.lines() {
        let is_rule = after_space && line.trim() == "---";
        match parts.last_mut() {
            Some(part) if !is_rule => part.extend([line, "\n"]),
            _ => parts.push(String::new()),
        }
        after_space = is_rule || line.trim().is_empty();
    }
    parts.iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_text_holds_another_by_whole_parts_only() {
        let check = |ours: &str, other: &str, expected: &str| assert_eq!(joined(ours, other, true), expected);
        check("不同意", "同意", "同意\n\n---\n\n不同意");
        check("好", "不好", "不好\n\n---\n\n好");
        check("甲\n\n---\n\n乙", " 乙\n", "甲\n\n---\n\n乙");
        check("甲\n\n---\n\n乙", "乙\n\n---\n\n丙", "乙\n\n---\n\n丙\n\n---\n\n甲");
        check("题\n---\n文", "文", "文\n\n---\n\n题\n---\n文");
        check("", "甲", "甲");
        check(" ---\n", "甲", "甲");
        assert_eq!(joined("不同意", "同意", false), "不同意\n\n---\n\n同意");
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_a_second_time_changes_nothing(
            ours in "[甲乙 \\r\\n-]{0,9}", other in "(甲|乙|不|\\n\\n---\\n\\n|\\n|\\r|---){0,9}", later: bool,
        ) {
            let both = joined(&ours, &other, later);
            let said = parts(&both);
            prop_assert!(parts(&ours).iter().chain(&parts(&other)).all(|part| said.contains(part)), "{}", both);
            prop_assert_eq!(joined(&both, &other, later), both.clone());
            prop_assert_eq!(joined(&both, &ours, later), both);
        }
    }
}
