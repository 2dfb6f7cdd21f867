//! Properties of what is made, over small schemas.

use std::sync::Arc;

use bindery_spec::read_text;
use serde_json::json;

use super::*;

/// A contract with one schema, given as a flow mapping of YAML.
fn contract(schema: &str) -> (Contract, SchemaId) {
    let text = format!(
        "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n    S: {schema}\n"
    );
    let api = read_text("schema.yaml", &text).api.expect("a document");
    let (_, id) = api.schemas.named().next().expect("a schema");
    (Contract::new(Arc::new(api)), id)
}

fn rules(variations: &[Variation]) -> Vec<String> {
    let mut rules: Vec<_> = variations
        .iter()
        .map(|variation| {
            format!("{} {}", variation.rule, variation.pointer)
                .trim()
                .to_owned()
        })
        .collect();
    rules.sort();
    rules.dedup();
    rules
}

/// Checks that each of these rules is broken by some value, and that values can be made at all.
fn assert_rules(schema: &str, broken: &[&str]) {
    let (contract, id) = contract(schema);
    for seed in 0..4 {
        let synthesizer = Synthesizer::new(&contract, Direction::Request, seed);
        let valid = synthesizer.valid(id);
        assert!(!valid.is_empty(), "nothing valid for {schema}");
        let all_valid = valid
            .iter()
            .all(|own| contract.is_valid(id, Direction::Request, &own.value));
        assert!(all_valid, "{valid:#?}");
        let invalid = synthesizer.invalid(id);
        let none_valid = invalid
            .iter()
            .all(|own| !contract.is_valid(id, Direction::Request, &own.value));
        assert!(none_valid, "{invalid:#?}");
        for rule in broken {
            assert!(
                rules(&invalid).iter().any(|own| own == rule),
                "{schema}: no {rule} in {:?}",
                rules(&invalid)
            );
        }
    }
}

#[test]
fn each_keyword_is_broken_by_its_name() {
    assert_rules(
        "{ type: integer, minimum: 1, maximum: 9 }",
        &["minimum", "maximum", "type"],
    );
    assert_rules(
        "{ type: integer, exclusiveMinimum: 1, multipleOf: 5 }",
        &["exclusiveMinimum", "multipleOf", "type"],
    );
    assert_rules(
        "{ type: number, minimum: 0.25, maximum: 0.75 }",
        &["minimum", "maximum"],
    );
    assert_rules(
        "{ type: string, minLength: 2, maxLength: 4 }",
        &["minLength", "maxLength", "type"],
    );
    assert_rules(
        "{ type: string, pattern: '^[a-z]{3}-[0-9]+$' }",
        &["pattern", "type"],
    );
    assert_rules("{ type: string, format: date-time }", &["format"]);
    assert_rules("{ type: string, enum: [a, b] }", &["enum"]);
    assert_rules(
        "{ type: array, minItems: 1, maxItems: 3, uniqueItems: true, items: { type: integer } }",
        &["minItems", "maxItems", "uniqueItems", "type", "type /0"],
    );
    assert_rules(
        "{ type: object, required: [a], additionalProperties: false, properties: { a: { type: boolean }, b: { type: string, maxLength: 1 } } }",
        &[
            "required /a",
            "type /a",
            "maxLength /b",
            "additionalProperties /bindery_unknown",
        ],
    );
}

#[test]
fn unions_are_varied_by_branch() {
    assert_rules(
        "{ anyOf: [{ type: integer, maximum: 9 }, { type: 'null' }] }",
        &["maximum", "type"],
    );
    assert_rules(
        "{ oneOf: [{ type: object, required: [k], properties: { k: { const: a } } }, { type: object, required: [k, n], properties: { k: { const: b }, n: { type: integer } } }] }",
        &["required /k"],
    );
}

#[test]
fn what_other_branches_allow_breaks_nothing_but_the_union() {
    let of =
        |name: &str| format!("{{ type: object, properties: {{ {name}: {{ type: string }} }} }}");
    let union = format!("{{ oneOf: [{}, {}, {}] }}", of("a"), of("b"), of("c"));
    let beside =
        format!("{{ anyOf: [{union}, {{ type: integer }}, {{ type: object, required: [c] }}] }}");
    for schema in [&union, &beside] {
        let schema = format!("{{ type: object, properties: {{ k: {schema} }} }}");
        let (contract, id) = contract(&schema);
        let broken = Synthesizer::new(&contract, Direction::Request, 0).invalid(id);
        let mut wrong = broken.iter().filter(|own| own.value["k"]["a"].is_object());
        let own = wrong.next().expect("a value that its branch refuses");
        assert_eq!((own.rule.as_str(), own.pointer.as_str()), ("oneOf", "/k"));
    }
}

#[test]
fn recursion_ends() {
    assert_rules(
        "{ type: object, required: [v], properties: { v: { type: integer }, next: { $ref: '#/components/schemas/S' } } }",
        &["required /v", "type /v"],
    );
}

#[test]
fn what_must_hold_itself_cannot_be_made() {
    let (contract, id) = contract(
        "{ type: object, required: [s], properties: { s: { $ref: '#/components/schemas/S' } } }",
    );
    let synthesizer = Synthesizer::new(&contract, Direction::Request, 0);
    assert_eq!(synthesizer.value(id, Extent::Minimal), None);
}

#[test]
fn read_only_properties_are_not_sent() {
    let (contract, id) = contract(
        "{ type: object, required: [id], properties: { id: { type: string, readOnly: true } } }",
    );
    let synthesizer = Synthesizer::new(&contract, Direction::Request, 0);
    assert_eq!(
        synthesizer.value(id, Extent::Full),
        Some(serde_json::json!({}))
    );
    let answers = Synthesizer::new(&contract, Direction::Response, 0);
    assert!(
        answers
            .value(id, Extent::Minimal)
            .is_some_and(|value| value.get("id").is_some())
    );
}

#[test]
fn what_has_no_limit_is_tried_far_out_whatever_the_seed() {
    let extremes = |schema: &str, seed| {
        let (contract, id) = contract(schema);
        let synthesizer = Synthesizer::new(&contract, Direction::Request, seed).with_extremes();
        let valid = synthesizer.valid(id).into_iter();
        let extreme = valid.filter(|own| own.rule == EXTREME);
        extreme.map(|own| own.value).collect::<Vec<_>>()
    };
    for seed in 0..10 {
        let open = extremes("{ type: integer }", seed);
        assert_eq!(open, [json!(1_u64 << 32), json!(u64::MAX), json!(-1)]);
        let from_one = extremes("{ type: integer, minimum: 1, multipleOf: 10 }", seed);
        let expected = [json!(4_294_967_290_u64), json!(u64::MAX - 5)];
        assert_eq!(from_one, expected);
        let closed = extremes("{ type: integer, minimum: 0, maximum: 9 }", seed);
        assert!(closed.is_empty(), "{closed:?}");
        let texts = extremes("{ type: string }", seed);
        let lengths = texts.iter().map(|own| own.as_str().map(str::len));
        assert_eq!(lengths.collect::<Vec<_>>(), [Some(0), Some(4096)]);
    }
}

#[test]
fn items_that_must_differ_do_so_by_their_pattern() {
    let (contract, id) = contract(
        "{ type: array, uniqueItems: true, maxItems: 5, items: { type: string, pattern: '^[a-z]{1,10}$' } }",
    );
    let valid = Synthesizer::new(&contract, Direction::Request, 0).valid(id);
    let lengths = valid.iter().filter_map(|own| own.value.as_array());
    let lengths: Vec<usize> = lengths.map(Vec::len).collect();
    assert!(lengths.contains(&2) && lengths.contains(&5), "{lengths:?}");
}

#[test]
fn a_pattern_that_allows_nothing_is_kept_by_something() {
    let (contract, id) = contract("{ type: string, pattern: '^-?[0-9]{0,2}(?:[.][0-9]{0,2})?$' }");
    let synthesizer = Synthesizer::new(&contract, Direction::Request, 0);
    let made = synthesizer.value(id, Extent::Minimal);
    assert_ne!(made, Some(json!("")));
    assert!(made.is_some());
}

#[test]
fn what_ends_ends_after_it_starts() {
    let (contract, id) = contract(
        "{ type: object, required: [startsAt, endsAt], properties: { startsAt: { type: string, format: date-time }, endsAt: { type: string, format: date-time } } }",
    );
    let synthesizer = Synthesizer::new(&contract, Direction::Request, 0);
    let made = synthesizer.value(id, Extent::Minimal).expect("a value");
    assert!(
        made["startsAt"].as_str() < made["endsAt"].as_str(),
        "{made}"
    );
}

#[test]
fn patterns_are_broken_at_their_ends_and_times_are_spelled_in_two_ways() {
    let (contract, id) = contract("{ type: string, pattern: '^[a-f]{3}$' }");
    let synthesizer = Synthesizer::new(&contract, Direction::Request, 1);
    let broken = synthesizer.invalid(id);
    let texts = broken.iter().filter_map(|own| own.value.as_str());
    let texts: Vec<&str> = texts.collect();
    let is = |start: usize, end: usize| {
        let mut texts = texts.iter();
        texts.any(|text| {
            let inner = text.get(start..text.len().saturating_sub(end));
            inner.is_some_and(|inner| crate::synthesize::is_match("^[a-f]{3}$", inner))
        })
    };
    assert!(is(0, 1) && is(1, 0), "{texts:?}");
    assert!(rules(&broken).contains(&"pattern-case".to_owned()));
    let (contract, id) = self::contract("{ type: string, format: date-time }");
    let synthesizer = Synthesizer::new(&contract, Direction::Request, 1);
    let times = synthesizer.valid(id);
    let offset = |own: &Variation| own.value.as_str().is_some_and(|own| own.contains('+'));
    assert!(times.iter().any(offset), "{times:?}");
}

#[test]
fn the_same_seed_makes_the_same() {
    let (contract, id) = contract(
        "{ type: object, required: [s], properties: { s: { type: string }, u: { type: string, format: uuid } } }",
    );
    let make = |seed| Synthesizer::new(&contract, Direction::Request, seed).valid(id);
    assert_eq!(make(7), make(7));
    assert_ne!(make(7), make(8));
}

#[test]
fn schemas_that_all_lead_to_each_other_cost_no_more_than_others() {
    let names: Vec<_> = (0..20).map(|index| format!("N{index}")).collect();
    let property = |name: &String| format!("{name}: {{ $ref: '#/components/schemas/{name}' }}");
    let properties: Vec<_> = names.iter().map(property).collect();
    let schema = format!(
        "{{ type: object, properties: {{ {} }} }}",
        properties.join(", ")
    );
    let others: Vec<_> = names
        .iter()
        .map(|name| format!("    {name}: {schema}"))
        .collect();
    let schemas = format!("{schema}\n{}", others.join("\n"));
    let (contract, schema) = contract(&schemas);
    let synthesizer = Synthesizer::new(&contract, Direction::Response, 1);
    let full = synthesizer.value(schema, Extent::Full).unwrap();
    assert_eq!(full.as_object().unwrap().len(), 20);
    assert!(!synthesizer.valid(schema).is_empty());
    assert!(!synthesizer.invalid(schema).is_empty());
}

#[test]
fn examples_that_their_own_schema_refuses_are_no_values() {
    let (contract, id) = contract(
        "{ type: object, required: [k, u], properties: { k: { oneOf: [{ type: integer }, { type: string }] }, u: { type: string, format: uri, examples: [no uri] } } }",
    );
    let synthesizer = Synthesizer::new(&contract, Direction::Response, 0);
    assert!(synthesizer.value(id, Extent::Minimal).is_some());
}

#[test]
fn what_no_value_can_keep_is_nobodys_fault() {
    let (contract, id) = contract(
        "{ type: object, required: [a, b], properties: { a: { type: string, minLength: 5, maxLength: 2 }, b: { type: integer } } }",
    );
    let answer = contract.answer(id);
    let of =
        |value: &Value| contract.check_value(id, Direction::Response, value, &Part::ResponseBody);
    let own = of(&answer);
    assert!(!own.is_empty());
    assert!(
        own.iter()
            .all(|violation| contract.is_unmeetable(id, violation))
    );
    assert!(
        contract
            .diagnostics()
            .iter()
            .any(|told| told.code == "schema-not-met")
    );
    let mut other = answer.as_ref().clone();
    other["b"] = "text".into();
    let foreign = of(&other)
        .into_iter()
        .filter(|violation| violation.spot.pointer == "/b");
    assert_eq!(
        foreign
            .filter(|violation| !contract.is_unmeetable(id, violation))
            .count(),
        1
    );
}

#[test]
fn a_schema_that_the_engine_refuses_leaves_the_others_checked() {
    let (contract, refused) =
        contract("{ dependentRequired: { a: [b, b] } }\n    T: { type: integer }");
    let (_, other) = contract
        .api()
        .schemas
        .named()
        .nth(1)
        .expect("a second schema");
    let valid = |id, value: Value| contract.is_valid(id, Direction::Request, &value);
    assert!(valid(refused, serde_json::json!({ "a": 1 })));
    assert!(!valid(other, "text".into()));
    let told = contract.diagnostics();
    let codes: Vec<_> = told.iter().map(|told| told.code).collect();
    assert_eq!(codes, ["schema-not-checked"]);
}

#[test]
fn random_values_are_valid_varied_and_repeatable() {
    for schema in [
        "{ type: string }",
        "{ type: string, pattern: '^[a-z]+-[0-9]{2,}$' }",
        "{ type: number, minimum: -2, exclusiveMaximum: 7 }",
        "{ type: integer, multipleOf: 7 }",
        "{ type: array, uniqueItems: true, minItems: 1, items: { type: integer, maximum: 99 } }",
        "{ oneOf: [{ type: object, required: [k], properties: { k: { const: a }, n: { type: integer } } }, { type: 'array', items: { type: string } }] }",
        "{ type: object, required: [v], properties: { v: { type: boolean }, next: { $ref: '#/components/schemas/S' }, t: { type: string } } }",
    ] {
        let (contract, id) = contract(schema);
        let make = |seed| {
            let synthesizer = Synthesizer::new(&contract, Direction::Request, seed);
            let made = (0..60).filter_map(|number| synthesizer.random_value(id, number));
            made.collect::<Vec<_>>()
        };
        let values = make(1);
        assert!(values.len() > 40, "{schema}: {values:?}");
        let valid = |value: &Value| contract.is_valid(id, Direction::Request, value);
        assert!(values.iter().all(valid), "{schema}");
        let different: std::collections::BTreeSet<_> =
            values.iter().map(Value::to_string).collect();
        assert!(different.len() > 10, "{schema}: {different:?}");
        assert_eq!(values, make(1), "{schema}");
    }
}

#[test]
fn a_day_that_does_not_exist_breaks_its_format() {
    for (format, day) in [
        ("date", "2023-02-30"),
        ("date-time", "2023-02-30T09:30:00Z"),
        ("time", "24:30:00Z"),
    ] {
        let (contract, id) = contract(&format!("{{ type: string, format: {format} }}"));
        let invalid = Synthesizer::new(&contract, Direction::Request, 1).invalid(id);
        let wrong = invalid.iter().find(|own| own.value == day);
        assert_eq!(wrong.map(|own| own.rule.as_str()), Some("format"));
    }
}
