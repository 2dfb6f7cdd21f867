//! What `bindery.toml` says instead of the document: which operations there are, and what things are called.

use bindery_generator::Generator;
use bindery_generator::config::Config;
use bindery_generator::output::Files;
use bindery_spec::Diagnostics;

const DOCUMENT: &str = "openapi: 3.1.0
info: { title: Shop, version: '1' }
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      parameters: [{ name: cursor, in: query, schema: { type: string } }, { name: max, in: query, schema: { type: integer, minimum: 1 } }]
      responses: { '200': { description: all, content: { application/json: { schema: { $ref: '#/components/schemas/PetPage' } } } } }
    post:
      operationId: addPet
      tags: [pets]
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
      responses: { '204': { description: done } }
  /admin/users:
    get:
      operationId: listUsers
      parameters: [{ name: X-State, in: header, schema: { $ref: '#/components/schemas/Status' } }]
      tags: [admin]
      responses: { '200': { description: all, content: { application/json: { schema: { $ref: '#/components/schemas/User' } } } } }
components:
  schemas:
    PetPage: { type: object, required: [data], properties: { data: { type: array, items: { $ref: '#/components/schemas/Pet' } }, next_cursor: { type: string } } }
    Pet: { type: object, required: [name], properties: { name: { type: string }, status: { $ref: '#/components/schemas/Status' }, parent: { $ref: '#/components/schemas/Pet' } } }
    Status: { type: string, enum: [sold, free] }
    User: { type: object, properties: { mail: { type: string } } }
    Unused: { type: object, properties: { a: { type: string }, price: { type: number, format: decimal, minimum: 0 }, at: { type: string }, cost: { $ref: '#/components/schemas/Money' } } }
    Money: { type: object, properties: { amount: { type: string, pattern: '^[0-9.]+$' } } }
";

/// The client with some more lines of configuration, and the messages on the way.
fn generate(more: &str) -> (Files, Vec<String>) {
    let text = format!(
        "[[client]]\ndocument = \"shop.yaml\"\noutput = \"shop\"\npackage = \"shop\"\n{more}"
    );
    let config = Config::parse(&text).unwrap();
    let api = bindery_spec::read_text("shop.yaml", DOCUMENT).api.unwrap();
    let mut diagnostics = Diagnostics::default();
    let files = Generator::new(&config.clients[0]).generate(&api, &mut diagnostics);
    let messages = diagnostics.iter();
    let messages = messages.map(|found| format!("{}: {}", found.code, found.message));
    (files, messages.collect())
}

/// Everything that the client says outside its runtime.
fn text(files: &Files) -> String {
    let own = files.iter().filter(|(path, _)| {
        path.starts_with("src/api") || path.starts_with("src/types") || *path == "src/client.rs"
    });
    own.map(|(_, text)| text.to_owned()).collect()
}

#[track_caller]
fn has(more: &str, present: &[&str], absent: &[&str]) {
    let (files, messages) = generate(more);
    assert!(messages.is_empty(), "{messages:?}");
    let text = text(&files);
    for words in present {
        assert!(text.contains(words), "`{words}` is not in:\n{text}");
    }
    for words in absent {
        assert!(!text.contains(words), "`{words}` is in:\n{text}");
    }
}

#[test]
fn operations_are_selected_with_the_types_that_they_need() {
    let all = [
        "fn list_pets",
        "fn add_pet",
        "fn list_users",
        "struct User",
        "struct Unused",
    ];
    has("", &all, &[]);
    let pets = [
        "fn list_pets",
        "fn add_pet",
        "struct PetPage",
        "struct Pet",
        "enum Status",
    ];
    let admin = ["fn list_users", "struct User", "struct Unused"];
    has("[client.only]\ntags = [\"pets\"]\n", &pets, &admin);
    has("[client.skip]\npaths = [\"/admin/*\"]\n", &pets, &admin);
    has(
        "[client.only]\nmethods = [\"get\"]\n",
        &["fn list_pets", "fn list_users"],
        &["fn add_pet", "struct Unused"],
    );
    has(
        "[client.only]\noperations = [\"addPet\", \"GET /admin/users\"]\n[client.skip]\noperations = [\"listUsers\"]\n",
        &["fn add_pet", "struct Pet"],
        &["fn list_pets", "fn list_users", "PetPage"],
    );
}

#[test]
fn only_selected_types_bring_the_engine_for_their_patterns() {
    for (more, expected) in [("", true), ("[client.only]\ntags = [\"pets\"]\n", false)] {
        let (files, _) = generate(more);
        let manifest = files.get("Cargo.toml").unwrap();
        assert_eq!(manifest.contains("regress"), expected, "{manifest}");
    }
}

#[test]
fn received_types_keep_what_is_not_declared_when_asked_to() {
    let user = "json_object!(User {\n    mail: Key::optional(\"mail\"),\n}";
    has("", &[&format!("{user});")], &[]);
    has(
        "keep_undeclared = true\n",
        &[&format!("{user}, ..additional);")],
        &[],
    );
}

#[test]
fn a_selection_that_fits_to_nothing_is_told() {
    let (_, messages) =
        generate("[client.only]\ntags = [\"cats\"]\n[client.skip]\nmethods = [\"TRACE\"]\n");
    let expected = [
        "selection-unmatched: `only` names the tag `cats`, which no operation has",
        "selection-unmatched: `skip` names the method `TRACE`, which no operation has",
        "selection-unmatched: `only` and `skip` leave no operation of the document",
    ];
    assert_eq!(messages, expected);
}

#[test]
fn things_are_called_as_the_configuration_says() {
    let renames = "[client.rename]
\"PetPage\" = \"Page\"
\"PetPage.data\" = \"pets\"
\"PetPage.next_cursor\" = \"next\"
\"Pet\" = \"Animal\"
\"Pet.parent\" = \"mother\"
\"Status::Free\" = \"Available\"
\"api::pets::list_pets\" = \"list\"
\"api::pets::ListPets\" = \"List\"
\"api::admin\" = \"staff\"
";
    let present = [
        "struct Page",
        "pub pets: Vec<Animal>",
        "struct Animal",
        "pub mother: Option<Box<Animal>>",
        "Available",
        "pub fn list(&self) -> List<'c>",
        "pub struct List<'c>",
        // What is said on the wire stays.
        "\"data\"",
        "\"parent\"",
        "\"free\"",
        "page.next",
    ];
    let absent = [
        "PetPage",
        "struct Pet ",
        "ListPets",
        "pub data:",
        "pub parent:",
        "fn list_pets",
    ];
    has(renames, &present, &absent);
    let (files, _) = generate(renames);
    assert!(files.get("src/api/staff.rs").is_some());
}

#[test]
fn parameters_are_called_as_the_configuration_says() {
    let renames = "[client.rename]\n\"api::pets::list_pets.max\" = \"limit\"\n\"api::pets::list_pets\" = \"list\"\n";
    let present = [
        "pub fn limit(mut self, limit: i64)",
        "/// The least that [`limit`](Self::limit) takes.",
        "Parameter::query(\"max\")",
    ];
    has(renames, &present, &["fn max(", "[`max`]"]);
    let (_, messages) = generate("[client.rename]\n\"api::pets::list_pets.max\" = \"send\"\n");
    assert_eq!(messages.len(), 1, "{messages:?}");
    assert!(messages[0].contains("`api::pets::list_pets.max` cannot be called `send`"));
}

#[test]
fn a_setting_of_the_client_can_have_a_type_of_the_document() {
    let present = ["pub fn state(mut self, state: crate::types::Status) -> Self {"];
    has("[client.hoist]\nX-State = \"state\"\n", &present, &[]);
}

/// Stands in for a crate of one's own.
const REPLACED: &str = "[client.replace]
\"format:decimal\" = \"money::Decimal\"
\"Money\" = \"money::Money\"
\"Unused.at\" = \"money::Moment<money::Utc>\"
\"Status\" = \"String\"
\"api::pets::list_pets.cursor\" = \"i64\"

[client.dependencies]
money = { path = \"../money\" }
";

#[test]
fn types_of_other_crates_stand_in_for_those_of_the_document() {
    let present = [
        "pub price: Option<money::Decimal>,",
        "pub cost: Option<Money>,",
        "pub type Money = money::Money;",
        "pub at: Option<money::Moment<money::Utc>>,",
        "pub type Status = String;",
        "pub fn cursor(mut self, cursor: i64)",
        // What the document asks of the value is still asked.
        "Rule::Minimum(\"0\")",
    ];
    has(REPLACED, &present, &["struct Money", "enum Status"]);
    let (files, _) = generate(REPLACED);
    let manifest = files.get("Cargo.toml").unwrap();
    for line in ["money = { path = \"../money\" }", "serde_json = \"1\""] {
        assert!(manifest.contains(line), "`{line}` is not in:\n{manifest}");
    }
    let foreign = files.get("src/foreign.rs").unwrap();
    assert_eq!(foreign.matches("impl Json for ").count(), 3, "{foreign}");
    assert!(foreign.contains("impl Json for money::Moment<money::Utc> {"));
    let (files, _) = generate("");
    assert!(files.get("src/foreign.rs").is_none());
}

#[test]
fn a_replacement_that_cannot_be_done_is_told() {
    let (_, messages) = generate("[client.replace]\n\"Dog\" = \"zoo::Dog\"\n");
    let expected =
        "replace-not-done: there is no `Dog` in the client whose type could be `zoo::Dog`";
    assert_eq!(messages, [expected]);
}

#[test]
fn a_rename_that_cannot_be_done_is_told() {
    let (_, messages) = generate(
        "[client.rename]\n\"Dog\" = \"Cat\"\n\"Pet\" = \"User\"\n\"Pet.name\" = \"theName\"\n",
    );
    assert_eq!(messages.len(), 3, "{messages:?}");
    let messages = messages.join("\n");
    for expected in [
        "there is no `Dog` in the client",
        "`Pet` cannot be called `User`",
        "`Pet.name` cannot be called `theName`",
    ] {
        assert!(messages.contains(expected), "{messages}");
    }
}
