//! The heights of many blocks, and which of them stands at a given height.

/// Heights one below the other: sums and searches take time in proportion to the logarithm of their
/// number, also while single heights change.
///
/// Kept in a Fenwick tree (P. Fenwick, "A New Data Structure for Cumulative Frequency Tables", Software:
/// Practice and Experience 24, 1994). The unit is the caller's: points, for a window. Sums are made in
/// 64 bits, so that a million blocks lose no fraction of a point.
#[derive(Clone, Debug, Default)]
pub struct Heights {
    /// Each height.
    single: Vec<f32>,
    /// At `index - 1`: the sum of the `index & -index` heights that end with number `index`, counted from 1.
    sums: Vec<f64>,
}

impl Heights {
    /// Takes these heights, from top to bottom. Negative ones and ones that are not numbers count as 0.
    pub fn new(heights: impl IntoIterator<Item = f32>) -> Self {
        let mut all = Self::default();
        for height in heights {
            all.push(height);
        }
        all
    }

    /// None yet, with room for so many.
    pub fn with_capacity(count: usize) -> Self {
        Self { single: Vec::with_capacity(count), sums: Vec::with_capacity(count) }
    }

    /// Adds one below the others. Takes the same time for each, on the average.
    pub fn push(&mut self, height: f32) {
        self.single.push(sane(height));
        let number = self.single.len();
        let mut sum = f64::from(sane(height));
        let mut part = number - 1;
        while part > number - lowest_bit(number) {
            sum += at(&self.sums, part);
            part -= lowest_bit(part);
        }
        self.sums.push(sum);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.single.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.single.is_empty()
    }

    /// One of them; 0 past the end.
    pub fn get(&self, index: usize) -> f32 {
        self.single.get(index).copied().unwrap_or(0.0)
    }

    /// All of them together.
    pub fn total(&self) -> f64 {
        self.above(self.len())
    }

    /// How far down number `index` begins: the sum of all before it.
    pub fn above(&self, index: usize) -> f64 {
        let mut number = index.min(self.len());
        let mut sum = 0.0;
        while number > 0 {
            sum += at(&self.sums, number);
            number -= lowest_bit(number);
        }
        sum
    }

    /// Changes one of them. Does nothing past the end.
    pub fn set(&mut self, index: usize, height: f32) {
        let Some(single) = self.single.get_mut(index) else { return };
        let change = f64::from(sane(height)) - f64::from(*single);
        if change == 0.0 {
            return;
        }
        *single = sane(height);
        let mut number = index + 1;
        while let Some(sum) = self.sums.get_mut(number - 1) {
            *sum += change;
            number += lowest_bit(number);
        }
    }

    /// Which of them holds the point `down` below the top, and how far the point lies below its beginning.
    ///
    /// Points above the top belong to the first, points below the bottom to the last that is not empty.
    /// Empty ones hold no point. `None` where there are none.
    pub fn find(&self, down: f64) -> Option<(usize, f64)> {
        let last = self.len().checked_sub(1)?;
        let mut rest = down.max(0.0);
        let mut passed = 0;
        let mut step = self.len().next_power_of_two();
        while step > 0 {
            let sum = self.sums.get(passed + step - 1).copied();
            if let Some(sum) = sum.filter(|&sum| sum <= rest) {
                passed += step;
                rest -= sum;
            }
            step /= 2;
        }
        if passed <= last {
            return Some((passed, rest));
        }
        let last = (0..=last).rev().find(|&index| self.get(index) > 0.0).unwrap_or(last);
        Some((last, (down.max(0.0) - self.above(last)).max(0.0)))
    }
}

fn at(sums: &[f64], number: usize) -> f64 {
    sums.get(number - 1).copied().unwrap_or(0.0)
}

fn lowest_bit(number: usize) -> usize {
    number & number.wrapping_neg()
}

fn sane(height: f32) -> f32 {
    if height.is_finite() { height.max(0.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Draws which block stands at each of the points asked for.
    fn check(heights: &[f32], points: &[f64], expected: &[(usize, f64)]) {
        let heights = Heights::new(heights.iter().copied());
        let found: Vec<_> = points.iter().filter_map(|&point| heights.find(point)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn finds_what_stands_at_a_height() {
        check(&[10.0, 20.0, 5.0], &[0.0, 9.0, 10.0, 30.0], &[(0, 0.0), (0, 9.0), (1, 0.0), (2, 0.0)]);
    }

    #[test]
    fn empty_ones_hold_no_point() {
        check(&[0.0, 10.0, 0.0, 0.0, 5.0, 0.0], &[0.0, 10.0, 15.0], &[(1, 0.0), (4, 0.0), (4, 5.0)]);
    }

    #[test]
    fn points_outside_belong_to_the_ends() {
        check(&[10.0, 20.0], &[-5.0, 99.0], &[(0, 0.0), (1, 89.0)]);
        check(&[], &[0.0], &[]);
    }

    #[test]
    fn nonsense_counts_as_nothing() {
        check(&[f32::NAN, -3.0, 4.0], &[0.0], &[(2, 0.0)]);
    }

    proptest! {
        #[test]
        fn answers_as_plain_addition_does(
            mut plain in prop::collection::vec(0_u16..50, 1..80),
            changes in prop::collection::vec((any::<prop::sample::Index>(), 0_u16..50), 0..20),
            point in 0_u16..2000,
        ) {
            let mut heights = Heights::new(plain.iter().map(|&height| f32::from(height)));
            for (index, height) in changes {
                let index = index.index(plain.len());
                plain[index] = height;
                heights.set(index, f32::from(height));
            }
            for index in 0..=plain.len() {
                let above: u32 = plain.iter().take(index).map(|&height| u32::from(height)).sum();
                prop_assert!((heights.above(index) - f64::from(above)).abs() < 1e-6);
            }
            let (found, rest) = heights.find(f64::from(point)).unwrap();
            if f64::from(point) < heights.total() {
                prop_assert!((heights.above(found) + rest - f64::from(point)).abs() < 1e-6);
                prop_assert!(rest < f64::from(heights.get(found)));
            }
        }
    }
}
