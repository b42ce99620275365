//! What of a comparison is drawn in the text.

use super::SideView;
use crate::compare::LinkIndex;
use crate::session::{BlockView, Decoration, Mark, decoration};
use crate::text::Span;

impl SideView<'_> {
    /// The passages of a block that stand on the other side too; with a chosen link in the block only its
    /// own.
    pub(super) fn shared_decorations(&self, view: &BlockView) -> Vec<Decoration> {
        let Some(comparison) = self.comparing.result() else { return Vec::new() };
        let links = comparison.links_at(self.side, view.index);
        let chosen = self.comparing.chosen().filter(|chosen| links.contains(chosen));
        let shown = links.iter().filter(|&&index| chosen.is_none_or(|chosen| chosen == index));
        shown.flat_map(|&index| self.passages_of(view, index, chosen.is_some())).collect()
    }

    fn passages_of(&self, view: &BlockView, link: LinkIndex, chosen: bool) -> Vec<Decoration> {
        let found = self.comparing.result().and_then(|comparison| comparison.link(link));
        let passages = found.map_or(&[][..], |link| link.passages.as_slice());
        let mark = |verdict| Mark::Shared { link, verdict, chosen };
        let shown = passages.iter();
        shown.filter_map(|passage| decoration(view, passage.span(self.side), mark(passage.verdict))).collect()
    }

    /// What differs in the chosen link. Where nothing stands on this side, the mark is empty and stands
    /// where it would.
    pub(super) fn difference_decorations(&self, view: &BlockView) -> Vec<Decoration> {
        let Some(comparison) = self.comparing.result() else { return Vec::new() };
        let links = comparison.links_at(self.side, view.index);
        let Some(chosen) = self.comparing.chosen().filter(|chosen| links.contains(chosen)) else {
            return Vec::new();
        };
        let differences = self.comparing.differences_of(chosen);
        let shown = differences.iter().enumerate();
        let shown = shown.filter(|(_, difference)| self.comparing.slight() || !difference.slight);
        shown
            .filter_map(|(index, difference)| {
                let current = self.comparing.difference() == Some(index);
                let mark = Mark::Different { kind: difference.kind, slight: difference.slight, current };
                mark_at(view, difference.span(self.side), mark)
            })
            .collect()
    }
}

/// A mark of a stretch, or of a place where nothing stands.
fn mark_at(view: &BlockView, source: Span, mark: Mark) -> Option<Decoration> {
    if !source.is_empty() {
        return decoration(view, source, mark);
    }
    let inside = view.source.start() <= source.start() && source.start() <= view.source.end();
    inside.then(|| Decoration { shown: Span::at(view.caret_shown(source.start())), mark })
}
