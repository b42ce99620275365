//! What a file says of its structure: tags.
//!
//! A tagged file holds a tree of elements (headings, paragraphs, items, rows, notes) and says of stretches of its
//! pages to which of them each belongs. Of the tree only what comes of it is kept: blocks, in the order of the tree, and
//! for every stretch its block.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use hayro_syntax::object::{Dict, Name, Object, ObjectIdentifier, String as PdfString};

use super::catalog::{Catalog, place_of};
use super::strings;
use crate::import::table_columns::Columns;

/// How many elements and stretches of a file are walked, and how deep elements may lie in each other.
const MOST_STEPS: usize = 1_000_000;
const DEEPEST: u16 = 128;
/// How many bytes of words that elements say are read of one file: they may share them.
const MOST_BYTES: usize = 20_000_000;
/// How many names lead from the name of an element to one that is known.
const MOST_NAMES: usize = 16;

/// Where something on a page belongs by the tags.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Tag {
    /// Its block, counted through the file in the order of reading.
    pub(super) block: u32,
    /// Its column, where the block is a row of a table; where it is none, the column of the page that it goes on in.
    pub(super) column: u16,
    /// What the block is.
    pub(super) kind: TagKind,
}

/// What a block is by the tags.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum TagKind {
    /// A paragraph, or what is called by no name of its own.
    #[default]
    Paragraph,
    /// The title of the document.
    Title,
    /// A heading of that level, from 1.
    Heading(u8),
    /// An item of a list that lies so deep in others.
    Item(u8),
    /// A paragraph of a quotation.
    Quotation,
    /// A row of a table.
    Row,
    /// A note.
    Note,
    /// A listing.
    Listing,
    /// No part of the text.
    Furniture,
}

impl TagKind {
    /// Whether all that lies in such a block belongs to it.
    fn holds_all(self) -> bool {
        matches!(self, Self::Row | Self::Note | Self::Listing | Self::Furniture)
    }

    /// Whether it is a title or a heading.
    pub(super) fn is_heading(self) -> bool {
        matches!(self, Self::Title | Self::Heading(_))
    }
}

/// The tags of a file.
#[derive(Debug, Default)]
pub(super) struct Tags {
    blocks: Vec<TagKind>,
    /// The stretches of pages and forms, by these and their numbers.
    stretches: HashMap<(ObjectIdentifier, i32), Leaf>,
    /// What belongs to it as a whole: fields, links.
    objects: HashMap<ObjectIdentifier, Leaf>,
    /// What elements say in place of what is shown in them; nothing once it was said.
    words: Vec<Rc<str>>,
}

/// Where a stretch belongs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Leaf {
    block: usize,
    column: u16,
    /// The number of the words that are said in its place.
    words: Option<usize>,
}

impl Tags {
    /// Those of a file; none where it has none.
    pub(super) fn of(catalog: &Catalog<'_>) -> Self {
        let Some(root) = catalog.structure() else { return Self::default() };
        let mut walk = Walk::new(catalog, &root);
        walk.kids(&root, Place::default());
        walk.run();
        walk.tags
    }

    /// Where a stretch of a page or of a form belongs, and what is said in its place, if so: all of it once, then
    /// nothing.
    pub(super) fn of_stretch(
        &mut self,
        owner: ObjectIdentifier,
        number: i32,
    ) -> Option<(Tag, Option<Rc<str>>)> {
        let leaf = *self.stretches.get(&(owner, number))?;
        let tag = self.tag(leaf);
        let words = leaf.words.and_then(|words| self.words.get_mut(words));
        Some((tag, words.map(|words| std::mem::replace(words, Rc::from("")))))
    }

    /// Where a field or a link belongs.
    pub(super) fn of_object(&self, object: ObjectIdentifier) -> Option<Tag> {
        Some(self.tag(*self.objects.get(&object)?))
    }

    fn tag(&self, Leaf { block, column, .. }: Leaf) -> Tag {
        let kind = self.blocks.get(block).copied().unwrap_or_default();
        Tag { block: u32::try_from(block).unwrap_or(u32::MAX), column, kind }
    }
}

// ---- Elements -------------------------------------------------------------------------------------------

/// What an element does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Role {
    /// It begins a block.
    Block(TagKind),
    /// It is a heading of the level of its section.
    SectionHeading,
    /// It puts blocks together.
    Group,
    /// The same, and headings in it lie one level lower.
    Section,
    List,
    Item,
    Quotation,
    Table,
    Row,
    Cell,
    /// It begins a listing where it lies in no block, and else is a part of one.
    Code,
    /// It is a part of a block, and stands apart where it lies in none.
    Figure,
    /// It is a part of a block, unless it is set as one.
    Inline,
}

impl Role {
    /// What is done by the element of a name that the standards have.
    fn of(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"P" => Self::Block(TagKind::Paragraph),
            b"Title" => Self::Block(TagKind::Title),
            b"H" => Self::SectionHeading,
            [b'H', level @ b'1'..=b'9'] => Self::Block(TagKind::Heading(level - b'0')),
            b"Note" | b"FENote" => Self::Block(TagKind::Note),
            b"Artifact" => Self::Block(TagKind::Furniture),
            b"Part" | b"Art" | b"Sect" => Self::Section,
            b"Document" | b"DocumentFragment" | b"Div" | b"Aside" | b"TOC" | b"TOCI" | b"Index"
            | b"Caption" | b"THead" | b"TBody" | b"TFoot" => Self::Group,
            b"L" => Self::List,
            b"LI" => Self::Item,
            b"BlockQuote" => Self::Quotation,
            b"Table" => Self::Table,
            b"TR" => Self::Row,
            b"TH" | b"TD" => Self::Cell,
            b"Code" => Self::Code,
            b"Figure" | b"Formula" => Self::Figure,
            b"Span" | b"Quote" | b"Reference" | b"BibEntry" | b"Link" | b"Annot" | b"Form" | b"Lbl"
            | b"LBody" | b"Em" | b"Strong" | b"Sub" | b"Ruby" | b"RB" | b"RT" | b"RP" | b"Warichu"
            | b"WT" | b"WP" | b"NonStruct" | b"Private" => Self::Inline,
            _ => return None,
        })
    }
}

/// Where the walk is.
#[derive(Clone, Copy, Default)]
struct Place {
    page: Option<ObjectIdentifier>,
    /// The block that is open.
    block: Option<usize>,
    /// The column of the cell that is open.
    column: u16,
    /// The element whose parts belong together where no block is open.
    group: usize,
    /// How many sections and lists are open.
    sections: u8,
    lists: u8,
    quoted: bool,
    in_cell: bool,
    words: Option<usize>,
    depth: u16,
}

/// What is to be done next.
enum Step<'a> {
    Enter(Object<'a>, Place),
    EndRow,
    EndTable,
}

/// The walk through the tree.
struct Walk<'a> {
    catalog: &'a Catalog<'a>,
    /// Names of elements with those that explain them.
    explained: Dict<'a>,
    tags: Tags,
    steps: Vec<Step<'a>>,
    /// The elements that were met, by their place in the file: none is walked twice.
    met: HashSet<usize>,
    /// How many elements and stretches there were, and how many bytes of words may still be read.
    count: usize,
    bytes_left: usize,
    /// How many bytes of attributes may still be read.
    attribute_bytes_left: usize,
    /// What each name does.
    roles: HashMap<Vec<u8>, Role>,
    /// The items of which no paragraph has begun.
    fresh_items: HashSet<usize>,
    /// The item that began last, and for items that others lie in, the last of these and the block of what follows it.
    last_item: usize,
    rests: HashMap<usize, (usize, usize)>,
    /// A group and the block of what lies in it and in no other block.
    nameless: Option<(usize, usize)>,
    /// The tables that are open, and the column of the cell that began last.
    tables: Vec<Columns>,
    column: u16,
}

impl<'a> Walk<'a> {
    fn new(catalog: &'a Catalog<'a>, root: &Dict<'a>) -> Self {
        Self {
            catalog,
            explained: root.get::<Dict<'a>>("RoleMap").unwrap_or_default(),
            tags: Tags::default(),
            steps: Vec::new(),
            met: HashSet::new(),
            count: 0,
            bytes_left: MOST_BYTES,
            attribute_bytes_left: MOST_BYTES,
            roles: HashMap::new(),
            fresh_items: HashSet::new(),
            last_item: 0,
            rests: HashMap::new(),
            nameless: None,
            tables: Vec::new(),
            column: 0,
        }
    }

    fn run(&mut self) {
        while let Some(step) = self.steps.pop() {
            match step {
                Step::Enter(kid, place) => self.enter(kid, place),
                Step::EndRow => self.tables.last_mut().map(Columns::end_row).unwrap_or_default(),
                Step::EndTable => _ = self.tables.pop(),
            }
        }
    }

    /// What lies in an element is walked next.
    fn kids(&mut self, element: &Dict<'a>, place: Place) {
        let room = MOST_STEPS.saturating_sub(self.count);
        let kids: Vec<Object<'a>> = match element.get::<Object<'a>>("K") {
            Some(Object::Array(kids)) => self.catalog.items_of(&kids).take(room).collect(),
            Some(kid) if room > 0 => vec![kid],
            _ => Vec::new(),
        };
        self.count += kids.len();
        self.steps.extend(kids.into_iter().rev().map(|kid| Step::Enter(kid, place)));
    }

    fn enter(&mut self, kid: Object<'a>, place: Place) {
        match kid {
            Object::Number(_) => {
                let key = place.page.zip(kid.into_i32());
                self.add_stretch(key, place);
            }
            Object::Dict(kid) => match kid.get::<Name<'a>>("Type").as_deref() {
                Some(b"MCR") => {
                    let owner =
                        kid.get_ref("Stm").or_else(|| kid.get_ref("Pg")).map(Into::into).or(place.page);
                    self.add_stretch(owner.zip(kid.get::<i32>("MCID")), place);
                }
                Some(b"OBJR") => {
                    let leaf = self.leaf(place);
                    self.tags.objects.extend(kid.get_ref("Obj").map(|object| (object.into(), leaf)));
                }
                _ if place.depth < DEEPEST && self.met.insert(place_of(&kid)) => {
                    self.element(&kid, place);
                }
                _ => {}
            },
            _ => {}
        }
    }

    fn add_stretch(&mut self, key: Option<(ObjectIdentifier, i32)>, place: Place) {
        let Some(key) = key else { return };
        let leaf = self.leaf(place);
        self.tags.stretches.entry(key).or_insert(leaf);
    }

    /// Where a stretch belongs: to the block that is open, or to the nameless one of its group.
    fn leaf(&mut self, place: Place) -> Leaf {
        let open = place.block.map(|block| self.after_list(block));
        let block = open.unwrap_or_else(|| match self.nameless {
            Some((group, block)) if group == place.group => block,
            _ => {
                let block = self.begin(if place.quoted { TagKind::Quotation } else { TagKind::Paragraph });
                self.nameless = Some((place.group, block));
                block
            }
        });
        Leaf { block, column: place.column, words: place.words }
    }

    /// The block of what lies in one now: what follows a list within an item stands behind that list.
    fn after_list(&mut self, block: usize) -> usize {
        let is_item = matches!(self.tags.blocks.get(block), Some(TagKind::Item(_)));
        if !is_item || self.last_item <= block {
            return block;
        }
        if let Some((_, rest)) = self.rests.get(&block).filter(|(last, _)| *last == self.last_item) {
            return *rest;
        }
        let rest = self.begin(TagKind::Paragraph);
        self.rests.insert(block, (self.last_item, rest));
        rest
    }

    fn begin(&mut self, kind: TagKind) -> usize {
        self.nameless = None;
        self.tags.blocks.push(kind);
        self.tags.blocks.len() - 1
    }

    fn element(&mut self, element: &Dict<'a>, around: Place) {
        let page = element.get_ref("Pg").map(Into::into).or(around.page);
        let mut place = Place { page, depth: around.depth + 1, ..around };
        place.words = place.words.or_else(|| self.words(element));
        match self.role(element) {
            Role::Block(kind) => place.block = Some(self.block(kind, around)),
            Role::SectionHeading => {
                place.block = Some(self.block(TagKind::Heading(around.sections.max(1)), around));
            }
            Role::Code if around.block.is_none() => place.block = Some(self.begin(TagKind::Listing)),
            Role::Item => {
                let item = self.block(TagKind::Item(around.lists.saturating_sub(1)), around);
                self.fresh_items.insert(item);
                self.last_item = item;
                place.block = Some(item);
            }
            Role::Row => self.row(&mut place),
            Role::Cell => self.cell(element, &mut place),
            Role::List => place.lists = around.lists.saturating_add(1),
            Role::Inline if !self.stands_as_block(element) => {}
            other => self.group(other, &mut place),
        }
        self.kids(element, place);
    }

    /// The number of the words that an element says in place of what is shown in it.
    fn words(&mut self, element: &Dict<'a>) -> Option<usize> {
        let said = element.get::<PdfString<'a>>("ActualText")?;
        self.bytes_left = self.bytes_left.checked_sub(said.as_bytes().len())?;
        self.tags.words.push(Rc::from(strings::text(said.as_bytes())));
        Some(self.tags.words.len() - 1)
    }

    /// What the attributes of an element say. All elements may share one long list of them: so many bytes are read.
    fn attribute(&mut self, element: &Dict<'a>, key: &str) -> Option<Object<'a>> {
        if self.attribute_bytes_left == 0 {
            return None;
        }
        let (length, found) = match element.get::<Object<'a>>("A")? {
            Object::Dict(attributes) => (attributes.data().len(), attributes.get::<Object<'a>>(key)),
            Object::Array(several) => {
                let mut sets = several.iter::<Object<'a>>().filter_map(Object::into_dict);
                (several.data().len(), sets.find_map(|attributes| attributes.get::<Object<'a>>(key)))
            }
            _ => return None,
        };
        self.attribute_bytes_left = self.attribute_bytes_left.saturating_sub(length);
        found
    }

    /// How many columns or rows a cell goes over.
    fn spanned(&mut self, cell: &Dict<'a>, key: &str) -> Option<usize> {
        usize::try_from(self.attribute(cell, key)?.into_i32()?).ok()
    }

    /// Whether a part of a block is set as a block of its own.
    fn stands_as_block(&mut self, part: &Dict<'a>) -> bool {
        let placed = self.attribute(part, "Placement").and_then(Object::into_name);
        placed.is_some_and(|placed| placed.as_str() == "Block")
    }

    /// What puts blocks together, or is a part of one.
    fn group(&mut self, role: Role, place: &mut Place) {
        match role {
            Role::Section => place.sections = place.sections.saturating_add(1),
            Role::Quotation => place.quoted = true,
            Role::Table if !self.is_held(*place) => {
                self.tables.push(Columns::default());
                self.steps.push(Step::EndTable);
            }
            _ => {}
        }
        place.group = self.met.len();
    }

    /// The block that an element begins, or of which it is a part.
    fn block(&mut self, kind: TagKind, around: Place) -> usize {
        let stands_apart = matches!(kind, TagKind::Note | TagKind::Furniture);
        let open = around.block.filter(|_| !stands_apart);
        if let Some(open) = open.filter(|_| self.is_held(around)) {
            return open;
        }
        // The first paragraph of an item is the item itself; what counts headings may be a list too.
        let is_item = matches!(kind, TagKind::Item(_));
        match open.filter(|open| !is_item && self.fresh_items.remove(open)) {
            Some(item) => {
                if let Some(known) = self.tags.blocks.get_mut(item).filter(|_| kind.is_heading()) {
                    *known = kind;
                }
                item
            }
            None if kind == TagKind::Paragraph && around.quoted => self.begin(TagKind::Quotation),
            None => self.begin(kind),
        }
    }

    /// Whether the open block holds all that lies in it.
    fn is_held(&self, place: Place) -> bool {
        let kind = place.block.and_then(|block| self.tags.blocks.get(block));
        kind.is_some_and(|kind| kind.holds_all())
    }

    // ---- Tables -----------------------------------------------------------------------------------------

    fn row(&mut self, place: &mut Place) {
        if self.is_held(*place) {
            return;
        }
        if self.tables.is_empty() {
            self.tables.push(Columns::default());
        }
        self.tables.last_mut().map(Columns::begin_row).unwrap_or_default();
        self.steps.push(Step::EndRow);
        (place.block, place.column, place.in_cell) = (Some(self.begin(TagKind::Row)), 0, false);
        self.column = 0;
    }

    fn cell(&mut self, cell: &Dict<'a>, place: &mut Place) {
        // The cells of a table within a cell are parts of that.
        let is_of_row = place.block.and_then(|block| self.tags.blocks.get(block)) == Some(&TagKind::Row);
        let begins = is_of_row && !place.in_cell;
        let mut spanned = |key: &str| if begins { self.spanned(cell, key) } else { None };
        let (across, down) = (spanned("ColSpan"), spanned("RowSpan"));
        match self.tables.last_mut().filter(|_| begins) {
            Some(columns) => {
                let passed = columns.begin_cell(across, down);
                self.column = self.column.saturating_add(u16::try_from(passed).unwrap_or(u16::MAX));
                (place.column, place.in_cell) = (self.column, true);
            }
            None => self.group(Role::Group, place),
        }
    }

    // ---- Names ------------------------------------------------------------------------------------------

    /// What an element does, by its name or by that which its file explains it with.
    fn role(&mut self, element: &Dict<'a>) -> Role {
        let Some(name) = element.get::<Name<'a>>("S") else { return Role::Inline };
        if let Some(known) = self.roles.get(&*name) {
            return *known;
        }
        let next = |name: &Name<'a>| self.explained.get::<Name<'a>>(name.as_ref() as &[u8]);
        let mut names = std::iter::successors(Some(name.clone()), next).take(MOST_NAMES);
        let role = names.find_map(|name| Role::of(&name)).unwrap_or(Role::Figure);
        self.roles.insert(name.to_vec(), role);
        role
    }
}
