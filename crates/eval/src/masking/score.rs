//! Counting: characters that were and were not found, spans that were found whole, findings that hit nothing.

use super::corpus::Case;

/// The findings in one text, in characters.
pub struct Look(pub Vec<(usize, usize)>);

/// What was counted; sums over texts are sums of these.
#[derive(Clone, Copy, Default)]
pub struct Counts {
    hit: usize,
    missed: usize,
    wrong: usize,
    /// How many spans there are.
    pub spans: usize,
    /// Of these, found from end to end (signs and spaces at their edges do not count).
    pub spans_found: usize,
    findings: usize,
    findings_right: usize,
}

impl Counts {
    /// Counts one text for the named kinds (or for all). A finding on a span of another annotated kind is neither right nor
    /// wrong: masking the town of an address is no error of a masker that is asked for addresses.
    pub fn of(case: &Case, look: &Look, kinds: Option<&[&str]>) -> Self {
        let letters: Vec<char> = case.text.chars().collect();
        let mut marks = vec![Mark::Free; letters.len()];
        let wanted = |kind: &str| kinds.is_none_or(|kinds| kinds.contains(&kind));
        for span in case.spans.iter().filter(|span| !wanted(&span.kind)) {
            paint(&mut marks, span.start, span.end, Mark::Other);
        }
        for span in case.spans.iter().filter(|span| wanted(&span.kind)) {
            paint(&mut marks, span.start, span.end, Mark::Wanted);
        }
        let mut found = vec![false; letters.len()];
        for (start, end) in &look.0 {
            found.iter_mut().take(*end).skip(*start).for_each(|one| *one = true);
        }
        let mut counts = Self::default();
        for ((mark, found), letter) in marks.iter().zip(&found).zip(&letters) {
            match (mark, found, letter.is_alphanumeric()) {
                (Mark::Wanted, true, true) => counts.hit += 1,
                (Mark::Wanted, false, true) => counts.missed += 1,
                (Mark::Free, true, true) => counts.wrong += 1,
                _ => {}
            }
        }
        for span in case.spans.iter().filter(|span| wanted(&span.kind)) {
            let whole = letters.iter().zip(&found).take(span.end).skip(span.start);
            counts.spans += 1;
            counts.spans_found +=
                usize::from(whole.filter(|(letter, _)| letter.is_alphanumeric()).all(|(_, found)| *found));
        }
        for (start, end) in &look.0 {
            let touched = |mark: Mark| marks.iter().take(*end).skip(*start).any(|one| *one == mark);
            match (touched(Mark::Wanted), touched(Mark::Other)) {
                (true, _) => {
                    (counts.findings, counts.findings_right) = (counts.findings + 1, counts.findings_right + 1)
                }
                (false, false) => counts.findings += 1,
                (false, true) => {}
            }
        }
        counts
    }

    /// The sum.
    pub fn sum<'a>(counts: impl Iterator<Item = &'a Counts>) -> Self {
        counts.fold(Self::default(), |sum, one| Self {
            hit: sum.hit + one.hit,
            missed: sum.missed + one.missed,
            wrong: sum.wrong + one.wrong,
            spans: sum.spans + one.spans,
            spans_found: sum.spans_found + one.spans_found,
            findings: sum.findings + one.findings,
            findings_right: sum.findings_right + one.findings_right,
        })
    }

    /// Of the characters that are personal, the share that was found. Only letters and digits count.
    pub fn recall(&self) -> f64 {
        share(self.hit, self.hit + self.missed)
    }

    /// Of the characters that were found, the share that is personal.
    pub fn precision(&self) -> f64 {
        share(self.hit, self.hit + self.wrong)
    }

    /// The weighted harmonic mean; with `beta` 2 recall weighs four times as much as precision.
    pub fn f(&self, beta: f64) -> f64 {
        let (precision, recall, square) = (self.precision(), self.recall(), beta * beta);
        if precision + recall == 0.0 {
            0.0
        } else {
            (1.0 + square) * precision * recall / (square * precision + recall)
        }
    }

    /// Of the spans, the share that was found whole.
    pub fn span_recall(&self) -> f64 {
        share(self.spans_found, self.spans)
    }

    /// Of the findings, the share that touches a personal span.
    pub fn finding_precision(&self) -> f64 {
        share(self.findings_right, self.findings)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Free,
    Wanted,
    Other,
}

fn paint(marks: &mut [Mark], start: usize, end: usize, mark: Mark) {
    marks.iter_mut().take(end).skip(start).for_each(|one| *one = mark);
}

#[expect(clippy::cast_precision_loss, reason = "counts of characters are small")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case() -> Case {
        serde_json::from_str(
            r#"{"full_text": "Ada Byron lives in Turin, really", "template_id": 1, "spans": [
                {"entity_type": "PERSON", "start_position": 0, "end_position": 9},
                {"entity_type": "GPE", "start_position": 19, "end_position": 24}]}"#,
        )
        .unwrap()
    }

    #[test]
    fn half_a_name_is_no_whole_span_and_a_town_is_no_error() {
        let kinds: Option<&[&str]> = Some(&["PERSON"]);
        let counts = Counts::of(&case(), &Look(vec![(0, 3), (19, 24)]), kinds);
        assert_eq!((counts.hit, counts.missed, counts.wrong), (3, 5, 0));
        assert_eq!((counts.spans, counts.spans_found, counts.findings), (1, 0, 1));
        let wide = Counts::of(&case(), &Look(vec![(0, 15)]), kinds);
        assert_eq!((wide.hit, wide.wrong, wide.spans_found), (8, 5, 1));
        assert!((wide.f(1.0) - 16.0 / 21.0).abs() < 1e-9);
    }
}
