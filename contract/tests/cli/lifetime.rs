//! When a run begins, and how it ends before its time.

use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::{WRONG, command, folder, serve, stub, text};

#[test]
fn a_run_waits_for_its_server() {
    let folder = folder("wait");
    let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    let address = free.expect("a free port");
    let url = format!("http://{address}");
    let arguments = [
        "run",
        "--spec",
        "pets.yaml",
        "--base-url",
        &url,
        "--wait",
        "20",
    ];
    let child = command(&folder, &arguments)
        .stdout(Stdio::piped())
        .spawn()
        .expect("it can be started");
    std::thread::sleep(Duration::from_millis(300));
    let listener = TcpListener::bind(address).expect("the port is still free");
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            serve(stream.expect("a client"), WRONG, WRONG);
        }
    });
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stdout));
}

#[test]
fn what_was_found_before_an_interrupt_is_reported() {
    let folder = folder("interrupt");
    let url = stub(WRONG);
    let arguments = [
        "run",
        "--spec",
        "pets.yaml",
        "--base-url",
        &url,
        "--rate",
        "10",
        "--report",
        "json=out.json",
    ];
    let child = command(&folder, &arguments)
        .stdout(Stdio::piped())
        .spawn()
        .expect("it can be started");
    std::thread::sleep(Duration::from_millis(1200));
    let killed = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(killed.expect("it can be started").success());
    let output = child.wait_with_output().expect("it ends");
    let printed = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{printed}");
    assert!(
        printed.contains("the run was ended before") && printed.contains("error["),
        "{printed}"
    );
    assert!(folder.join("out.json").is_file());
}
