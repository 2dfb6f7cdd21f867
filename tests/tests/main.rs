//! Every test that is about behaviour rather than about one function: one binary, so that there is one link step.

mod it;
