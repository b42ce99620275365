//! What stands around the text of a page, known by what it is called and by what its headings say.
//!
//! Names of classes and ids as Readability (Mozilla, `unlikelyCandidates` and `negative`) and Trafilatura (`OVERALL_DISCARD_XPATH`)
//! read them; headings after which no more text is expected as boilerpipe's `TerminatingBlocksFinder` does
//! (Kohlschütter, Fankhauser, Nejdl: Boilerplate Detection using Shallow Text Features, 2010), in Chinese. Neither is
//! believed of what holds much of the text.

use markup5ever_rcdom::Handle;

use super::nodes::{attribute, name};

/// Names of what readers say below a text.
const DISCUSSION: [&str; 2] = ["comment", "comments"];
/// Names of what leads around a site.
const AROUND: [&str; 17] = [
    "breadcrumb",
    "breadcrumbs",
    "crumbs",
    "pagination",
    "pager",
    "navbar",
    "navheader",
    "navfooter",
    "docnav",
    "recommend",
    "recommends",
    "recommended",
    "share",
    "sharing",
    "social",
    "sponsor",
    "toolbar",
];

/// Headings of what else a site has to offer.
const OFFERS: [&str; 32] = [
    "相关新闻",
    "相關新聞",
    "相关阅读",
    "相關閱讀",
    "相关文章",
    "相關文章",
    "相关推荐",
    "相關推薦",
    "相关报道",
    "相關報導",
    "推荐阅读",
    "推薦閱讀",
    "推荐新闻",
    "推薦新聞",
    "热门推荐",
    "熱門推薦",
    "热点推荐",
    "精彩推荐",
    "精彩推薦",
    "为您推荐",
    "為您推薦",
    "猜你喜欢",
    "猜你喜歡",
    "最近文章",
    "热门文章",
    "熱門文章",
    "热门新闻",
    "熱門新聞",
    "热点新闻",
    "最新新聞",
    "更多新闻",
    "更多新聞",
];
/// Headings of what readers say.
const SAYINGS: [&str; 12] = [
    "网友评论",
    "網友評論",
    "网友留言",
    "網友留言",
    "读者评论",
    "讀者留言",
    "热门评论",
    "熱門評論",
    "最新评论",
    "最新評論",
    "全部评论",
    "我要评论",
];

/// Such a heading has at most so many letters more.
const MOST_MORE: usize = 5;

/// Whether an element is called so: one of its classes, its id, or a part of one.
fn is_called(element: &Handle, names: &[&str]) -> bool {
    let is_block = matches!(name(element), "div" | "section" | "ul" | "ol" | "dl" | "p" | "table");
    let says = |key: &str| {
        let value = attribute(element, key).unwrap_or_default().to_ascii_lowercase();
        value.split([' ', '-', '_']).any(|part| names.contains(&part))
    };
    is_block && (says("class") || says("id"))
}

/// Whether an element is called what readers say.
pub(super) fn is_called_discussion(element: &Handle) -> bool {
    is_called(element, &DISCUSSION)
}

/// Whether an element is called like something around a text, or is what LibreOffice makes of a running head.
pub(super) fn is_called_around(element: &Handle) -> bool {
    let title = attribute(element, "title");
    let running_head = name(element) == "div" && matches!(title.as_deref(), Some("header" | "footer"));
    running_head || is_called(element, &AROUND)
}

/// What a heading says of what follows it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Follows {
    /// What else there is on the site.
    Offers,
    /// What readers say.
    Sayings,
}

/// What follows a heading of these words, if that is no more text.
pub(super) fn announced(words: &str) -> Option<Follows> {
    let letters: String = words.chars().filter(|found| found.is_alphanumeric()).collect();
    let says = |titles: &[&str]| {
        titles.iter().any(|title| {
            letters.contains(title) && letters.chars().count() <= title.chars().count() + MOST_MORE
        })
    };
    match () {
        () if says(&OFFERS) => Some(Follows::Offers),
        () if says(&SAYINGS) => Some(Follows::Sayings),
        () => None,
    }
}
