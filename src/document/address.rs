//! Addresses that a link may open: of the web and of mail, and no others.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use url::{Host, Position, Url};

use crate::text::disguises;

/// An address of the web (http, https) or of mail (mailto).
///
/// Holds: what is shown is what opens. It is written in ASCII, as the [URL Standard](https://url.spec.whatwg.org)
/// writes it: other characters of a path as `%E6%B2%B3`, a name in other letters as `xn--…`. It has no user and no
/// password, nothing that mail programs could attach, and at most [`Address::LONGEST`] bytes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Address(Arc<str>);

/// What words are that do not write an [`Address`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NoAddress {
    /// It leads on from another address, which is not known.
    #[error("the address leads on from another one, which is not known")]
    Relative,
    /// Nothing that a link may open.
    #[error("no address of the web or of mail that a link may open")]
    Other,
}

/// What a link to a new message may fill in. Some programs would attach files.
const FILLED_IN: [&str; 5] = ["to", "cc", "bcc", "subject", "body"];

impl Address {
    /// The longest address, in bytes.
    pub const LONGEST: usize = 2000;

    /// The address that is written so. White space around it is none of it.
    ///
    /// Errors: it is none that a link may open, or hides characters.
    pub fn read(written: &str) -> Result<Self, NoAddress> {
        Self::read_from(None, written)
    }

    /// The address that is written so on a page with the address `base`: it may lead on from there.
    ///
    /// Errors: as [`Address::read`].
    pub fn read_from(base: Option<&Self>, written: &str) -> Result<Self, NoAddress> {
        let written = written.trim();
        if written.is_empty() || written.len() > Self::LONGEST || written.contains(disguises) {
            return Err(NoAddress::Other);
        }
        let base = base.and_then(Self::url);
        let url = Url::options().base_url(base.as_ref()).parse(written).map_err(|error| match error {
            url::ParseError::RelativeUrlWithoutBase => NoAddress::Relative,
            _ => NoAddress::Other,
        })?;
        let opens = match url.scheme() {
            "http" | "https" => is_plain_web(&url),
            "mailto" => is_plain_mail(&url),
            _ => false,
        };
        let written = url.as_str();
        if opens && written.len() <= Self::LONGEST { Ok(Self(written.into())) } else { Err(NoAddress::Other) }
    }

    /// As it is shown, copied and opened.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is of the web, not of mail.
    pub fn is_of_web(&self) -> bool {
        self.0.starts_with("http")
    }

    /// The address before, within and after the part that says where it leads: the host, or the receivers of mail.
    pub fn parts(&self) -> [&str; 3] {
        let written = self.as_str();
        let url = self.url();
        let Some(url) = url.as_ref() else { return [written, "", ""] };
        let (from, to) = match url.scheme() {
            "mailto" => (Position::BeforePath, Position::AfterPath),
            _ => (Position::BeforeHost, Position::AfterHost),
        };
        let (from, to) = (url[..from].len(), url[..to].len());
        let part = |range: std::ops::Range<usize>| written.get(range).unwrap_or_default();
        [part(0..from), part(from..to), part(to..written.len())]
    }

    /// The name of its host in its own letters, where the address writes it as `xn--…`.
    pub fn name_of_host(&self) -> Option<String> {
        let url = self.url()?;
        let written = url.host_str()?;
        let name = url::quirks::domain_to_unicode(written);
        (!name.is_empty() && name != written && !name.contains(disguises)).then_some(name)
    }

    /// The same without the place in the page that it leads to.
    #[must_use]
    pub fn without_place(&self) -> Self {
        let page = self.0.split_once('#').map(|(page, _)| page);
        page.map_or_else(|| self.clone(), |page| Self(page.into()))
    }

    /// The place in the page that it leads to, as it is written.
    pub fn place(&self) -> Option<&str> {
        self.0.split_once('#').map(|(_, place)| place).filter(|place| !place.is_empty())
    }

    /// What of `words` is written as an address, where it is another one than this.
    pub fn contradicted_by<'a>(&self, words: &'a str) -> Option<&'a str> {
        let own = self.url()?;
        claims(words).find(|claim| claim.contradicts(&own)).map(|claim| claim.written)
    }

    fn url(&self) -> Option<Url> {
        Url::parse(self.as_str()).ok()
    }
}

fn is_plain_web(url: &Url) -> bool {
    url.host_str().is_some_and(|host| !host.is_empty())
        && url.username().is_empty()
        && url.password().is_none()
}

/// Whether an address of mail fills in nothing but words, and no further lines of the head of the message.
fn is_plain_mail(url: &Url) -> bool {
    let breaks = |words: &str| {
        let words = words.to_ascii_lowercase();
        words.contains("%0a") || words.contains("%0d")
    };
    let plain = |(key, value): (std::borrow::Cow<'_, str>, std::borrow::Cow<'_, str>)| {
        let key = key.to_ascii_lowercase();
        FILLED_IN.contains(&key.as_str()) && (key == "body" || !value.contains(['\n', '\r']))
    };
    url.path().contains('@')
        && !breaks(url.path())
        && url.fragment().is_none()
        && url.query_pairs().all(plain)
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl TryFrom<String> for Address {
    type Error = NoAddress;

    fn try_from(written: String) -> Result<Self, NoAddress> {
        Self::read(&written)
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.as_str().to_owned()
    }
}

// ---- Words that look like addresses ---------------------------------------------------------------------

/// Words that look like an address.
struct Claim<'a> {
    written: &'a str,
    /// The host, or the receiver of mail.
    host: String,
    path: String,
    is_mail: bool,
    /// Whether the end was left out of the words.
    cut: bool,
}

/// How names of hosts end that everybody takes for such: what ends otherwise may be the name of a file.
const ENDINGS: [&str; 24] = [
    "com",
    "net",
    "org",
    "edu",
    "gov",
    "int",
    "info",
    "biz",
    "cn",
    "tw",
    "hk",
    "mo",
    "sg",
    "jp",
    "kr",
    "uk",
    "us",
    "de",
    "fr",
    "eu",
    "xn--fiqs8s",
    "xn--fiqz9s",
    "xn--55qx5d",
    "xn--io0a7i",
];

/// The stretches of words that look like addresses.
fn claims(words: &str) -> impl Iterator<Item = Claim<'_>> {
    let parts = |found: char| {
        found.is_whitespace() || "，。、；（）()<>《》〈〉「」『』“”‘’\"'[]【】{}|".contains(found)
    };
    words.split(parts).filter_map(Claim::of)
}

impl<'a> Claim<'a> {
    fn of(token: &'a str) -> Option<Self> {
        let whole = token.trim_end_matches(['.', ',', ';', ':', '!', '?', '…', '：', '！', '？']);
        let cut = token.ends_with('…') || token.ends_with("...");
        let claim = |host: &str, path: &str, is_mail| Self {
            written: whole,
            host: host.to_lowercase(),
            path: path.to_owned(),
            is_mail,
            cut,
        };
        let after = whole.strip_prefix("mailto:").unwrap_or(whole);
        if whole.contains("://") {
            let url = Url::parse(whole).ok()?;
            return Some(claim(url.host_str()?, url.path(), false));
        }
        if let Some((_, host)) = after.split_once('@') {
            return is_host(host).then(|| claim(after, "", true));
        }
        let (host, _) = whole.split_once(['/', '?', '#', ':']).unwrap_or((whole, ""));
        let url = is_host(host).then(|| Url::parse(&format!("https://{whole}")).ok())??;
        Some(claim(url.host_str()?, url.path(), false))
    }

    fn contradicts(&self, own: &Url) -> bool {
        if self.is_mail || own.scheme() == "mailto" {
            return !(self.is_mail
                && own.scheme() == "mailto"
                && own.path().eq_ignore_ascii_case(&self.host));
        }
        let host = own.host_str().unwrap_or_default();
        let said = self.host.strip_prefix("www.").unwrap_or(&self.host);
        // Whoever has a name has the names below it.
        let same_host = host == said || host.strip_suffix(said).is_some_and(|below| below.ends_with('.'));
        let same_path = self.cut || own.path().starts_with(self.path.trim_end_matches('/'));
        !(same_host && same_path)
    }
}

/// Whether this looks like the name of a host.
fn is_host(words: &str) -> bool {
    let Some(Host::Domain(host)) =
        Some(words).filter(|words| words.contains(['.', '．'])).and_then(|words| Host::parse(words).ok())
    else {
        return false;
    };
    host.starts_with("www.") || host.rsplit('.').next().is_some_and(|ending| ENDINGS.contains(&ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(written: &str, expected: Option<&str>) {
        let read = Address::read(written).ok();
        assert_eq!(read.as_ref().map(Address::as_str), expected, "{written:?}");
    }

    #[test]
    fn what_is_shown_is_what_opens() {
        check("https://a.example", Some("https://a.example/"));
        check(" HTTP://A.Example/x?y=1#z\n", Some("http://a.example/x?y=1#z"));
        check("https://河.example/水 清", Some("https://xn--ovw.example/%E6%B0%B4%20%E6%B8%85"));
        check("https:\\\\a.example\\@b.example", Some("https://a.example/@b.example"));
        check("http://0x7f.1/", Some("http://127.0.0.1/"));
        check("mailto:lin@a.example?subject=%E6%B2%B3", Some("mailto:lin@a.example?subject=%E6%B2%B3"));
    }

    #[test]
    fn only_the_web_and_mail_are_opened_and_nothing_hides_in_an_address() {
        for written in [
            "javascript:alert(1)",
            "JavaScript://a.example/%0aalert(1)",
            "java\nscript:alert(1)",
            "file:///etc/passwd",
            "data:text/html,x",
            "ftp://a.example/",
            "vbscript:x",
            "ms-word:ofe|u|https://a.example",
            "view-source:https://a.example",
            "http://good.example@evil.example/",
            "http://a:b@evil.example/",
            "https://a.example/\u{202e}gpj.exe",
            "https://a\u{200b}.example/",
            "https://a.example/\u{0}",
            "https://a.ex\tample/",
            "https://",
            "http:///",
            "https://a b.example/",
            "mailto:",
            "mailto:lin",
            "mailto:lin@a.example?attach=/etc/passwd",
            "mailto:lin@a.example%0aBcc:x@b.example",
            "mailto:lin@a.example?subject=x%0d%0aBcc:x@b.example",
            "//a.example/",
            "a.example",
            "#x",
            "",
        ] {
            check(written, None);
        }
        assert_eq!(Address::read("../x.html"), Err(NoAddress::Relative));
        assert_eq!(Address::read("javascript:x"), Err(NoAddress::Other));
    }

    #[test]
    fn an_address_may_be_so_long_and_no_longer() {
        let written = |length: usize| format!("https://a.example/{}", "x".repeat(length - 18));
        for (length, reads) in
            [(Address::LONGEST - 1, true), (Address::LONGEST, true), (Address::LONGEST + 1, false)]
        {
            assert_eq!(Address::read(&written(length)).is_ok(), reads, "{length}");
        }
        // As it is opened it is longer.
        check(&format!("https://a.example/{}", "河".repeat(300)), None);
    }

    #[test]
    fn a_page_leads_on_from_its_own_address_and_from_no_mail() {
        let base = Address::read("https://a.example/b/c.html?d").unwrap();
        let from = |written: &str| Address::read_from(Some(&base), written).map(String::from);
        assert_eq!(from("e.html").as_deref(), Ok("https://a.example/b/e.html"));
        assert_eq!(from("/e").as_deref(), Ok("https://a.example/e"));
        assert_eq!(from("//f.example").as_deref(), Ok("https://f.example/"));
        assert_eq!(from("javascript:x"), Err(NoAddress::Other));
        let mail = Address::read("mailto:a@b.example").unwrap();
        assert!(Address::read_from(Some(&mail), "e.html").is_err());
    }

    #[test]
    fn the_part_that_says_where_it_leads_is_known() {
        let parts = |written: &str| Address::read(written).unwrap().parts().map(str::to_owned);
        assert_eq!(parts("https://a.example:81/b@c"), ["https://", "a.example", ":81/b@c"]);
        assert_eq!(parts("http://[::1]/"), ["http://", "[::1]", "/"]);
        assert_eq!(parts("mailto:a@b.example?body=c"), ["mailto:", "a@b.example", "?body=c"]);
        let name = |written: &str| Address::read(written).unwrap().name_of_host();
        assert_eq!(name("https://河.example/").as_deref(), Some("河.example"));
        assert_eq!(
            name("https://раураl.example/").as_deref(),
            Some("раураl.example"),
            "letters of two scripts"
        );
        assert_eq!(name("https://a.example/"), None);
    }

    #[test]
    fn words_that_look_like_another_address_are_noticed() {
        let check = |words: &str, opens: &str, expected: Option<&str>| {
            assert_eq!(Address::read(opens).unwrap().contradicted_by(words), expected, "{words} {opens}");
        };
        check("https://bank.example/", "https://evil.example/", Some("https://bank.example/"));
        check("見 bank.com 的說明", "https://evil.example/bank.com", Some("bank.com"));
        check("（www.bank.example）", "https://evil.example/", Some("www.bank.example"));
        check("https://a.example/good", "https://a.example/evil", Some("https://a.example/good"));
        check("lin@a.com", "mailto:lin@b.com", Some("lin@a.com"));
        check("ｂａｎｋ．ｃｏｍ", "https://evil.example/", Some("ｂａｎｋ．ｃｏｍ"));
        check("bank.com", "mailto:x@bank.com", Some("bank.com"));

        check("https://a.example", "https://a.example/", None);
        check("http://www.a.example/x", "https://a.example/x?y", None);
        check("a.com", "https://www.a.com/x", None);
        check("https://a.example/long…", "https://a.example/very/long", None);
        check("Lin@a.com", "mailto:lin@a.com?subject=x", None);
        check("README.md", "https://a.example/", None);
        check("他愛。中国", "https://a.example/", None);
        check("第1.2節", "https://a.example/", None);
    }
}
