//! Blocks gathered around blocks: star-shaped clusters of the links between them.
//!
//! After J. A. Aslam, E. Pelekhov, D. Rus: The Star Clustering Algorithm (Journal of Graph Algorithms and
//! Applications, 2004), with weights, each block in one star only.

use super::sections::Sections;
use super::{ComparedPair, column_of, merging};
use crate::compare::{Part, Side, Verdict};
use crate::document::BlockIndex;

/// Every block of every column as a node, the passages joined that are linked.
///
/// Where headings are linked but nothing under the one is linked to what stands under the other, the first
/// passages under them are joined for them.
pub(super) struct Graph {
    /// For each column the number of its first node, and its first block.
    begins: Vec<(usize, usize)>,
    /// For each node its neighbours, the strongest first.
    edges: Vec<Vec<Edge>>,
    /// For each node its strongest neighbour in each column, the strongest first.
    strongest: Vec<Vec<Edge>>,
}

/// A link to a block of another column.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Edge {
    /// The other block.
    pub(super) to: usize,
    /// How they relate.
    pub(super) verdict: Verdict,
    /// How sure that is.
    pub(super) score: f32,
}

impl Graph {
    pub(super) fn of(columns: &[Part], pairs: &[ComparedPair<'_>], sections: &Sections) -> Self {
        let mut begins = Vec::with_capacity(columns.len());
        let mut count = 0;
        for part in columns {
            begins.push((count, part.range().start));
            count += part.range().len();
        }
        let mut graph = Self { begins, edges: vec![Vec::new(); count], strongest: Vec::new() };
        let mut headed = Vec::new();
        for pair in pairs {
            headed.extend(graph.add(columns, pair, sections));
        }
        let stands_for: Vec<_> =
            headed.into_iter().filter_map(|pair| graph.for_headings(sections, pair)).collect();
        for (one, other, score) in stands_for {
            graph.join((one, other), Verdict::Theme, score);
        }
        for edges in &mut graph.edges {
            tidy(edges);
        }
        graph.strongest = (0..count).map(|node| graph.strongest_of(node)).collect();
        graph
    }

    /// Joins the passages of a pair; what is left are the links of headings.
    fn add(
        &mut self,
        columns: &[Part],
        pair: &ComparedPair<'_>,
        sections: &Sections,
    ) -> Vec<(usize, usize, f32)> {
        let mut headed = Vec::new();
        for link in pair.comparison.links() {
            let [left, right] = Side::BOTH.map(|side| {
                let column = column_of(pair, side);
                let node = |&block: &BlockIndex| {
                    Some((self.node(columns, column, block)?, sections.is_passage(column, block)))
                };
                link.blocks(side).iter().filter_map(node).collect::<Vec<_>>()
            });
            for &(one, says) in &left {
                for &(other, answers) in &right {
                    if says && answers {
                        self.join((one, other), link.verdict, link.score);
                    } else {
                        headed.push((one, other, link.score));
                    }
                }
            }
        }
        headed
    }

    /// The passages that stand for two linked headings; `None` where what stands under them is linked itself.
    fn for_headings(
        &self,
        sections: &Sections,
        (one, other, score): (usize, usize, f32),
    ) -> Option<(usize, usize, f32)> {
        let (one, one_ends) = self.under(sections, one)?;
        let (other, other_ends) = self.under(sections, other)?;
        let mut edges = (one..=one_ends).flat_map(|node| self.edges(node));
        let linked = edges.any(|edge| (other..=other_ends).contains(&edge.to));
        (!linked).then_some((one, other, score))
    }

    /// The first and the last passage under a heading.
    fn under(&self, sections: &Sections, node: usize) -> Option<(usize, usize)> {
        let (column, block) = self.place(node);
        let mut under = sections.under(column, block).map(|below| node + below.as_usize() - block.as_usize());
        let first = under.next()?;
        Some((first, under.last().unwrap_or(first)))
    }

    fn join(&mut self, (one, other): (usize, usize), verdict: Verdict, score: f32) {
        for (from, to) in [(one, other), (other, one)] {
            if let Some(edges) = self.edges.get_mut(from) {
                edges.push(Edge { to, verdict, score });
            }
        }
    }

    fn node(&self, columns: &[Part], column: usize, block: BlockIndex) -> Option<usize> {
        let inside = columns.get(column)?.contains(block);
        let (node, first) = *self.begins.get(column)?;
        inside.then(|| node + block.as_usize() - first)
    }

    /// The column and the block of a node.
    pub(super) fn place(&self, node: usize) -> (usize, BlockIndex) {
        // Columns without blocks begin where the next one does: the last that begins here counts.
        let column = self.begins.partition_point(|(begin, _)| *begin <= node).saturating_sub(1);
        let (begin, first) = self.begins.get(column).copied().unwrap_or_default();
        (column, BlockIndex::new(first + node - begin))
    }

    /// The neighbours of a node, the strongest first.
    pub(super) fn edges(&self, node: usize) -> &[Edge] {
        self.edges.get(node).map_or(&[], Vec::as_slice)
    }

    /// Whether anything answers a block.
    pub(super) fn is_linked(&self, column: usize, block: BlockIndex) -> bool {
        let node = self
            .begins
            .get(column)
            .and_then(|(begin, first)| Some(begin + block.as_usize().checked_sub(*first)?));
        node.is_some_and(|node| !self.edges(node).is_empty())
    }

    /// How much speaks for gathering a row around a node: in each column its strongest link.
    fn weight(&self, node: usize) -> f32 {
        self.strongest.get(node).map_or(0.0, |edges| edges.iter().map(|edge| edge.score).sum())
    }

    fn strongest_of(&self, node: usize) -> Vec<Edge> {
        let mut strongest: Vec<Edge> = Vec::new();
        let mut seen: Vec<usize> = Vec::new();
        for edge in self.edges(node) {
            let (column, _) = self.place(edge.to);
            if !seen.contains(&column) {
                seen.push(column);
                strongest.push(*edge);
            }
        }
        strongest
    }
}

/// Of several links between the same blocks the strongest stays.
fn tidy(edges: &mut Vec<Edge>) {
    edges.sort_by(|one, other| {
        let score = one.to.cmp(&other.to).then(other.score.total_cmp(&one.score));
        score.then(other.verdict.cmp(&one.verdict))
    });
    edges.dedup_by_key(|edge| edge.to);
    edges.sort_by(|one, other| other.score.total_cmp(&one.score).then(one.to.cmp(&other.to)));
}

/// A block in a star.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Member {
    pub(super) node: usize,
    /// The link that brought it; `None` for the one in the middle.
    pub(super) link: Option<(Verdict, f32)>,
    /// Whether it is at home elsewhere.
    pub(super) visiting: bool,
}

/// The stars, in the order of their middles.
pub(super) struct Stars(Vec<Vec<Member>>);

/// What a node is in its star.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Role {
    /// Nothing yet, or nothing links it.
    Free,
    Middle,
    /// Linked to the middle.
    Ray(usize),
    /// Linked to a ray only.
    Tip(usize),
}

impl Stars {
    pub(super) fn of(graph: &Graph) -> Self {
        let mut roles = middles_and_rays(graph);
        let lonely = lonely_nodes(graph, &roles);
        let tips: Vec<(usize, Role)> = lonely.iter().map(|&node| (node, tip(graph, &roles, node))).collect();
        for (node, role) in tips {
            roles[node] = role;
        }
        Self(gather(graph, &roles))
    }

    /// The members of each.
    pub(super) fn rows(&self) -> &[Vec<Member>] {
        &self.0
    }
}

/// The heaviest node that is in no star yet becomes the middle of one, with its neighbours for rays; then every
/// ray goes to the middle that it is linked to most strongly.
fn middles_and_rays(graph: &Graph) -> Vec<Role> {
    let mut heaviest: Vec<(usize, f32)> = (0..graph.edges.len())
        .filter(|&node| !graph.edges(node).is_empty())
        .map(|node| (node, graph.weight(node)))
        .collect();
    heaviest.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
    let mut roles = vec![Role::Free; graph.edges.len()];
    for (node, _) in heaviest {
        let covered = graph.edges(node).iter().any(|edge| roles[edge.to] == Role::Middle);
        if !covered {
            roles[node] = Role::Middle;
        }
    }
    for node in 0..roles.len() {
        let middle = graph.edges(node).iter().find(|edge| roles[edge.to] == Role::Middle);
        if let (Role::Free, Some(middle)) = (roles[node], middle) {
            roles[node] = Role::Ray(middle.to);
        }
    }
    roles
}

/// The middles without a ray of their own: everything that they are linked to stands in other stars.
fn lonely_nodes(graph: &Graph, roles: &[Role]) -> Vec<usize> {
    let mut has_ray = vec![false; roles.len()];
    for role in roles {
        if let Role::Ray(middle) = role {
            has_ray[*middle] = true;
        }
    }
    let lonely = roles.iter().enumerate().filter(|(node, role)| **role == Role::Middle && !has_ray[*node]);
    lonely.map(|(node, _)| node).filter(|&node| !graph.edges(node).is_empty()).collect()
}

/// Such a node stands with the ray that it is linked to most strongly.
fn tip(graph: &Graph, roles: &[Role], node: usize) -> Role {
    let middle = graph.edges(node).iter().find_map(|edge| match roles[edge.to] {
        Role::Ray(middle) => Some(middle),
        Role::Free | Role::Middle | Role::Tip(_) => None,
    });
    middle.map_or(Role::Middle, Role::Tip)
}

fn gather(graph: &Graph, roles: &[Role]) -> Vec<Vec<Member>> {
    let mut stars: Vec<Vec<Member>> = vec![Vec::new(); roles.len()];
    for (node, &role) in roles.iter().enumerate() {
        let (middle, link) = match role {
            Role::Free => continue,
            Role::Middle => (node, None),
            Role::Ray(middle) => (middle, graph.edges(node).iter().find(|edge| edge.to == middle)),
            Role::Tip(middle) => {
                (middle, graph.edges(node).iter().find(|edge| roles[edge.to] == Role::Ray(middle)))
            }
        };
        let link = link.map(|edge| (edge.verdict, edge.score));
        stars[middle].push(Member { node, link, visiting: false });
    }
    let stars = stars.into_iter().filter(|star| !star.is_empty()).collect();
    let mut stars = merging::merge(graph, stars);
    for star in &mut stars {
        let visitors = visitors(graph, star);
        star.extend(visitors);
    }
    stars
}

/// For every column in which nothing stands though something in the star is linked to it: the strongest of that.
/// Visitors too are in the star, so one may bring another.
fn visitors(graph: &Graph, star: &[Member]) -> Vec<Member> {
    let column = |node: usize| graph.place(node).0;
    let outward = |node: usize| graph.strongest.get(node).map_or(&[][..], Vec::as_slice).iter();
    let mut taken: Vec<usize> = star.iter().map(|member| column(member.node)).collect();
    let mut edges: Vec<&Edge> = star.iter().flat_map(|member| outward(member.node)).collect();
    let mut visitors = Vec::new();
    loop {
        edges.retain(|edge| !taken.contains(&column(edge.to)));
        let strongest = edges
            .iter()
            .copied()
            .max_by(|one, other| one.score.total_cmp(&other.score).then(other.to.cmp(&one.to)));
        let Some(edge) = strongest else { return visitors };
        taken.push(column(edge.to));
        visitors.push(Member { node: edge.to, link: Some((edge.verdict, edge.score)), visiting: true });
        edges.extend(outward(edge.to));
    }
}
