//! RTF, token by token: groups, control words, signs and bytes of text (Rich Text Format Specification 1.9.1).

/// The longest name of a control word.
const LONGEST_NAME: usize = 32;

/// The longest number after one, in digits.
const LONGEST_NUMBER: usize = 10;

/// One token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Token<'a> {
    /// A group begins.
    Open,
    /// A group ends.
    Close,
    /// A control word, with its number if it has one.
    Word(&'a str, Option<i32>),
    /// A byte of text, as `\'b0`.
    Byte(u8),
    /// A backslash and a sign.
    Sign(u8),
    /// Bytes of text as they are.
    Text(&'a [u8]),
}

/// The tokens of a file.
#[derive(Clone, Debug)]
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Whether a byte above 127 begins a character of two, whose second may be a brace or a backslash.
    pub(super) in_pairs: bool,
}

impl<'a> Tokens<'a> {
    /// Those of a whole file.
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, in_pairs: false }
    }

    /// What is left of the group that is open, which is stepped over with its end.
    pub(super) fn rest_of_group(&mut self) -> Self {
        let start = self.at;
        let mut depth = 1_usize;
        let mut end = self.at;
        while depth > 0 {
            end = self.at;
            match self.next() {
                Some(Token::Open) => depth += 1,
                Some(Token::Close) => depth -= 1,
                Some(_) => {}
                None => break,
            }
        }
        let bytes = self.bytes.get(..end).unwrap_or_default();
        Self { bytes, at: start, in_pairs: self.in_pairs }
    }

    /// What was not read so far.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// What stands after a backslash.
    fn control(&mut self) -> Option<Token<'a>> {
        let rest = self.rest();
        let first = *rest.first()?;
        if first == b'\'' {
            self.at = (self.at + 3).min(self.bytes.len());
            let digits = rest.get(1..3).and_then(|digits| std::str::from_utf8(digits).ok());
            return Some(Token::Byte(digits.and_then(|digits| u8::from_str_radix(digits, 16).ok())?));
        }
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            return Some(Token::Sign(first));
        }
        Some(self.word(rest))
    }

    fn word(&mut self, rest: &'a [u8]) -> Token<'a> {
        let name = leading(rest, LONGEST_NAME, u8::is_ascii_alphabetic);
        let after = rest.get(name.len()..).unwrap_or_default();
        let minus = usize::from(after.first() == Some(&b'-'));
        let digits = leading(after.get(minus..).unwrap_or_default(), LONGEST_NUMBER, u8::is_ascii_digit);
        let length = if digits.is_empty() { 0 } else { minus + digits.len() };
        let number = after.get(..length).unwrap_or_default();
        self.at += name.len() + length;
        self.at += usize::from(self.rest().first() == Some(&b' '));
        let number = text_of(number).parse::<i64>().ok();
        let number = number.map(|number| i32::try_from(number).unwrap_or(i32::MAX));
        if name == b"bin" {
            let binary = number.and_then(|number| usize::try_from(number).ok()).unwrap_or(0);
            self.at = self.at.saturating_add(binary).min(self.bytes.len());
        }
        Token::Word(text_of(name), number)
    }

    fn text(&mut self) -> Token<'a> {
        let rest = self.rest();
        let mut length = 0;
        while let Some(&byte) = rest.get(length) {
            match byte {
                b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0 => break,
                0x81.. if self.in_pairs => length += 2,
                _ => length += 1,
            }
        }
        let length = length.min(rest.len());
        self.at += length;
        Token::Text(rest.get(..length).unwrap_or_default())
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let first = *self.rest().first()?;
            match first {
                b'\r' | b'\n' | 0 => self.at += 1,
                b'{' | b'}' => {
                    self.at += 1;
                    return Some(if first == b'{' { Token::Open } else { Token::Close });
                }
                b'\\' => {
                    self.at += 1;
                    // What is no control is nothing.
                    if let Some(token) = self.control() {
                        return Some(token);
                    }
                }
                _ => return Some(self.text()),
            }
        }
    }
}

/// The first bytes that are so, at most that many.
fn leading(bytes: &[u8], most: usize, is: fn(&u8) -> bool) -> &[u8] {
    let length = bytes.iter().take(most).take_while(|byte| is(byte)).count();
    bytes.get(..length).unwrap_or_default()
}

fn text_of(ascii: &[u8]) -> &str {
    std::str::from_utf8(ascii).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &[u8], expected: &[Token<'_>]) {
        assert_eq!(Tokens::of(text).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn words_signs_and_bytes_are_told_apart() {
        use Token::{Byte, Close, Open, Sign, Text, Word};
        check(
            b"{\\b\\fs24 a \\'b0\\'A1\\~\\u-3913?\\par\r\nb}",
            &[
                Open,
                Word("b", None),
                Word("fs", Some(24)),
                Text(b"a "),
                Byte(0xb0),
                Byte(0xa1),
                Sign(b'~'),
                Word("u", Some(-3913)),
                Text(b"?"),
                Word("par", None),
                Text(b"b"),
                Close,
            ],
        );
        check(b"\\li-\\'zz\\bin3 {}}\\'", &[Word("li", None), Text(b"-"), Word("bin", Some(3))]);
        check(b"\\bin9999999999 {", &[Word("bin", Some(i32::MAX))]);
        check(b"\\", &[]);
    }

    #[test]
    fn a_character_of_two_bytes_may_hold_a_brace() {
        let mut tokens = Tokens::of(b"\xa5\x5c}\xa5");
        tokens.in_pairs = true;
        assert_eq!(
            tokens.collect::<Vec<_>>(),
            [Token::Text(b"\xa5\x5c"), Token::Close, Token::Text(b"\xa5")]
        );
    }

    #[test]
    fn the_rest_of_a_group_is_stepped_over() {
        let mut tokens = Tokens::of(b"a{b{c}d}e");
        tokens.by_ref().take(2).for_each(drop);
        let inner = tokens.rest_of_group();
        let words = |tokens: Tokens<'_>| tokens.filter(|token| matches!(token, Token::Text(_))).count();
        assert_eq!((words(inner), words(tokens)), (3, 1));
        assert_eq!(words(Tokens::of(b"a{b").rest_of_group()), 2);
    }
}
