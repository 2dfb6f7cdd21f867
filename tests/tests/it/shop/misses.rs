//! What is not found yet, and what is found beside a defect because of it.

/// Defects that the tester does not find. One that it finds fails the test, so that this list can only shrink.
pub(super) const MISSES: &[&str] = &[];

/// Codes that a defect also shows under: what follows from it, and is no false finding.
pub(super) const FOLLOWING: &[(&str, &str)] = &[
    // Pages are told apart by these, and a list that says something else of each item is in the way of what is asked for.
    ("CursorNumber", "pages-lose"),
    ("ItemLostId", "pages-lose"),
    ("OrderIdNoUuid", "pages-overlap"),
    ("KindOfNothing", "filter-ignored"),
    // It is not the price that was sent.
    ("PriceStepWrong", "created-answer-differs"),
    // Without `q` all properties of another kind of value are other parameters.
    ("QueryMissing", "invalid-input-accepted"),
    // The longest name is too long with the character that is added to it.
    ("ProductEcho", "response-body"),
    // Everything comes, which is more than a page may have, and `HEAD` knows better.
    ("ProductsLimit", "response-body"),
    ("ProductsLimit", "head-header"),
    ("CustomersUnstable", "pages-overlap"),
    ("CustomersUnstable", "pages-lose"),
    // `HEAD` announces what `GET` should have sent.
    ("LengthShort", "head-header"),
    // `HEAD` still counts right.
    ("ProductsTotal", "head-header"),
    ("NewNotListed", "head-header"),
    ("DefaultLimitIgnored", "head-header"),
    // Nothing behind it could be tested.
    ("HealthLocked", "credentials-refused"),
];
