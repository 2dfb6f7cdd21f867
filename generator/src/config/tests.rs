//! What `bindery.toml` may say, and what is said about one that cannot be used.

use super::*;

const CLIENT: &str = "[[client]]\ndocument = \"a.yaml\"\noutput = \"a\"\npackage = \"a\"\n";

fn message(text: &str) -> String {
    Config::parse(text).unwrap_err().to_string()
}

#[test]
fn only_three_keys_are_needed() {
    let config = Config::parse(CLIENT).unwrap();
    assert_eq!(config.clients, [Client::new("a.yaml", "a", "a").unwrap()]);
}

#[test]
fn a_key_that_is_not_known_is_refused_where_it_stands() {
    let text = format!("{CLIENT}hoits = {{}}\n");
    let known = "`document`, `overlays`, `output`, `package`, `standalone`, `hoist`, `only`, `skip`, `keep_undeclared`, `pages`, `rename`, `replace`, `dependencies`";
    assert_eq!(
        message(&text),
        format!("bindery.toml:5:1: unknown field `hoits`, expected one of {known}")
    );
    assert_eq!(
        message("x = 1\n"),
        "bindery.toml:1:1: unknown field `x`, expected `client`"
    );
}

#[test]
fn what_stands_in_for_a_type_is_a_path() {
    let replace = |path: &str| format!("{CLIENT}[client.replace]\nA = \"{path}\"\n");
    for path in ["a::B", "a::b::C<d::E>", "String", "i64"] {
        assert!(Config::parse(&replace(path)).is_ok(), "{path}");
    }
    for path in ["", "Decimal", "a::", "a b", "fn()", "&str"] {
        assert!(
            message(&replace(path)).contains("cannot stand in for a type"),
            "{path}"
        );
    }
    let text = format!("{CLIENT}[client.dependencies]\nmoney = 1\n");
    assert!(message(&text).contains("the dependency `money` has neither"));
}

#[test]
fn an_error_names_its_line_and_column() {
    for (text, expected) in [
        ("", "1:1: missing field `client`"),
        ("client = []", "1:10: no client is named"),
        (
            "[[client]]\noutput = \"a\"\n",
            "1:1: missing field `document`",
        ),
        (
            &CLIENT.replace("package = \"a\"", "package = 1"),
            "4:11: invalid type: integer `1`, expected a string",
        ),
        (
            &CLIENT.replace("package = \"a\"", "package = \"1a\""),
            "4:11: `1a` cannot be the name of a package: it takes letters, digits, `-` and `_`, with a letter first",
        ),
        (
            &CLIENT.replace("package = \"a\"", "package = \"box\""),
            "4:11: `box` cannot be the name of a package: Rust reserves the word",
        ),
        (
            &CLIENT.replace("package = \"a\"", "package = \"proc-macro\""),
            "4:11: `proc-macro` cannot be the name of a package: Rust has a crate of that name",
        ),
        (
            "é = \n",
            "1:1: invalid unquoted key, expected letters, numbers, `-`, `_`",
        ),
    ] {
        assert_eq!(message(text), format!("bindery.toml:{expected}"));
    }
}

#[test]
fn two_clients_cannot_share_a_folder() {
    let text = format!(
        "{CLIENT}{}",
        CLIENT.replace("output = \"a\"", "output = \"./a/\"")
    );
    assert!(
        message(&text).ends_with("two clients have the output `a`"),
        "{}",
        message(&text)
    );
}

#[test]
fn hoisted_headers_are_told_apart() {
    for (hoist, expected) in [
        (
            r#"{ X-A = "A b" }"#,
            "`A b` cannot be the name of a setting",
        ),
        (r#"{ X-A = "" }"#, "`` cannot be the name of a setting"),
        (
            r#"{ X-A = "a", x-a = "b" }"#,
            "`X-A` and `x-a` are the same header",
        ),
        (
            r#"{ X-A = "a", X-B = "a" }"#,
            "`X-A` and `X-B` have the same setting `a`",
        ),
    ] {
        let text = message(&format!("{CLIENT}hoist = {hoist}\n"));
        assert!(text.contains(expected), "{text}");
    }
}

#[test]
fn paths_start_at_the_file() {
    let folder = std::env::temp_dir().join(format!("bindery-config-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join(FILE);
    fs::write(&file, CLIENT).unwrap();
    let config = Config::read(&file).unwrap();
    assert_eq!(config.clients[0].document, folder.join("a.yaml"));
    assert_eq!(config.clients[0].output, folder.join("a"));
    assert_eq!(config.clients[0].document_name(), "a.yaml");
    fs::write(&file, "x = 1").unwrap();
    let error = Config::read(&file).unwrap_err().to_string();
    assert!(
        error.starts_with(&format!("{}:1:1: ", file.display())),
        "{error}"
    );
    fs::remove_dir_all(&folder).unwrap();
    assert_eq!(Config::read(&file).unwrap_err().code(), "config-unreadable");
}
