//! What calls cost: as the provider counts, or estimated from the bytes that left and came. Whoever breaks a call off, and
//! whenever, finds here what it has cost until then.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Chunk, End, ModelFault, Usage};

/// Bytes of a token, where a provider does not count.
const BYTES_OF_TOKEN: u64 = 4;

/// The calls of one question. Cloning it gives another handle to the same.
#[derive(Clone, Default)]
pub struct Meter(Arc<Mutex<Vec<Running>>>);

/// What the calls to one provider cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    /// How many there were.
    pub calls: u64,
    /// Their tokens.
    pub usage: Usage,
}

/// One call that is under way, or was.
#[derive(Clone)]
pub(super) struct Running(Arc<Mutex<Call>>);

#[derive(Default)]
struct Call {
    provider: String,
    /// Bytes of words.
    sent: usize,
    came: usize,
    counted: Usage,
    ended: bool,
    free: bool,
}

fn open<T>(kept: &Mutex<T>) -> MutexGuard<'_, T> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Meter {
    /// A call is about to leave: noted before its first byte, so that it is found here at whatever moment it is broken off.
    pub(super) fn begin(&self, provider: &str, sent: usize) -> Running {
        let call = Call { provider: provider.to_owned(), sent, ..Call::default() };
        let running = Running(Arc::new(Mutex::new(call)));
        open(&self.0).push(running.clone());
        running
    }

    /// What was spent until now, by the name under which a provider is declared.
    pub fn spent(&self) -> BTreeMap<String, Spent> {
        add(&open(&self.0))
    }

    /// The same, and begins anew: nothing is booked twice.
    pub fn take(&self) -> BTreeMap<String, Spent> {
        add(&std::mem::take(&mut *open(&self.0)))
    }
}

fn add(calls: &[Running]) -> BTreeMap<String, Spent> {
    let mut spent: BTreeMap<String, Spent> = BTreeMap::new();
    for call in calls {
        let call = open(&call.0);
        if call.free {
            continue;
        }
        let Usage { input, output } = call.usage();
        let sum = spent.entry(call.provider.clone()).or_default();
        sum.calls += 1;
        sum.usage.input = sum.usage.input.saturating_add(input);
        sum.usage.output = sum.usage.output.saturating_add(output);
    }
    spent
}

impl Running {
    /// Nothing was answered. Who refuses, or was never reached, charges nothing; who was heard no more may well have worked.
    pub(super) fn failed(&self, fault: &ModelFault) {
        open(&self.0).free = !matches!(fault, ModelFault::TimedOut | ModelFault::BrokeOff);
    }

    /// A piece of the answer.
    pub(super) fn came(&self, chunk: &Chunk) {
        let mut call = open(&self.0);
        let proposed = match &chunk.end {
            Some(End::Calls(said)) => said.calls().iter().map(|one| one.name.len() + one.arguments.len()).sum(),
            _ => 0,
        };
        call.came = call.came.saturating_add(chunk.text.len() + proposed);
        call.counted = chunk.usage.unwrap_or(call.counted);
        call.ended |= chunk.end.is_some();
    }
}

impl Call {
    /// As the provider counts. Where it did not, or where the answer was broken off before the last count, as many tokens as
    /// the bytes make.
    fn usage(&self) -> Usage {
        let tokens = |bytes: usize| u64::try_from(bytes).unwrap_or(u64::MAX).div_ceil(BYTES_OF_TOKEN);
        let Usage { input, output } = self.counted;
        let came = tokens(self.came);
        Usage {
            input: if input > 0 { input } else { tokens(self.sent) },
            output: if self.ended && output > 0 { output } else { output.max(came) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str, usage: Option<Usage>, end: Option<End>) -> Chunk {
        Chunk { text: text.to_owned(), usage, end }
    }

    fn only(meter: &Meter) -> (u64, u64, u64) {
        let spent = meter.spent();
        let Spent { calls, usage } = spent.get("main").copied().unwrap_or_default();
        (calls, usage.input, usage.output)
    }

    #[test]
    fn what_left_and_what_came_counts_at_whatever_moment_a_call_is_broken_off() {
        let meter = Meter::default();
        let call = meter.begin("main", 400);
        assert_eq!(only(&meter), (1, 100, 0), "before the first byte is answered");
        call.came(&words("You have sixty days. ", None, None));
        assert_eq!(only(&meter), (1, 100, 6));
        drop(call);
        assert_eq!(only(&meter), (1, 100, 6), "nobody listens any more");
        assert_eq!(meter.take().len(), 1);
        assert_eq!(only(&meter), (0, 0, 0), "and it is taken once");
    }

    #[test]
    fn the_providers_count_goes_before_ours_once_it_is_the_last() {
        let meter = Meter::default();
        let call = meter.begin("main", 400);
        call.came(&words("", Some(Usage { input: 70, output: 1 }), None));
        call.came(&words(&"a".repeat(80), None, None));
        assert_eq!(only(&meter), (1, 70, 20), "its first count knows nothing of what came after it");
        call.came(&words("", Some(Usage { input: 70, output: 13 }), Some(End::Complete)));
        assert_eq!(only(&meter), (1, 70, 13));
        let silent = meter.begin("main", 40);
        silent.came(&words("four", Some(Usage::default()), Some(End::Complete)));
        assert_eq!(only(&meter), (2, 80, 14), "a count of nothing is none");
    }

    #[test]
    fn who_refuses_charges_nothing_and_who_falls_silent_may() {
        let meter = Meter::default();
        for fault in [ModelFault::Unreachable, ModelFault::Failed { status: 503 }, ModelFault::NotRecorded] {
            meter.begin("main", 400).failed(&fault);
        }
        assert_eq!(only(&meter), (0, 0, 0));
        meter.begin("main", 400).failed(&ModelFault::TimedOut);
        assert_eq!(only(&meter), (1, 100, 0));
    }
}
