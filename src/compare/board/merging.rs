//! Stars that treat one theme become one.

use std::collections::{BTreeMap, BTreeSet};

use super::stars::{Graph, Member};

/// Which links a star has.
struct Ties {
    /// All of them, each counted once.
    all: usize,
    /// How many lead to which other star, and how strong they are together.
    outward: BTreeMap<usize, (usize, f32)>,
    /// The columns where a block of it stands.
    own: BTreeSet<usize>,
    /// These, and the columns that its links lead to.
    reached: BTreeSet<usize>,
}

/// A star joins the one that most of its links lead to; half of them are enough where one of the two fills a
/// column that is empty in the other. The smaller one joins the larger, and what has joined or was joined joins
/// nothing more: so a chain of stars does not become one.
pub(super) fn merge(graph: &Graph, stars: Vec<Vec<Member>>) -> Vec<Vec<Member>> {
    let ties = ties_of(graph, &stars);
    let mut smallest: Vec<usize> = (0..stars.len()).collect();
    smallest.sort_by_key(|&star| ties.get(star).map_or(0, |ties| ties.all));
    let mut joins: Vec<Option<usize>> = vec![None; stars.len()];
    let mut receives = vec![false; stars.len()];
    for star in smallest {
        let target = target(&ties, star).filter(|&target| joins[target].is_none() && !receives[star]);
        if let Some(target) = target {
            joins[star] = Some(target);
            receives[target] = true;
        }
    }
    joined(graph, stars, &joins)
}

fn ties_of(graph: &Graph, stars: &[Vec<Member>]) -> Vec<Ties> {
    let mut homes = BTreeMap::new();
    for (index, star) in stars.iter().enumerate() {
        homes.extend(star.iter().map(|member| (member.node, index)));
    }
    stars.iter().enumerate().map(|(index, star)| ties(graph, &homes, index, star)).collect()
}

fn ties(graph: &Graph, homes: &BTreeMap<usize, usize>, index: usize, star: &[Member]) -> Ties {
    let own: BTreeSet<usize> = star.iter().map(|member| graph.place(member.node).0).collect();
    let mut ties = Ties { all: 0, outward: BTreeMap::new(), reached: own.clone(), own };
    let mut inside = 0;
    for edge in star.iter().flat_map(|member| graph.edges(member.node)) {
        ties.reached.insert(graph.place(edge.to).0);
        match homes.get(&edge.to) {
            Some(&home) if home != index => {
                let (count, score) = ties.outward.entry(home).or_default();
                *count += 1;
                *score += edge.score;
                ties.all += 1;
            }
            _ => inside += 1,
        }
    }
    // Each was met from both of its ends.
    ties.all += inside / 2;
    ties
}

fn target(ties: &[Ties], star: usize) -> Option<usize> {
    let own = ties.get(star)?;
    let strongest = own.outward.iter().max_by(|(one, (count, score)), (other, (more, stronger))| {
        count.cmp(more).then(score.total_cmp(stronger)).then(other.cmp(one))
    });
    let (&target, &(count, _)) = strongest?;
    let other = ties.get(target)?;
    let fills = !other.own.is_subset(&own.reached) || !own.own.is_subset(&other.reached);
    let enough = count * 2 > own.all || (count * 2 == own.all && fills);
    enough.then_some(target)
}

fn joined(graph: &Graph, mut stars: Vec<Vec<Member>>, joins: &[Option<usize>]) -> Vec<Vec<Member>> {
    for (star, target) in joins.iter().enumerate() {
        let Some(target) = *target else { continue };
        let mut members = std::mem::take(&mut stars[star]);
        for member in members.iter_mut().filter(|member| member.link.is_none()) {
            let edges = graph.edges(member.node).iter();
            let strongest = edges.clone().find(|edge| stars[target].iter().any(|it| it.node == edge.to));
            member.link = strongest.map(|edge| (edge.verdict, edge.score));
        }
        stars[target].extend(members);
    }
    stars.into_iter().filter(|star| !star.is_empty()).collect()
}
