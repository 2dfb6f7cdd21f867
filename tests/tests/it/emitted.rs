//! What small documents become: a snapshot of the types or the calls of each, so that emitted code is reviewed like code.

use std::path::Path;

use bindery_generator::Generator;
use bindery_generator::config::Client;
use bindery_generator::ir::ItemKind;
use bindery_spec::{Api, Diagnostics};
use bindery_tests::tree;

#[test]
fn a_text_with_listed_values() {
    snapshot("enumeration/text.yaml", "src/types/pets.rs");
}

#[test]
fn a_union_with_a_discriminator() {
    snapshot("union/discriminator.yaml", "src/types/pets.rs");
}

#[test]
fn types_without_a_name_are_called_by_what_tells_them_apart() {
    says(
        "union/told_by_values.yaml",
        "src/types/pets.rs",
        &[
            "pub struct PetCat {",
            "pub struct PetDog {",
            "pub struct PetWithKind {",
            "pub enum OwnerRole {",
        ],
    );
}

#[test]
fn types_without_a_name_are_called_by_all_that_tells_them_apart() {
    says(
        "union/told_by_more.yaml",
        "src/types/feedback.rs",
        &[
            "pub struct FeedbackPrice {",
            "pub struct FeedbackPriceOther {",
            "pub struct FeedbackBroken {",
            "pub struct GivenPrice {",
            "pub struct GivenPriceOther {",
            "pub struct GivenBroken {",
            "pub struct UsageWithBasic {",
            "pub struct UsageWithPremium {",
            "pub struct Size {",
        ],
    );
}

#[test]
fn unions_that_only_list_types() {
    snapshot("union/listed_types.yaml", "src/types/pets.rs");
}

#[test]
fn fields_that_may_be_null_or_absent() {
    snapshot("schema/nullable.yaml", "src/types/pets.rs");
}

#[test]
fn names_that_json_spells_with_escapes() {
    snapshot("schema/escaped.yaml", "src/types/shared.rs");
}

#[test]
fn an_object_that_can_be_made_of_nothing() {
    snapshot("schema/fixed.yaml", "src/types/pets.rs");
}

#[test]
fn an_array_whose_items_have_types_of_their_own() {
    snapshot("schema/tuple.yaml", "src/types/pets.rs");
}

#[test]
fn types_that_are_described_several_times() {
    snapshot("schema/repeated.yaml", "src/types/pets.rs");
}

#[test]
fn types_of_other_files_have_the_names_of_components_keys_or_files() {
    says(
        "../several/openapi.yaml",
        "src/types/shared.rs",
        &["pub struct Pet {", "pub struct Person {", "pub enum Size {"],
    );
}

#[test]
fn types_that_the_document_names_are_never_merged() {
    says(
        "schema/repeated.yaml",
        "src/types/pets.rs",
        &["pub enum Size {", "pub enum Weight {"],
    );
}

#[test]
fn integers_beyond_64_bits_have_types_that_hold_them() {
    let fields = [
        "balance: i128,",
        "supply: u128,",
        "factor: Number,",
        "whole: Number,",
        "beyond: Number,",
        "sum: Number,",
        "shown: i64,",
        "rounded: Option<i64>,",
        "exact: f64,",
        "most: Number,",
    ];
    says("schema/large.yaml", "src/types/ledger.rs", &fields);
}

#[test]
fn what_is_not_evaluated_is_what_nothing_has_looked_at() {
    let types = [
        "pub struct TrackPoint(\n    /// Item 1.\n    pub Option<f64>,\n    /// Item 2.\n    pub Option<f64>,\n);",
        "pub struct TrackFlags(\n    /// Item 1.\n    pub String,\n    /// The items after these.\n    pub Vec<bool>,\n);",
        "pub names: Option<Vec<String>>,",
        "pub steps: Option<Vec<i64>>,",
    ];
    says("schema/unevaluated.yaml", "src/types/tracks.rs", &types);
}

#[test]
fn bodies_that_are_called_like_components_say_what_they_are() {
    let types = [
        "pub struct UpdatePetRequestBody {",
        "pub struct UpdatePetRequestBodyOwner {",
    ];
    says(
        "body/named_like_component.yaml",
        "src/types/pets.rs",
        &types,
    );
}

#[test]
fn the_front_page_shows_the_easiest_calls() {
    let calls = [
        "//! let response = client.pets().list_pets(\"shelter\").send().await?;",
        "//! let mut items = client.pets().list_pets(\"shelter\").items();",
    ];
    says("operation/first_call.yaml", "src/lib.rs", &calls);
}

#[test]
fn a_long_call_of_an_example_has_a_line_for_each_step() {
    let call = "    /// client\n    ///     .pets()\n    ///     .delete_medical_records_of_each_year_that_is_before_this_one(\"shelter\", \"pet\")\n    ///     .send()\n    ///     .await?;";
    says("operation/first_call.yaml", "src/api/pets.rs", &[call]);
}

#[test]
fn what_is_read_only_has_no_setter_of_a_call() {
    let (api, client, mut diagnostics) = read("body/read_only.yaml");
    let files = Generator::new(&client).generate(&api, &mut diagnostics);
    let calls = files.get("src/api/pets.rs").expect("the calls");
    assert!(calls.contains("pub fn name("), "{calls}");
    assert!(!calls.contains("pub fn born("), "{calls}");
}

#[test]
fn a_flag_whose_every_value_is_listed_has_no_rule() {
    let keys = [
        "tame: Key::optional(\"tame\"),",
        "fed: Key::optional(\"fed\"),",
        "sold: Key::optional(\"sold\").with_rules(&[Rule::Enum(&[\"false\"])]),",
    ];
    says("body/read_only.yaml", "src/types/pets.rs", &keys);
}

#[test]
fn texts_that_lack_their_quotes_are_texts() {
    let listed = [
        "N1_0: \"1.0\",\n    N2_0: \"2.0\",\n}, Self::Unknown);",
        "True: \"true\",\n    No: \"no\",\n}, Self::Unknown);",
        "json_strings!(ReleaseLine { N3: \"3\" }, Self::Unknown);",
    ];
    says(
        "../warn/schema/unquoted.yaml",
        "src/types/releases.rs",
        &listed,
    );
}

#[test]
fn branches_that_nothing_tells_apart_are_counted() {
    let variants = ["List(TrackChoiceList),", "List2(TrackChoiceList2),"];
    says("schema/unevaluated.yaml", "src/types/tracks.rs", &variants);
}

#[test]
fn integers_are_one_value_however_they_are_written() {
    let listed = ["json_integers!(Stars { N1: 1, N2: 2, N3: 3 }, Self::Unknown);"];
    says("enumeration/points.yaml", "src/types/stars.rs", &listed);
}

#[test]
fn what_is_a_file_in_parts_is_a_text_in_json() {
    let types = [
        "pub struct Photo {\n    pub thumbnail: File,\n    pub pages: Vec<File>,",
        "pub struct RemotePhoto {\n    pub thumbnail: Content,",
        "pub struct ScanParts {\n    pub image: File,",
        "pub struct Scan {\n    pub image: String,",
    ];
    says("body/files.yaml", "src/types/pets.rs", &types);
}

#[test]
fn what_the_api_sends_by_itself_is_received() {
    let (api, client, mut diagnostics) = read("operation/webhook.yaml");
    let krate = bindery_generator::lower::lower(&api, &client, &mut diagnostics);
    let made = krate.items.iter().filter_map(|item| match &item.kind {
        ItemKind::Struct(body) => body.sent.then_some(item.name.to_string()),
        _ => None,
    });
    assert_eq!(made.collect::<Vec<_>>(), ["Receipt"]);
}

#[test]
fn operations_that_fail_alike_share_their_errors() {
    let (api, client, mut diagnostics) = read("operation/failures.yaml");
    let krate = bindery_generator::lower::lower(&api, &client, &mut diagnostics);
    let names = krate.errors.iter().map(|error| &*error.name);
    assert_eq!(names.collect::<Vec<_>>(), ["Error400", "Error400_2"]);
    let operations = krate.tags.iter().flat_map(|tag| &tag.operations);
    let used = operations.map(|operation| operation.error.index);
    assert_eq!(used.collect::<Vec<_>>(), [0, 0, 1]);
}

#[test]
fn statuses_in_a_row_are_one_range() {
    let (api, client, mut diagnostics) = read("operation/statuses.yaml");
    let files = Generator::new(&client).generate(&api, &mut diagnostics);
    let calls = files.get("src/api/pets.rs").expect("the calls");
    assert!(calls.contains("200..=202 => "), "{calls}");
    assert!(calls.contains("202..=299 => "), "{calls}");
}

#[test]
fn what_is_asked_beyond_types() {
    snapshot("schema/rules.yaml", "src/types/pets.rs");
}

#[test]
fn unions_that_hold_at_once() {
    snapshot("union/several.yaml", "src/types/pets.rs");
}

#[test]
fn an_object_that_requires_more_than_arguments_can_say() {
    snapshot("schema/required.yaml", "src/types/pets.rs");
}

#[test]
fn long_files_of_types_are_split_by_the_words_of_their_names() {
    let places = |pets| {
        let names = (0..pets).map(|index| format!("PetN{index}"));
        let names = names.chain((0..60).map(|index| format!("ToyN{index}")));
        let names = names.chain((0..9).map(|index| format!("BoneN{index}")));
        let schemas = names
            .map(|name| format!("    {name}: {{ properties: {{ a: {{ type: string }} }} }}\n"));
        let text = format!(
            "openapi: 3.1.0\ninfo: {{ title: A, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n{}",
            schemas.collect::<String>()
        );
        let api = bindery_spec::read_text("a.yaml", &text).api.unwrap();
        let client = Client::new("a.yaml", "out", "a").unwrap();
        let files = Generator::new(&client).generate(&api, &mut Diagnostics::default());
        let structs = |part: &str| {
            let text = files.get(&format!("src/types/shared{part}.rs"));
            text.map(|text| text.matches("pub struct").count())
        };
        ["", "_pet", "_toy"].map(structs)
    };
    assert_eq!(places(31), [Some(100), None, None]);
    assert_eq!(places(32), [Some(9), Some(32), Some(60)]);
}

#[test]
fn parameters_of_each_place() {
    snapshot("parameter/styles.yaml", "src/api/pets.rs");
}

#[test]
fn credentials_of_each_kind() {
    snapshot("security/schemes.yaml", "src/client.rs");
}

#[test]
fn the_first_call_is_given_its_credentials() {
    let text = "openapi: 3.1.0
info: { title: T, version: '1' }
servers: [{ url: 'https://pets.example.com' }]
security: [{ token: [] }]
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      security: [{}, { user: [], key: [] }]
      responses: { '204': { description: None. } }
components:
  securitySchemes:
    token: { type: http, scheme: bearer }
    user: { type: http, scheme: basic }
    key: { type: apiKey, in: header, name: X-Key }
";
    let reading = bindery_spec::read_text("a.yaml", text);
    let (api, mut diagnostics) = (reading.api.unwrap(), reading.diagnostics);
    let client = Client::new(Path::new("a.yaml"), "out", "pets").unwrap();
    let files = Generator::new(&client).generate(&api, &mut diagnostics);
    let front = files.get("src/lib.rs").unwrap();
    let built = r#"builder().basic_auth("user", "password").key("key").build()?;"#;
    assert!(front.contains(built), "{front}");
}

#[test]
fn calls_that_are_authorized_and_sent_again() {
    let (api, client, mut diagnostics) = read("security/schemes.yaml");
    let files = Generator::new(&client).generate(&api, &mut diagnostics);
    let calls = files.get("src/api/pets.rs").expect("the calls");
    for words in [
        "&[crate::client::KEY, crate::client::SESSION],",
        "auth: &[&[crate::client::SERVICE], &[crate::client::PEOPLE], &[]],",
        "auth: &[],",
        "pub fn add_pet(&self, body: impl Into<Upload>)",
        "pub fn idempotency_key(mut self, idempotency_key: impl Into<String>)",
    ] {
        assert!(calls.contains(words), "`{words}` is not in:\n{calls}");
    }
    // Of three operations, one is idempotent by itself, and one has a parameter of its own.
    assert_eq!(calls.matches(", idempotency_key());").count(), 1);
}

#[test]
fn bodies_whose_properties_are_spelled_as_the_document_says() {
    snapshot("body/encodings.yaml", "src/api/pets.rs");
}

#[test]
fn parts_that_are_spelled_as_the_document_says() {
    let (api, client, mut diagnostics) = read("body/encodings.yaml");
    let files = Generator::new(&client).generate(&api, &mut diagnostics);
    let types = files.get("src/types/pets.rs").expect("the types");
    for words in [".property_in(", "Style::PipeDelimited", "\"text/markdown\""] {
        assert!(types.contains(words), "`{words}` is not in:\n{types}");
    }
}

#[test]
fn a_media_type_that_a_form_cannot_have_is_reported() {
    let (mut api, client, mut diagnostics) = read("body/encodings.yaml");
    for operation in &mut api.operations {
        let content = operation.body.iter_mut().flat_map(|body| &mut body.content);
        for encoding in content.flat_map(|media_type| media_type.encoding.values_mut()) {
            encoding.content_type = Some("application/xml".to_owned());
        }
    }
    Generator::new(&client).generate(&api, &mut diagnostics);
    let codes: Vec<_> = diagnostics.iter().map(|found| found.code).collect();
    assert_eq!(codes, ["encoding-not-applied"]);
}

#[test]
fn what_is_said_beside_types_is_in_the_docs() {
    let (api, client, mut diagnostics) = read("operation/said.yaml");
    let files = Generator::new(&client).generate(&api, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let root = files.get("src/lib.rs").expect("the root");
    for words in [
        "//! All about pets.",
        "//! Keeps \\[lists\\] of pets.",
        "//! See <https://pets.example/docs>: The handbook.",
        "Version of the document: `2.1-beta`.",
        "Contact: Ann, `ann@pets.example`.",
        "Licence: Apache, `Apache-2.0`.",
        "Terms of service: <https://pets.example/terms>.",
        "`https://{region}.pets.example/v1`: main. Everything. `region` is `eu`, of `eu`, `us`. Where the pets live.",
        "- `POST petBorn` A pet was born. ([`PetBornWebhookRequest`](crate::types::PetBornWebhookRequest)) Answered by `204`: noted.",
        "- `POST getPet → moved` ([`GetPetMovedCallbackRequest`]",
    ] {
        assert!(root.contains(words), "`{words}` is not in:\n{root}");
    }
    let calls = files.get("src/api/pets.rs").expect("the calls");
    for words in [
        "//! Those with fur",
        "/// See <https://pets.example/get>.",
        "/// Scopes: `read`, `list`.",
        "/// - `200`: The pet. The pet with `all` of it. Link `owner` to `getOwner` with `id` from `$response.body#/owner`. Who has it.",
        "/// - `404`: No \\<pet>",
        "/// Served at `/owners`.",
        "Call::new(self.core, GetOwner::OPERATION).at(\"/owners\")",
        "Call::new(self.core, GetPhotos::OPERATION).at(\"https://photos.example\")",
        ".with_style(Style::Query, true)",
    ] {
        assert!(calls.contains(words), "`{words}` is not in:\n{calls}");
    }
}

#[test]
fn a_list_whose_items_have_the_same_list_is_typed() {
    let (api, client, mut diagnostics) = read("schema/recursive.yaml");
    let files = Generator::new(&client).generate(&api, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let types = files
        .iter()
        .filter(|(path, _)| path.starts_with("src/types"));
    let types: String = types.map(|(_, text)| text).collect();
    assert_eq!(
        types.matches("pub history: Option<Vec<RiskItem>>,").count(),
        2,
        "{types}"
    );
    assert!(
        types.contains("pub children: Option<Vec<Node>>,"),
        "{types}"
    );
}

#[test]
fn what_is_decided_before_anything_is_written() {
    let (api, client, mut diagnostics) = read("enumeration/text.yaml");
    let krate = bindery_generator::lower::lower(&api, &client, &mut diagnostics);
    assert_snapshot("enumeration/lowered", &format!("{:#?}", krate.items));
}

/// Compares one file of the client of a fixture with its snapshot.
fn snapshot(fixture: &str, path: &str) {
    let (api, client, mut diagnostics) = read(fixture);
    let files = Generator::new(&client).generate(&api, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let paths: Vec<_> = files.iter().map(|(path, _)| path).collect();
    let text = files
        .get(path)
        .unwrap_or_else(|| panic!("no {path} among {paths:?}"));
    assert_snapshot(fixture, text);
}

/// Compares one file of the client of a fixture with words that must be in it.
fn says(fixture: &str, path: &str, words: &[&str]) {
    let (api, client, mut diagnostics) = read(fixture);
    let files = Generator::new(&client).generate(&api, &mut diagnostics);
    let text = files.get(path).expect("the types");
    for words in words {
        assert!(text.contains(words), "`{words}` is not in:\n{text}");
    }
}

fn read(fixture: &str) -> (Api, Client, Diagnostics) {
    let document = tree::root().join("tests/fixtures/ok").join(fixture);
    let reading = bindery_spec::read_file(&document);
    let api = reading.api.expect("a document that can be used");
    let client = Client::new(&document, "out", "pets").unwrap();
    (api, client, reading.diagnostics)
}

fn assert_snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path("../snapshots/emitted");
    settings.bind(|| insta::assert_snapshot!(name.replace(['/', '.'], "_"), text));
}
