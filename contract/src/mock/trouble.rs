//! What a mock does wrong on demand, so that clients can be tried: it takes its time, fails, breaks off or hangs.

use std::ops::RangeInclusive;
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// How much longer a slow answer takes.
const SLOW: Duration = Duration::from_secs(10);

/// How long answers take: a number of milliseconds, or a range of them such as `50..200`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Latency(RangeInclusive<u64>);

/// Something that goes wrong with a part of the answers: `0.1=503`, `0.05=reset` or `0.05=slow`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fault {
    /// Which part of the answers, from zero to one.
    rate: f64,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Status(u16),
    Reset,
    Slow,
}

/// The connection is to be broken off.
#[derive(Debug, thiserror::Error)]
#[error("the mock was told to break off")]
pub(super) struct Reset;

/// What goes wrong; the same in the same order for every start.
#[derive(Debug)]
pub(super) struct Trouble {
    latency: Option<Latency>,
    faults: Vec<Fault>,
    random: Mutex<fastrand::Rng>,
}

impl Trouble {
    pub(super) fn delay(&mut self, latency: Latency) {
        self.latency = Some(latency);
    }

    pub(super) fn add(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    /// Waits as long as an answer takes; the status to fail with, where it shall.
    ///
    /// # Errors
    /// When the connection shall break.
    pub(super) async fn meet(&self) -> Result<Option<u16>, Reset> {
        let (delay, fault) = self.draw();
        let slow = if fault == Some(Kind::Slow) {
            SLOW
        } else {
            Duration::ZERO
        };
        if !(delay + slow).is_zero() {
            tokio::time::sleep(delay + slow).await;
        }
        match fault {
            Some(Kind::Reset) => Err(Reset),
            Some(Kind::Status(status)) => Ok(Some(status)),
            Some(Kind::Slow) | None => Ok(None),
        }
    }

    fn draw(&self) -> (Duration, Option<Kind>) {
        if self.latency.is_none() && self.faults.is_empty() {
            return (Duration::ZERO, None);
        }
        let mut random = self.random.lock().unwrap_or_else(PoisonError::into_inner);
        let latency = self
            .latency
            .as_ref()
            .map(|latency| random.u64(latency.0.clone()));
        let mut faults = self.faults.iter();
        let fault = faults.find(|fault| random.f64() < fault.rate);
        let delay = Duration::from_millis(latency.unwrap_or(0));
        (delay, fault.map(|fault| fault.kind))
    }
}

impl Default for Trouble {
    fn default() -> Self {
        Self {
            latency: None,
            faults: Vec::new(),
            random: Mutex::new(fastrand::Rng::with_seed(0)),
        }
    }
}

impl Clone for Trouble {
    fn clone(&self) -> Self {
        Self {
            latency: self.latency.clone(),
            faults: self.faults.clone(),
            ..Self::default()
        }
    }
}

impl FromStr for Latency {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (from, to) = text.split_once("..").unwrap_or((text, text));
        match (from.parse(), to.parse()) {
            (Ok(from), Ok(to)) if from <= to => Ok(Self(from..=to)),
            _ => Err(format!(
                "`{text}` is no time in milliseconds, such as `100` or `50..200`"
            )),
        }
    }
}

impl FromStr for Fault {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let read = || {
            let (rate, kind) = text.split_once('=')?;
            let rate = rate
                .parse()
                .ok()
                .filter(|rate| (0.0..=1.0).contains(rate))?;
            let kind = match kind {
                "reset" => Kind::Reset,
                "slow" => Kind::Slow,
                status => Kind::Status(
                    status
                        .parse()
                        .ok()
                        .filter(|status| (400..600).contains(status))?,
                ),
            };
            Some(Self { rate, kind })
        };
        read().ok_or_else(|| {
            format!("`{text}` is not `RATE=STATUS`, `RATE=reset` or `RATE=slow`, such as `0.1=503`")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_trouble_is_refused() {
        for text in ["", "x", "9..1", "1..x"] {
            assert!(text.parse::<Latency>().is_err(), "{text}");
        }
        for text in ["", "reset", "2=reset", "0.1=200", "0.1=often"] {
            assert!(text.parse::<Fault>().is_err(), "{text}");
        }
    }

    #[tokio::test]
    async fn faults_come_as_often_as_is_said_and_the_same_each_time() {
        let mut trouble = Trouble::default();
        trouble.add("0.25=503".parse().expect("a fault"));
        trouble.add("0.25=reset".parse().expect("a fault"));
        let mut met = Vec::new();
        for trouble in [&trouble, &trouble.clone()] {
            for _ in 0..400 {
                met.push(trouble.meet().await.ok());
            }
        }
        assert_eq!(met[..400], met[400..]);
        let count = |what| met[..400].iter().filter(|one| **one == what).count();
        assert!((70..130).contains(&count(Some(Some(503)))), "{met:?}");
        assert!((50..110).contains(&count(None)), "{met:?}");
    }

    #[test]
    fn answers_take_their_time() {
        let mut trouble = Trouble::default();
        assert_eq!(trouble.draw(), (Duration::ZERO, None));
        trouble.delay("50..60".parse().expect("a latency"));
        trouble.add("1=slow".parse().expect("a fault"));
        let (delay, fault) = trouble.draw();
        assert!((50..=60).contains(&delay.as_millis()), "{delay:?}");
        assert_eq!(fault, Some(Kind::Slow));
    }
}
