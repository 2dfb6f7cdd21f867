//! Serves the shop, with one defect or with none, so that other testers can be held to it as well:
//! `cargo run -p bindery-tests --example shop -- 127.0.0.1:8080 NAME`. Without arguments all names are listed.

#![expect(clippy::print_stdout, reason = "a list is what it is asked for")]

use bindery_tests::shop::{Defect, Server};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let Some(address) = arguments.next() else {
        for defect in Defect::all() {
            println!("{} {} {}", defect.name, defect.operation, defect.code);
        }
        return;
    };
    let defect = arguments.next().map(|name| {
        let named = Defect::all().find(|defect| defect.name == name);
        named.unwrap_or_else(|| panic!("there is no defect `{name}`"))
    });
    let _server = Server::bind(defect, &address);
    loop {
        std::thread::park();
    }
}
