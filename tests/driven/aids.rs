//! What helps users beside the calls: mocks, calls without `async`, the traits of serde.

use std::panic::catch_unwind;

use aids::api::{AddPet, Error404_418, ListPets, ReadOwner};
use aids::blocking::{Each, Wait};
use aids::mock::Mock;
use aids::types::{Species, Pet, PetPage, Problem};
use aids::{Client, ErrorKind, Field, Json};

fn main() {
    let mock = Mock::new();
    let client = Client::builder("http://a").transport(mock.clone());
    let client = client.build().unwrap();
    answers(&mock, &client);
    calls(&mock, &client);
    unions();
    serde();
    waiting(&client);
    let url = std::env::args().nth(1).unwrap();
    connected(&Client::builder(url).build().unwrap());
}

fn page(names: &[&str]) -> PetPage {
    let pets = names.iter().map(|name| format!("{{\"name\":\"{name}\"}}"));
    let pets: Vec<_> = pets.collect();
    PetPage::from_json(format!("{{\"pets\":[{}]}}", pets.join(","))).unwrap()
}

fn answers(mock: &Mock, client: &Client) {
    mock.on::<ListPets>().reply(200, &page(&["a", "b"]));
    mock.on::<ListPets>().reply(200, &page(&["c"]));
    let items = client.pets().list_pets().limit(2).items().each();
    let names: Vec<_> = items.map(|pet| pet.unwrap().name).collect();
    assert_eq!(names, ["a", "b", "c"]);
    let again = client.pets().list_pets().send().wait().unwrap();
    assert_eq!(again.pets.len(), 1);
    let why = Problem::from_json("{\"why\":\"gone\"}").unwrap();
    let mock = Mock::new();
    let client = Client::builder("http://a").transport(mock.clone());
    let client = client.build().unwrap();
    mock.on::<ListPets>().header("x-request-id", "7").reply_json(404, &why);
    let error = client.pets().list_pets().send().wait().unwrap_err();
    assert_eq!(error.request_id(), Some("7"));
    let Some(Error404_418::NotFound(problem)) = error.api() else { panic!("{error}") };
    assert_eq!(problem.why, "gone");
    mock.on::<ReadOwner>().fail("no route");
    let error = client.owners().read_owner("x").send().wait().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    let error = client.fish().watch_fish().send().wait().unwrap_err();
    assert!(error.to_string().contains("the mock has no answer for `watch_fish`"), "{error}");
}

fn calls(mock: &Mock, client: &Client) {
    let listed = mock.calls::<ListPets>();
    assert_eq!(listed[1].parameter("offset"), Some(2));
    assert_eq!(listed[0].parameter::<i64>("offset"), None);
    assert_eq!(listed[0].uri().query(), Some("limit=2"));
    mock.on::<AddPet>().reply_empty(204);
    let pet = Pet::from_json("{\"name\":\"a\",\"kind\":\"cat\"}").unwrap();
    client.pets().add_pet(pet.clone()).send().wait().unwrap();
    let added = mock.calls::<AddPet>();
    assert_eq!(added.len(), 1);
    assert_eq!(added[0].body().unwrap(), pet);
    assert_eq!(added[0].method(), "POST");
}

/// What may be one of several types takes each of them.
fn unions() {
    let fed = |pet: Pet| pet.to_json().to_string();
    assert_eq!(fed(Pet::new("a").eats("hay")), r#"{"name":"a","eats":"hay"}"#);
    let both = vec!["hay".to_owned(), "corn".to_owned()];
    assert_eq!(fed(Pet::new("a").eats(both)), r#"{"name":"a","eats":["hay","corn"]}"#);
}

fn serde() {
    let text = r#"{"name":"a","kind":"cat","age":null,"more":[1,2.5,18446744073709551615,{"b":true}]}"#;
    let pet: Pet = serde_json::from_str(text).unwrap();
    assert_eq!(pet.kind, Some(Species::Cat));
    assert_eq!(pet.age, Field::Null);
    let back: serde_json::Value = serde_json::to_value(&pet).unwrap();
    assert_eq!(back, serde_json::from_str::<serde_json::Value>(text).unwrap());
    assert!(serde_json::from_str::<Pet>("{}").is_err());
    let fish: aids::types::Fish = serde_json::from_str("{\"fins\":2}").unwrap();
    assert_eq!(serde_json::to_string(&fish).unwrap(), "{\"fins\":2}");
}

fn waiting(client: &Client) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let client = client.clone();
    let stopped = runtime.block_on(async {
        catch_unwind(std::panic::AssertUnwindSafe(|| {
            drop(client.pets().list_pets().send().wait());
        }))
    });
    let why = stopped.unwrap_err();
    let why = why.downcast_ref::<&str>().copied().unwrap_or_default();
    assert!(why.contains("`.await` the call there"), "{why}");
}

/// The same over a connection, which outlives the first call, from two threads at once.
fn connected(client: &Client) {
    let ask = || {
        for _ in 0..3 {
            let response = client.pets().list_pets().send_raw().wait().unwrap();
            assert_eq!(response.status(), 200);
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(ask);
        ask();
    });
}
