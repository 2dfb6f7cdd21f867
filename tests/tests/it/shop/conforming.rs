//! Without a defect nothing is found. `BINDERY_SHOP_CONFORMING=20` tries twenty seeds.

use super::{api, seeds, test};

#[tokio::test]
async fn nothing_is_found_where_nothing_is_wrong() {
    let api = api();
    for seed in seeds("BINDERY_SHOP_CONFORMING", 3) {
        let outcome = test(&api, None, Vec::new(), seed).await;
        let found: Vec<String> = outcome.findings.iter().map(super::defects::line).collect();
        assert!(found.is_empty(), "seed {seed}:\n{}\n", found.join("\n"));
        assert!(outcome.requests > 500, "only {} requests", outcome.requests);
    }
}
