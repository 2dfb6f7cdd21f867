//! Certificates: of the server, trusted or not, and of the client.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;

use rcgen::{CertifiedKey, KeyPair, generate_simple_self_signed};
use rustls::pki_types::PrivateKeyDer;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig, ServerConnection, Stream};

use super::{WRONG, code_of, folder};

fn certificate() -> CertifiedKey<KeyPair> {
    generate_simple_self_signed(["localhost".to_owned(), "127.0.0.1".to_owned()])
        .expect("a certificate")
}

/// Answers with something wrong over TLS; only to those who show a certificate, where there is one.
fn serve(own: &CertifiedKey<KeyPair>, client: Option<&CertifiedKey<KeyPair>>) -> String {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ServerConfig::builder_with_provider(Arc::clone(&provider));
    let builder = builder
        .with_safe_default_protocol_versions()
        .expect("a version");
    let builder = match client {
        None => builder.with_no_client_auth(),
        Some(client) => {
            let mut roots = RootCertStore::empty();
            roots.add(client.cert.der().clone()).expect("a root");
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
            builder.with_client_cert_verifier(verifier.build().expect("a verifier"))
        }
    };
    let key = PrivateKeyDer::try_from(own.signing_key.serialize_der()).expect("a key");
    let config = builder.with_single_cert(vec![own.cert.der().clone()], key);
    let config = Arc::new(config.expect("a configuration"));
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("https://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a client");
            let mut connection = ServerConnection::new(Arc::clone(&config)).expect("a connection");
            let mut stream = Stream::new(&mut connection, &mut stream);
            // Who does not trust us breaks off.
            if stream.read(&mut vec![0; 32 << 10]).is_ok() {
                let _ = stream.write_all(WRONG.as_bytes());
                stream.conn.send_close_notify();
                let _ = stream.flush();
            }
        }
    });
    url
}

/// Whether a run got far enough to see what is wrong with the answers.
fn sees(name: &str, url: &str, more: &[&str]) -> bool {
    let folder = folder(name);
    let arguments = [
        "run",
        "--spec",
        "pets.yaml",
        "--base-url",
        url,
        "--include-check",
        "response-body",
    ];
    code_of(&folder, &[&arguments[..], more].concat()) == Some(1)
}

#[test]
fn a_certificate_is_trusted_when_its_authority_is_given_or_nobody_cares() {
    let own = certificate();
    let url = serve(&own, None);
    std::fs::write(folder("tls").join("own.pem"), own.cert.pem()).expect("a file");
    std::fs::write(folder("tls").join("other.pem"), certificate().cert.pem()).expect("a file");
    assert!(sees("tls", &url, &["--ca-file", "own.pem"]));
    assert!(sees("tls", &url, &["--insecure"]));
    assert!(!sees("tls", &url, &["--ca-file", "other.pem"]));
    assert!(!sees("tls", &url, &[]));
}

#[test]
fn a_client_shows_its_certificate() {
    let (own, client) = (certificate(), certificate());
    let url = serve(&own, Some(&client));
    let folder = folder("client_certificate");
    std::fs::write(folder.join("client.pem"), client.cert.pem()).expect("a file");
    std::fs::write(
        folder.join("client.key"),
        client.signing_key.serialize_pem(),
    )
    .expect("a file");
    let name = "client_certificate";
    assert!(!sees(name, &url, &["--insecure"]));
    assert!(sees(
        name,
        &url,
        &["--insecure", "--cert", "client.pem", "--key", "client.key"]
    ));
}
