//! One figure of the table: what was measured, on how much, with its interval and the peer beside it.

/// A figure.
#[derive(Clone)]
pub struct Figure {
    /// The section it belongs to; filled in by the table.
    pub section: &'static str,
    /// What was measured, unique within its section.
    pub measure: String,
    /// On how many cases (texts, questions, spans: the measure says).
    pub size: usize,
    /// The value.
    pub value: f64,
    /// The 95 % interval, where one makes sense.
    pub interval: Option<(f64, f64)>,
    /// The peers' names and values on the same cases in the same run, or a published figure, called so.
    pub peers: Vec<(String, f64)>,
    /// `true` if more is better and a fall out of the recorded interval fails the command. Timings are not guarded.
    pub guarded: bool,
}

impl Figure {
    /// A guarded figure: more is better.
    pub fn new(measure: impl Into<String>, size: usize, value: f64, interval: (f64, f64)) -> Self {
        let measure = measure.into();
        Self { section: "", measure, size, value, interval: Some(interval), peers: Vec::new(), guarded: true }
    }

    /// A figure that is only told: a timing, a count.
    pub fn told(measure: impl Into<String>, size: usize, value: f64) -> Self {
        Self { section: "", measure: measure.into(), size, value, interval: None, peers: Vec::new(), guarded: false }
    }

    /// The same beside a (further) peer.
    pub fn beside(mut self, peer: impl Into<String>, value: f64) -> Self {
        self.peers.push((peer.into(), value));
        self
    }

    /// The same, told but not guarded.
    pub fn unguarded(mut self) -> Self {
        self.guarded = false;
        self
    }

    pub(crate) fn of(mut self, section: &'static str) -> Self {
        self.section = section;
        self
    }
}

/// Prints the table as Markdown, so that it can stand in the documents as it was printed.
pub fn print(figures: &[Figure], skipped: &[String]) {
    println!("| section | measure | n | value | 95 % interval | beside |");
    println!("| --- | --- | ---: | ---: | --- | --- |");
    for figure in figures {
        let interval = figure.interval.map_or(String::new(), |(low, high)| format!("{} – {}", shown(low), shown(high)));
        let peers: Vec<String> =
            figure.peers.iter().map(|(name, value)| format!("{name}: {}", shown(*value))).collect();
        let (section, measure, size, value) = (figure.section, &figure.measure, figure.size, shown(figure.value));
        println!("| {section} | {measure} | {size} | {value} | {interval} | {} |", peers.join(", "));
    }
    for line in skipped {
        println!("\n{line}");
    }
}

/// Three decimals for shares, none for large numbers.
fn shown(value: f64) -> String {
    if value.abs() >= 20.0 { format!("{value:.0}") } else { format!("{value:.3}") }
}
