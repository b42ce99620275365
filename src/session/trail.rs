//! Places visited: the way back, and forward again.

/// Places of a document that the reader jumped from, for the way back.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Trail {
    back: Vec<u32>,
    forward: Vec<u32>,
}

impl Trail {
    /// How many places are kept.
    const MOST: usize = 200;

    /// Remembers the place that a jump leaves.
    pub fn leave(&mut self, position: u32) {
        if self.back.last() != Some(&position) {
            self.back.push(position);
        }
        if self.back.len() > Self::MOST {
            self.back.remove(0);
        }
        self.forward.clear();
    }

    /// The place that was left last, if one would go back to it.
    pub fn latest(&self) -> Option<u32> {
        self.back.last().copied()
    }

    /// The place to go back to from `here`.
    pub fn back(&mut self, here: u32) -> Option<u32> {
        let place = self.back.pop()?;
        self.forward.push(here);
        Some(place)
    }

    /// The place to go forward to from `here`.
    pub fn forward(&mut self, here: u32) -> Option<u32> {
        let place = self.forward.pop()?;
        self.back.push(here);
        Some(place)
    }

    /// The same places in another text, where `carry` says each is.
    #[must_use]
    pub fn carried(self, carry: impl Fn(u32) -> u32) -> Self {
        let all = |places: Vec<u32>| places.into_iter().map(&carry).collect();
        Self { back: all(self.back), forward: all(self.forward) }
    }

    /// Whether there is a way back.
    pub fn can_go_back(&self) -> bool {
        !self.back.is_empty()
    }

    /// Whether there is a way forward.
    pub fn can_go_forward(&self) -> bool {
        !self.forward.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_back_and_forward_again() {
        let mut trail = Trail::default();
        trail.leave(10);
        trail.leave(20);
        assert_eq!(trail.back(30), Some(20));
        assert_eq!(trail.back(20), Some(10));
        assert_eq!(trail.back(10), None);
        assert_eq!(trail.forward(10), Some(20));
        assert_eq!(trail.forward(20), Some(30));
    }

    #[test]
    fn a_new_jump_forgets_the_way_forward() {
        let mut trail = Trail::default();
        trail.leave(10);
        trail.back(20);
        trail.leave(5);
        assert!(!trail.can_go_forward());
    }
}
