//! Counting and measuring.

/// How many times `whole` goes into `part`; 0 where `whole` is nothing.
#[expect(clippy::cast_precision_loss, reason = "a ratio needs no more than seven digits")]
pub(super) fn ratio(part: usize, whole: usize) -> f32 {
    if whole == 0 { 0.0 } else { part as f32 / whole as f32 }
}

/// How many of `sorted` come before the first that is not before something; quick where these are few as well as
/// where they are very many.
pub(super) fn count_before<T>(sorted: &[T], is_before: impl Fn(&T) -> bool) -> usize {
    let mut most = 1;
    while sorted.get(most).is_some_and(&is_before) {
        most *= 2;
    }
    sorted.get(..=most).unwrap_or(sorted).partition_point(is_before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_comes_before() {
        for length in 0..20 {
            let sorted: Vec<usize> = (0..length).collect();
            for limit in 0..22 {
                assert_eq!(count_before(&sorted, |&other| other < limit), limit.min(length));
            }
        }
    }
}
