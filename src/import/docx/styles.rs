//! The styles of a DOCX: which paragraphs are headings, quotations, notes, and which text is hidden.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::Node;

use super::numbering::Numbered;
use super::outstanding::Letters;
use super::{is_on, value};
use crate::document::BlockKind;
use crate::import::raised::Shift;
use crate::import::style_names;
use crate::import::xml::{attribute, child, children, find};

/// Styles that build on more others than this are taken as they are.
pub(super) const MOST_BASES: usize = 32;

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// By their names.
    named: BTreeMap<String, Style>,
    /// The style of paragraphs that name none, and how letters look of which nothing is said.
    default: Option<String>,
    letters: Letters,
}

#[derive(Debug, Default)]
struct Style {
    /// In small letters.
    name: String,
    based_on: Option<String>,
    own: Look,
    letters: Letters,
    /// Whether it strikes words out, if it says so.
    struck: Option<bool>,
    /// Where it puts words, if it says so.
    standing: Option<Standing>,
}

/// Where words of a run stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Standing {
    OnLine,
    Shifted(Shift),
}

/// What properties of a paragraph say; `None` where they say nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Look {
    /// The level in the outline, from 0; 9 for running text.
    outline: Option<u8>,
    list: Option<u32>,
    level: Option<usize>,
    hidden: Option<bool>,
    boxed: Option<bool>,
    /// Whether it is set in the middle.
    centred: Option<bool>,
}

/// What a paragraph is, by its style and its own properties.
#[derive(Clone, PartialEq, Eq, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each says another thing, and any of them go together")]
pub(super) struct Looks {
    /// What it is, its number aside.
    pub(super) kind: BlockKind,
    /// Whether it stands in a frame.
    pub(super) boxed: bool,
    /// Whether it is hidden.
    pub(super) hidden: bool,
    /// Whether it is set in the middle, and how its letters look.
    pub(super) centred: bool,
    pub(super) letters: Letters,
    /// Whether it belongs to the table of contents.
    pub(super) contents: bool,
    /// Whether it is what a picture or table is called.
    pub(super) caption: bool,
    /// Its list: the number, and the level that it says itself.
    list: Option<u32>,
    level: Option<usize>,
    /// The style that says so.
    style: Option<String>,
}

impl Looks {
    /// The list that it stands in. `level_of` gives the level that the list gives to a style.
    pub(super) fn numbered(&self, level_of: impl FnOnce(u32, &str) -> Option<usize>) -> Option<Numbered> {
        let list = self.list.filter(|list| *list > 0)?;
        let by_style = || level_of(list, self.style.as_deref()?);
        let level = self.level.or_else(by_style).unwrap_or(0).min(8);
        Some(Numbered { list, level })
    }
}

impl Styles {
    /// Reads `styles.xml`.
    pub(super) fn of(root: Node<'_, '_>) -> Self {
        let default = find(root, "rPrDefault").and_then(|run| child(run, "rPr"));
        let letters = default.map(Letters::of).unwrap_or_default();
        let mut styles = Self { letters, ..Self::default() };
        for node in children(root, "style") {
            let Some(id) = attribute(node, "styleId") else { continue };
            let paragraph = attribute(node, "type") == Some("paragraph");
            if paragraph && attribute(node, "default").is_some_and(|on| matches!(on, "1" | "true" | "on")) {
                styles.default = Some(id.to_owned());
            }
            styles.named.insert(id.to_owned(), Style::of(node));
        }
        styles
    }

    /// What a paragraph with these properties (`pPr`) is.
    pub(super) fn look(&self, properties: Option<Node<'_, '_>>) -> Looks {
        let named = properties.and_then(|own| child(own, "pStyle")).and_then(value);
        let id = named.or(self.default.as_deref());
        let own = properties.map(Look::of).unwrap_or_default();
        let bases = id.map(|id| self.bases(id)).unwrap_or_default();
        let called: Vec<&str> = bases.iter().map(|(_, style)| style.name.as_str()).collect();
        let mut whole = own.clone();
        // The style that gives the list also gives the level that the list knows it by.
        let mut of_list = None;
        for (id, style) in &bases {
            if whole.list.is_none() && style.own.list.is_some() {
                of_list = Some((*id).to_owned());
            }
            whole = whole.or(&style.own);
        }
        let kind = style_names::kind(&called, whole.outline);
        Looks {
            kind,
            boxed: whole.boxed.unwrap_or(false),
            centred: whole.centred.unwrap_or(false),
            letters: self.letters_of(&bases),
            hidden: whole.hidden.unwrap_or(false),
            contents: match called.first() {
                Some(name) => style_names::is_contents(name),
                None => named.is_some_and(style_names::is_identifier_of_contents),
            },
            caption: style_names::is_caption(&called),
            list: whole.list,
            level: whole.level,
            style: of_list,
        }
    }

    /// How letters look by these styles.
    fn letters_of(&self, bases: &[(&str, &Style)]) -> Letters {
        let said = bases.iter().map(|(_, style)| style.letters);
        said.chain([self.letters]).fold(Letters::default(), Letters::or)
    }

    /// How the style of a run makes letters look.
    pub(super) fn letters(&self, id: &str) -> Letters {
        self.bases(id).iter().map(|(_, style)| style.letters).fold(Letters::default(), Letters::or)
    }

    /// Whether the style of a run hides its text.
    pub(super) fn hides(&self, id: &str) -> bool {
        self.bases(id).iter().find_map(|(_, style)| style.own.hidden).unwrap_or(false)
    }

    /// Whether the style of a run strikes its words out.
    pub(super) fn strikes(&self, id: &str) -> bool {
        self.bases(id).iter().find_map(|(_, style)| style.struck).unwrap_or(false)
    }

    /// Where the style of a run puts its words, if not on their line.
    pub(super) fn shift(&self, id: &str) -> Option<Shift> {
        self.bases(id).iter().find_map(|(_, style)| style.standing)?.shift()
    }

    /// A style and those that it builds on, itself first.
    fn bases<'a>(&'a self, id: &'a str) -> Vec<(&'a str, &'a Style)> {
        let mut bases = Vec::new();
        let mut seen = BTreeSet::new();
        let mut next = Some(id);
        while let Some(id) = next.filter(|id| bases.len() < MOST_BASES && seen.insert(*id)) {
            let Some(style) = self.named.get(id) else { break };
            bases.push((id, style));
            next = style.based_on.as_deref();
        }
        bases
    }
}

impl Style {
    fn of(node: Node<'_, '_>) -> Self {
        let named = |name: &str| child(node, name).and_then(value);
        let mut own = child(node, "pPr").map(Look::of).unwrap_or_default();
        own.hidden = child(node, "rPr").and_then(|run| child(run, "vanish")).map(is_on);
        Self {
            name: named("name").unwrap_or_default().to_lowercase(),
            based_on: named("basedOn").map(str::to_owned),
            own,
            letters: child(node, "rPr").map(Letters::of).unwrap_or_default(),
            struck: child(node, "rPr").and_then(struck),
            standing: child(node, "rPr").and_then(Standing::of),
        }
    }
}

/// Whether properties of a run strike its words out, by one line or two.
pub(super) fn struck(properties: Node<'_, '_>) -> Option<bool> {
    let said = ["strike", "dstrike"].map(|name| child(properties, name).map(is_on));
    said.into_iter().flatten().reduce(|one, two| one || two)
}

impl Standing {
    /// What properties of a run say: raised or lowered as a sign, or by so many half points.
    pub(super) fn of(properties: Node<'_, '_>) -> Option<Self> {
        let said = |name: &str| child(properties, name).and_then(value);
        match said("vertAlign") {
            Some("superscript") => return Some(Self::Shifted(Shift::Raised)),
            Some("subscript") => return Some(Self::Shifted(Shift::Lowered)),
            _ => {}
        }
        let position = said("position").and_then(|position| position.parse::<i32>().ok());
        match position {
            Some(position) if position >= RAISED => Some(Self::Shifted(Shift::Raised)),
            Some(position) if position <= -RAISED => Some(Self::Shifted(Shift::Lowered)),
            _ => (position.is_some() || said("vertAlign").is_some()).then_some(Self::OnLine),
        }
    }

    /// Where they stand, if not on their line.
    pub(super) fn shift(self) -> Option<Shift> {
        match self {
            Self::OnLine => None,
            Self::Shifted(shift) => Some(shift),
        }
    }
}

/// From so many half points on words stand off their line.
const RAISED: i32 = 4;

impl Look {
    fn of(properties: Node<'_, '_>) -> Self {
        let list = child(properties, "numPr");
        let in_list = |name: &str| value(child(list?, name)?)?.parse::<u32>().ok();
        let outline = child(properties, "outlineLvl").and_then(value);
        Self {
            outline: outline.and_then(|level| level.parse().ok()),
            list: in_list("numId"),
            level: in_list("ilvl").map(|level| level as usize),
            hidden: None,
            boxed: child(properties, "pBdr").map(is_framed),
            centred: child(properties, "jc").and_then(value).map(|place| place == "center"),
        }
    }

    /// What this says, and where it says nothing what `base` says.
    fn or(self, base: &Self) -> Self {
        Self {
            outline: self.outline.or(base.outline),
            list: self.list.or(base.list),
            level: self.level.or(base.level),
            hidden: self.hidden.or(base.hidden),
            boxed: self.boxed.or(base.boxed),
            centred: self.centred.or(base.centred),
        }
    }
}

/// Whether there is a line on all four sides.
fn is_framed(borders: Node<'_, '_>) -> bool {
    let line = |side: &str| {
        let line = child(borders, side).and_then(value);
        line.is_some_and(|line| !matches!(line, "none" | "nil"))
    };
    ["top", "bottom"].into_iter().all(line)
        && (line("left") || line("start"))
        && (line("right") || line("end"))
}
