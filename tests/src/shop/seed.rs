//! What the shop has from the start.

use serde_json::{Value, json};

use super::store::{Order, Product, Store};

/// A store with some of everything.
pub(super) fn store() -> Store {
    let mut store = Store::default();
    for index in 0..30 {
        let id = store.next();
        let value = product(id, index);
        store.products.insert(id, Product { value, version: 1 });
    }
    for id in 1..=12 {
        store.reviews.insert((1, id), review(id));
        store.customers.insert(id, customer(id));
    }
    store
        .images
        .insert((1, 1), vec![0x89, b'P', b'N', b'G', 0, 0xff]);
    store
        .exports
        .insert(1, json!({ "id": "x1", "format": "csv", "done": true }));
    for user in ["alice", "bob", ""] {
        let none = json!({ "signature": "", "digest": false });
        store.preferences.insert(user, none);
    }
    for index in 0..8 {
        let owner = if index % 2 == 0 { "alice" } else { "bob" };
        store.orders.push(order(index, owner));
    }
    store
}

fn product(id: u64, index: u64) -> Value {
    let mut product = json!({
        "id": id, "created_at": "2024-01-01T00:00:00Z", "name": format!("Thing {id}"),
        "price": 2.5, "status": (["active", "draft"][usize::from(index == 29)]), "description": null, "tags": ["new", "useful"],
    });
    let special = match index % 3 {
        0 => json!({ "kind": "book", "isbn": "9780306406157", "authors": ["Ada"] }),
        1 => {
            json!({ "kind": "gadget", "voltage": 12, "dimensions": { "width": 2, "height": 3.5 } })
        }
        _ => json!({ "kind": "download", "url": "https://example.com/a.zip", "size": 100 }),
    };
    for (name, value) in special.as_object().into_iter().flatten() {
        product[name] = value.clone();
    }
    product
}

fn review(id: u64) -> Value {
    json!({
        "id": id, "author": "alice", "created_at": "2024-01-02T00:00:00Z",
        "rating": id % 5 + 1, "text": "It is as it is.", "title": null,
    })
}

fn customer(id: u64) -> Value {
    json!({
        "id": format!("cus_{id}"), "email": format!("c{id}@example.com"), "name": format!("Customer {id}"),
        "country": (["DE", "FR"][usize::from(id % 2 == 1)]), "newsletter": false, "birthday": null,
        "created_at": "2024-01-02T00:00:00Z",
    })
}

fn order(index: u64, owner: &str) -> Order {
    let id = format!("00000000-0000-4000-a000-{index:012}");
    let value = json!({
        "id": id, "customer": owner, "state": "open", "created_at": "2024-01-03T00:00:00Z",
        "lines": [{ "sku": "ABC-0001", "quantity": 1 }],
        "delivery": { "type": "Pickup", "branch": 7 }, "note": null,
    });
    Order {
        id,
        owner: owner.to_owned(),
        value,
    }
}
