//! Numbers: simple ones and those at the ends of their range.

use bindery_spec::Value;
use bindery_spec::model::Type;
use fastrand::Rng;
use serde_json::{Number, json};

use super::{EXTREME, Variation};
use crate::shape::{Bound, Shape};

/// What programs count with ends here: 32 bits, 53 of a float, 64; and what lies at zero.
const LIMITS: [i128; 7] = [
    0,
    -1,
    i32::MAX as i128,
    i32::MAX as i128 + 1,
    (1 << 53) - 1,
    i64::MAX as i128,
    i64::MIN as i128,
];

/// Fractions that are not exact, tiny, or as large as can be.
const FRACTIONS: [f64; 5] = [0.1, -0.5, 1e-7, f64::MAX, f64::MIN_POSITIVE];

/// A number before it becomes a value.
enum Notable {
    Whole(i128),
    Fraction(f64),
}

/// A number inside the range: one, where that is possible.
pub(super) fn simple(shape: &Shape, kind: Type) -> Option<Value> {
    let (low, high) = inside(shape);
    let step = step(shape);
    let start = match (low, high) {
        _ if fits(1, low, high) => 1,
        (Some(low), _) => low,
        (None, Some(high)) => high,
        (None, None) => 0,
    };
    let whole = round_up(start, step);
    if fits(whole, low, high) {
        return integer(whole);
    }
    let down = round_up(start, step) - step;
    if fits(down, low, high) {
        return integer(down);
    }
    // Between two whole numbers there may still be a fraction.
    let middle = f64::midpoint(
        bound(shape.minimum.as_ref()?)?,
        bound(shape.maximum.as_ref()?)?,
    );
    (kind == Type::Number).then(|| json!(middle))
}

/// The numbers at and next to the ends of the range; or just outside, not a multiple, or not whole.
pub(super) fn variations(shape: &Shape, kind: Type, valid: bool) -> Vec<Variation> {
    let (low, high) = inside(shape);
    let (lower, upper) = keywords(shape);
    let step = step(shape);
    let mut found = Vec::new();
    let mut propose = |rule: &str, value: Option<Value>| {
        found.extend(value.map(|value| Variation::new(rule, value)));
    };
    if valid {
        for (rule, end) in [lower, lower, upper, upper].into_iter().zip(ends(shape)) {
            propose(rule, end.and_then(integer));
        }
        let fraction = simple(shape, kind)
            .and_then(|value| value.as_f64())
            .map(|value| json!(value + 0.5));
        for multiple in &shape.multiples {
            propose("multipleOf", Some(whole_if_possible(json!(multiple))));
        }
        let fraction = fraction.filter(|_| kind == Type::Number);
        let by_type = [simple(shape, kind), integer(0), fraction];
        // Where there is no limit, a number may name something that does not exist.
        let invented = low.is_none() || high.is_none();
        found.extend(by_type.into_iter().flatten().map(|value| Variation {
            invented,
            ..Variation::new("type", value)
        }));
    } else {
        propose(
            lower,
            low.and_then(|low| integer(round_up(low, step) - step)),
        );
        propose(
            upper,
            high.and_then(|high| integer(round_up(high + 1, step))),
        );
        let base = simple(shape, kind).and_then(|value| value.as_f64());
        propose("multipleOf", base.and_then(|base| off(shape, base)));
        let fraction = base.map(|base| json!(base + 0.5));
        propose("type", fraction.filter(|_| kind == Type::Integer));
    }
    found
}

/// A number of the range that chance takes from its ends and from where programs stop to count right.
pub(super) fn notable(shape: &Shape, kind: Type, random: &mut Rng) -> Option<Value> {
    let (low, high) = inside(shape);
    let ends = ends(shape).into_iter().flatten();
    let wholes = ends.chain(LIMITS).filter(|own| fits(*own, low, high));
    let within = |own: &&f64| {
        let end = |bound: &Option<Bound>| bound.as_ref().and_then(self::bound);
        end(&shape.minimum).is_none_or(|low| **own >= low)
            && end(&shape.maximum).is_none_or(|high| **own <= high)
    };
    let fractions = FRACTIONS.iter().filter(|_| kind == Type::Number);
    let fractions = fractions.filter(within).map(|own| Notable::Fraction(*own));
    let known: Vec<Notable> = wholes.map(Notable::Whole).chain(fractions).collect();
    match random.choice(known)? {
        Notable::Whole(own) => integer(own),
        Notable::Fraction(own) => Some(json!(own)),
    }
}

/// The two least and the two greatest whole numbers of the range, each pair from its end inwards.
fn ends(shape: &Shape) -> [Option<i128>; 4] {
    let (low, high) = inside(shape);
    let step = step(shape);
    let first = low.map(|low| round_up(low, step));
    let last = high.map(|high| round_up(high - step + 1, step));
    let inwards = [first.map(|own| own + step), last.map(|own| own - step)];
    [first, inwards[0], last, inwards[1]]
}

/// Whole numbers on the sides where there is no limit: beyond what 32 and what 64 bits hold with a sign, and below zero.
pub(super) fn extremes(shape: &Shape) -> Vec<Variation> {
    let (low, high) = inside(shape);
    let large = [1_i128 << 32, u64::MAX.into()];
    let large = large.into_iter().filter(|_| high.is_none());
    let small = low.is_none().then_some(-1);
    let step = step(shape);
    let fitting = large.chain(small).map(|own| own - own.rem_euclid(step));
    let fitting = fitting.filter(|own| fits(*own, low, high));
    let found = fitting.filter_map(integer);
    found.map(|value| Variation::new(EXTREME, value)).collect()
}

/// A number between two multiples: a whole one where the multiples are whole.
fn off(shape: &Shape, base: f64) -> Option<Value> {
    let multiple = shape.multiples.first()?;
    let between = if *multiple > 1.0 && multiple.fract() == 0.0 {
        base + 1.0
    } else {
        base + multiple / 2.0
    };
    Some(whole_if_possible(json!(between)))
}

/// The next whole number upwards that the steps of the range allow.
pub(super) fn allowed_near(shape: &Shape, value: f64) -> Option<Value> {
    integer(round_up(to_integer(value), step(shape)))
}

/// The keywords that set the ends of the range.
fn keywords(shape: &Shape) -> (&'static str, &'static str) {
    let keyword = |bound: &Option<Bound>, plain, excluded| match bound {
        Some(bound) if bound.of_format => "format",
        Some(bound) if bound.excluded => excluded,
        _ => plain,
    };
    (
        keyword(&shape.minimum, "minimum", "exclusiveMinimum"),
        keyword(&shape.maximum, "maximum", "exclusiveMaximum"),
    )
}

/// The whole numbers at the ends of the range.
fn inside(shape: &Shape) -> (Option<i128>, Option<i128>) {
    let low = shape.minimum.as_ref().and_then(|bound| {
        whole(&bound.value, true).map(|(n, exact)| if bound.excluded && exact { n + 1 } else { n })
    });
    let high = shape.maximum.as_ref().and_then(|bound| {
        whole(&bound.value, false).map(|(n, exact)| if bound.excluded && exact { n - 1 } else { n })
    });
    (low, high)
}

/// A bound as a whole number on the inner side, and whether it is that number.
fn whole(number: &Number, up: bool) -> Option<(i128, bool)> {
    if let Some(value) = number.as_i64() {
        return Some((value.into(), true));
    }
    if let Some(value) = number.as_u64() {
        return Some((value.into(), true));
    }
    let value = number.as_f64()?;
    let rounded = if up { value.ceil() } else { value.floor() };
    // Beyond this no server counts, and floats leave gaps.
    (rounded.abs() < 1e30).then(|| (to_integer(rounded), (rounded - value).abs() < f64::EPSILON))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the caller has checked the range"
)]
fn to_integer(value: f64) -> i128 {
    value as i128
}

fn bound(bound: &Bound) -> Option<f64> {
    bound.value.as_f64()
}

/// The distance of neighbouring whole numbers that are allowed.
fn step(shape: &Shape) -> i128 {
    let whole = shape
        .multiples
        .iter()
        .filter(|multiple| multiple.fract() == 0.0 && **multiple < 1e18);
    whole
        .map(|multiple| to_integer(*multiple))
        .max()
        .unwrap_or(1)
        .max(1)
}

fn round_up(value: i128, step: i128) -> i128 {
    value + (step - value.rem_euclid(step)) % step
}

fn fits(value: i128, low: Option<i128>, high: Option<i128>) -> bool {
    low.is_none_or(|low| value >= low) && high.is_none_or(|high| value <= high)
}

/// A whole number as JSON; `None` beyond 64 bits.
fn integer(value: i128) -> Option<Value> {
    let small = i64::try_from(value).ok().map(Value::from);
    small.or_else(|| u64::try_from(value).ok().map(Value::from))
}

fn whole_if_possible(value: Value) -> Value {
    let whole = value
        .as_f64()
        .filter(|number| number.fract() == 0.0 && number.abs() < 1e15);
    whole
        .and_then(|number| integer(to_integer(number)))
        .unwrap_or(value)
}
